"""A vendor's stand-in on 127.0.0.1, its resource, and what Terraform does with it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.backend import Backend
from dflow_provider.catalogue import OWNED_ALLOWLISTS, RESOURCES
from dflow_provider.plugin.planning import planned_values
from dflow_provider.schema import Call, ProviderError, Report, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dflow_sandbox.vendors.contract_server import ContractServer


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test for every vendor, or for the one that its module names as `KEY`."""
    if "key" in metafunc.fixturenames:
        own = getattr(metafunc.module, "KEY", None)
        metafunc.parametrize("key", OWNED_ALLOWLISTS if own is None else [own])


@pytest.fixture
def server(key: str) -> Iterator[ContractServer]:
    with import_module(f"dflow_sandbox.vendors.{key}").SERVER() as server:
        yield server


class Terraform:
    """Does with an allowlist what Terraform does, without Terraform: validate, plan, apply, refresh, destroy."""

    def __init__(self, key: str, environment: dict[str, str]) -> None:
        self.kind = RESOURCES[f"dflow_{key}_allowlist"]
        self.resource: Any = self.kind(Backend({}, environment))
        self.last_report = Report()

    def validate(self, config: dict[str, Any]) -> Report:
        report = Report()
        self.kind.validate_config(config, report)
        return report

    def plan(self, config: dict[str, Any], prior: dict[str, Any] | None = None) -> dict[str, Any]:
        """Plan as the plugin layer does: computed values stay as they are known, or are unknown at first."""
        proposed = {
            name: value if value is not None or prior is None or name in _CONFIGURABLE else prior[name]
            for name, value in config.items()
        }
        planned = planned_values(self.kind.schema, prior, proposed, config)
        call = Call()
        self.last_report = call.report
        self.resource.plan_change(prior, planned, config, call)
        return planned

    def apply(self, config: dict[str, Any], prior: dict[str, Any] | None = None) -> dict[str, Any]:
        """Plan and apply; what was planned as known has to come out."""
        planned = self.plan(config, prior)
        if self.last_report.has_errors:
            raise ProviderError(self.last_report.diagnostics[0].title, self.last_report.diagnostics[0].detail)
        if prior is not None and planned == prior:
            return prior
        call = Call()
        if prior is None:
            state = self.resource.create(planned, config, call)
        else:
            state = self.resource.update(prior, planned, config, call)
        self.last_report = call.report
        assert set(state) == {attribute.name for attribute in self.kind.schema.attributes}
        assert is_known(state)
        if not call.report.has_errors:
            for name, value in planned.items():
                if is_known(value):
                    assert state[name] == value, f"{name} was planned as {value} and became {state[name]}"
        return state

    def refresh(self, state: dict[str, Any]) -> dict[str, Any] | None:
        return self.resource.read(state, Call())

    def second_plan_is_empty(self, config: dict[str, Any], state: dict[str, Any]) -> bool:
        refreshed = self.refresh(state)
        assert refreshed == state
        return self.plan(config, refreshed) == refreshed

    def destroy(self, state: dict[str, Any]) -> None:
        self.resource.plan_destroy(state, Call())
        self.resource.delete(state, Call())

    def import_(self, import_id: str) -> dict[str, Any]:
        state = self.resource.import_state(import_id, Call())
        return self.refresh(state) or {}


_CONFIGURABLE = {"database", "open_to_world_reason", "entry_quota"}


@pytest.fixture
def environment(server: ContractServer, tmp_path: Path) -> dict[str, str]:
    data = tmp_path / ".terraform"
    data.mkdir()
    return {**server.environment(), "DFLOW_ALLOW_DOCUMENTATION_ADDRESSES": "1", "TF_DATA_DIR": str(data)}


@pytest.fixture
def terraform(key: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Terraform:
    monkeypatch.setenv("DFLOW_ALLOW_DOCUMENTATION_ADDRESSES", "1")
    return Terraform(key, environment)


@pytest.fixture
def config(server: ContractServer) -> Any:
    """Build a configuration: `config({"fra-1": "203.0.113.7/32"}, owner="shop/orders")`."""

    def build(entries: dict[str, Any], **other: Any) -> dict[str, Any]:
        empty = {"cidr": None, "description": None, "expires_at": None}
        return {
            "id": None,
            **server.locators,
            "owner": "shop/orders",
            "database": "orders",
            "entries": {
                node: {**empty, **(entry if isinstance(entry, dict) else {"cidr": entry})}
                for node, entry in entries.items()
            },
            "open_to_world_reason": None,
            "allow_first": None,
            "allow_empty": None,
            "entry_quota": None,
            "timeout_minutes": None,
            "active_entries": None,
            "owned_entries": None,
            "foreign_entries": None,
            "shared_with": None,
            "open_to_world": None,
            **other,
        }

    return build
