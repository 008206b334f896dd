"""What somebody is told whose entries would open, shut or overfill a vendor's list. Nothing is written then."""

from __future__ import annotations

from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from dflow_vendors import Family, vendor_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_acceptance.run import Diagnostic, Run
    from dflow_acceptance.workspace import Workspace

    from dflow_sandbox.vendors.contract_server import ContractServer

KEYS = ("neon", "digitalocean", "mongodb_atlas", "clickhouse_cloud", "elastic_cloud", "azure_postgresql", "vultr")
"""One for each way to write a list and to mark what is ours on it."""
_OPEN = "An empty list lets everybody in"
OPEN_IF_EMPTY = {
    "neon": _OPEN,
    "digitalocean": _OPEN,
    "elastic_cloud": _OPEN,
    "vultr": "The vendor does not say what an empty list means, so it counts as one that lets everybody in",
}
NEVER = {
    "world": ("0.0.0.0/0", "Entry lets in everybody"),
    "zeros": ("0.0.0.0", "Entry is no single address"),  # noqa: S104 - an entry, not an interface
    "unknown": ("999.999.999.999", "Worker Node has no address"),
    "private": ("10.0.0.7/32", "Address is not public"),
    "ambiguous": ("203.0.113.7/24", "Entry is ambiguous"),
    "name": ("db.example.com", "Entry is no address"),
    "six": ("2001:db8::7", "Vendor takes no IPv6"),
}


@pytest.fixture
def servers() -> Iterator[dict[str, ContractServer]]:
    with ExitStack() as stack:
        yield {key: stack.enter_context(import_module(f"dflow_sandbox.vendors.{key}").SERVER()) for key in KEYS}


@pytest.fixture
def workspace(servers: dict[str, ContractServer], new_workspace: Callable[..., Workspace]) -> Workspace:
    environment: dict[str, str] = {}
    for server in servers.values():
        environment.update(server.environment())
    return new_workspace(**environment)


def declare(workspace: Workspace, servers: dict[str, ContractServer], entries: dict[str, dict[str, str]], **more: Any):
    """Write an allowlist for each of some vendors."""
    resources = {
        f"dflow_{key}_allowlist": {
            "orders": {
                **servers[key].locators,
                "owner": "shop/orders",
                "entries": {node: {"cidr": cidr} for node, cidr in nodes.items()},
                **more,
            }
        }
        for key, nodes in entries.items()
    }
    workspace.configure(resource=resources)


def by_vendor(run: Run) -> dict[str, Diagnostic]:
    """The errors, of which each vendor has one."""
    assert run.code == 1, str(run)
    found = {error.address.removeprefix("dflow_").removesuffix("_allowlist.orders"): error for error in run.errors}
    assert len(found) == len(run.errors), "\n".join(map(str, run.errors))
    return found


def many(number: int) -> dict[str, str]:
    return {f"node-{each}": f"45.67.{each // 200}.{each % 200 + 1}/32" for each in range(number)}


def test_more_entries_than_a_vendor_takes_are_refused_with_its_number_and_where_it_stands(
    workspace: Workspace, servers: dict[str, ContractServer]
):
    room = {key: vendor_named(key).quota for key in KEYS}
    limited = {key: quota.number for key, quota in room.items() if quota is not None and quota.number <= 1000}
    assert {"digitalocean", "mongodb_atlas", "elastic_cloud"} <= set(limited)
    declare(workspace, servers, {key: many(number + 1) for key, number in limited.items()})

    errors = by_vendor(workspace.plan())

    assert set(errors) == set(limited)
    for key, error in errors.items():
        quota = room[key]
        assert error.title == "Allowlist quota exceeded"
        assert f"The quota is {quota.number} {quota.counts}" in error.detail
        assert f"({quota.source.where}, read {quota.source.read_on.isoformat()})" in error.detail
        assert quota.remedy in error.detail
        assert servers[key].writes() == []


def test_the_first_entry_and_the_last_one_take_a_word_each(workspace: Workspace, servers: dict[str, ContractServer]):
    for server in servers.values():
        server.clear_by_hand()
    entries = {key: {"fra-1": "203.0.113.1/32"} for key in OPEN_IF_EMPTY}
    declare(workspace, servers, entries)

    errors = by_vendor(workspace.plan())

    assert set(errors) == set(OPEN_IF_EMPTY)
    for key, sure in OPEN_IF_EMPTY.items():
        assert errors[key].title == "First entry locks others out"
        assert sure in errors[key].detail
        assert "allow_first = true" in errors[key].detail
        assert servers[key].writes() == []

    declare(workspace, servers, entries, allow_first=True)
    workspace.applied()
    for server in servers.values():
        server.take_requests()
    errors = by_vendor(workspace.terraform("destroy", "-json", "-auto-approve"))

    assert set(errors) == set(OPEN_IF_EMPTY)
    for key, sure in OPEN_IF_EMPTY.items():
        assert errors[key].title == "Last entry keeps database closed"
        assert sure in errors[key].detail
        assert "allow_empty = true" in errors[key].detail
        assert "A setting has to be applied before a destroy heeds it." in errors[key].detail
        assert servers[key].writes() == []
        assert servers[key].cidrs() == {"203.0.113.1/32"}

    declare(workspace, servers, entries, allow_first=True, allow_empty=True)
    workspace.applied()
    workspace.destroyed()

    assert all(servers[key].listed() == [] for key in OPEN_IF_EMPTY)


def test_what_must_never_be_let_in_is_refused_by_every_kind_of_vendor(
    workspace: Workspace, servers: dict[str, ContractServer]
):
    declare(workspace, servers, {key: {name: cidr for name, (cidr, _) in NEVER.items()} for key in KEYS})

    run = workspace.plan()

    assert run.code == 1, str(run)
    for key in KEYS:
        said = {error.title: error.detail for error in run.errors if error.address == f"dflow_{key}_allowlist.orders"}
        takes_six = Family.IPV6 in vendor_named(key).families
        assert set(said) == {title for name, (_, title) in NEVER.items() if name != "six" or not takes_six}
        for name, (cidr, title) in NEVER.items():
            if title in said:
                assert f'The entry of "{name}" is {cidr!r}' in said[title]
        assert servers[key].take_requests() == [], "what is wrong by itself is told before anybody is asked"
