"""What names a list and may be left out comes from the environment, or has a default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError
from dflow_vendors import Locator, vendor_named

if TYPE_CHECKING:
    from dflow_sandbox.vendors.contract_server import ContractServer


def optional(key: str) -> list[Locator]:
    return [locator for locator in vendor_named(key).owned.locators if not locator.is_required]


def test_what_is_left_out_comes_from_the_environment_or_has_its_default_and_spelling_it_out_changes_nothing(
    key: str, server: ContractServer, terraform: Any, config: Any, environment: dict[str, str]
):
    if not optional(key):
        pytest.skip("everything has to be given")
    for locator in optional(key):
        if locator.variable is not None:
            environment[locator.variable] = server.locators[locator.name]
        else:
            assert locator.default == server.locators[locator.name], "the stand-in's list is the default one"
    entries = {"fra-1": server.ADDRESSES[0]}
    left_out = config(entries, **{locator.name: None for locator in optional(key)})

    state = terraform.apply(left_out)

    assert {name: state[name] for name in server.locators} == server.locators
    assert terraform.second_plan_is_empty(left_out, state)
    assert terraform.plan(config(entries), state) == state


def test_what_nobody_names_is_asked_for(key: str, terraform: Any, config: Any, environment: dict[str, str]):
    needed = [locator for locator in optional(key) if locator.default is None]
    if not needed:
        pytest.skip("nothing has to come from the environment")
    for locator in needed:
        environment.pop(locator.variable, None)
    left_out = {"fra-1": "203.0.113.1/32"}

    with pytest.raises(ProviderError, match="Allowlist is not named") as refused:
        terraform.plan(config(left_out, **{locator.name: None for locator in needed}))

    assert needed[0].name in refused.value.detail
    assert needed[0].variable in refused.value.detail
