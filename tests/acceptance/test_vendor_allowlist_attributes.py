"""What a vendor's allowlist may leave out: unset, given, empty and unset again, and no plan ever finds a difference."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from dflow_acceptance.optional_attributes import Empty
from dflow_acceptance.vendor_attributes import COMMON

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_acceptance.workspace import Workspace

VENDORS = [
    "neon",
    pytest.param("clickhouse_cloud", marks=pytest.mark.slow),
    pytest.param("google_cloud_sql", marks=pytest.mark.slow),
]
"""One without notes, one with its mark in the note, and one whose entries end by themselves."""


def resources(locators: dict[str, str], state: str) -> dict[str, Any]:
    """One resource for each attribute, with an owner and an address of its own."""
    found = {}
    for number, each in enumerate(COMMON):
        entries = {"fra-1": {"cidr": f"203.0.113.{60 + number}/32"}}
        base = {**locators, "owner": f"shop/orders-{number}", "entries": entries}
        value = each.given if state == "given" or isinstance(each.empty, Empty) else each.empty
        found[f"it{number}"] = base if state == "unset" else each.put(base, value)
    return found


@pytest.mark.parametrize("key", VENDORS)
def test_unset_given_empty_and_unset_again_end_in_an_empty_plan_each(key: str, new_workspace: Callable[..., Workspace]):
    with import_module(f"dflow_sandbox.vendors.{key}").SERVER() as server:
        foreign = server.listed()
        workspace = new_workspace(**server.environment())
        for state in ("unset", "given", "empty", "unset"):
            workspace.configure(resource={f"dflow_{key}_allowlist": resources(server.locators, state)})

            workspace.applied()

            workspace.unchanged()
        assert len(workspace.state()) == len(COMMON)
        workspace.destroyed()
        assert server.listed() == foreign
