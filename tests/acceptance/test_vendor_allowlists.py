"""Every vendor's allowlist under the real Terraform, against the stand-ins for the vendors' APIs."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from dflow_cli.our_reference import vendor_examples
from dflow_provider.catalogue import OWNED_ALLOWLISTS
from dflow_sandbox.vendors.authority import AUTHORITY
from dflow_vendors import AuthorityOrigin, OwnerMark, vendor_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

    from dflow_sandbox.vendors.contract_server import ContractServer

NODE = re.compile(r'^data "dflow_worker_node" "fra" \{\n.*?^\}\n', re.DOTALL | re.MULTILINE)
CIDR = "203.0.113.9/32"
"""Where the place's node is."""
ROUNDS = 4
"""The vendors are tried in so many rounds at most: some share environment variables."""


@dataclass(frozen=True)
class Vendors:
    """Stand-ins that one environment leads to."""

    servers: dict[str, ContractServer]
    environment: dict[str, str]


@pytest.fixture(scope="module")
def vendors() -> Iterator[list[Vendors]]:
    """All stand-ins, in as few groups as their environment variables allow."""
    groups: list[Vendors] = []
    with ExitStack() as stack:
        for key in OWNED_ALLOWLISTS:
            server = stack.enter_context(import_module(f"dflow_sandbox.vendors.{key}").SERVER())
            needed = dict(server.environment())
            for group in groups:
                if all(group.environment.get(name, value) == value for name, value in needed.items()):
                    break
            else:
                group = Vendors({}, {})
                groups.append(group)
            group.servers[key] = server
            group.environment.update(needed)
        yield groups


def example(key: str, server: ContractServer) -> str:
    """The vendor's example as somebody would write it whose list is the stand-in's; the shared node is left out."""
    text = NODE.sub("", vendor_examples()[f"resources/dflow_{key}_allowlist/resource.tf"])
    shown = {locator.name for locator in vendor_named(key).owned.locators if f"  {locator.name} " in text}
    for name, value in server.locators.items():
        if name in shown:
            text = re.sub(rf'^  {name}( +)= ".*"$', rf'  {name}\1= "{value}"', text, flags=re.MULTILINE)
        else:
            text = text.replace("  owner ", f'  {name} = "{value}"\n  owner ', 1)
    return text


def authority(key: str, server: ContractServer) -> str:
    """The question for who vouches for the stand-in's database."""
    locators = "".join(f'    {name} = "{value}"\n' for name, value in server.locators.items())
    return f'data "dflow_certificate_authority" "{key}" {{\n  vendor = "{key}"\n  locators = {{\n{locators}  }}\n}}\n'


def identifiers(key: str, state: dict[str, Any], cidr: str) -> str:
    """The import id of what a state holds, as the reference page says."""
    named = f"={cidr}" if vendor_named(key).owner_mark is OwnerMark.NOWHERE else ""
    return f"{state['id']}{named}"


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_every_vendor_s_example_is_applied_and_imported_and_destroyed_and_foreign_entries_stay(
    round_: int, vendors: list[Vendors], place: Place, new_workspace: Callable[..., Workspace]
):
    assert len(vendors) <= ROUNDS, "raise ROUNDS"
    if round_ >= len(vendors):
        pytest.skip("all vendors have had their turn")
    group = vendors[round_]
    workspace = new_workspace(**group.environment)
    foreign = {key: server.listed() for key, server in group.servers.items()}
    (node,) = set(NODE.findall("\n".join(vendor_examples().values())))
    asked = [key for key in group.servers if vendor_named(key).tls.authority_from is AuthorityOrigin.API]
    program = [node, *(example(key, server) for key, server in group.servers.items())]
    program += [authority(key, group.servers[key]) for key in asked]
    (workspace.directory / "example.tf").write_text("\n".join(program))

    workspace.applied()

    workspace.unchanged()
    states = {key: workspace.state()[f"dflow_{key}_allowlist.orders"] for key in group.servers}
    for key, server in group.servers.items():
        assert states[key]["active_entries"] == {"fra-1": CIDR}, key
        assert CIDR in server.cidrs(), key
    for key in asked:
        assert workspace.state()[f"data.dflow_certificate_authority.{key}"]["pem"] == AUTHORITY, key
    blocks = [
        f'import {{\n  to = dflow_{key}_allowlist.orders\n  id = "{identifiers(key, states[key], CIDR)}"\n}}\n'
        for key in group.servers
    ]
    workspace.forget()
    (workspace.directory / "import.tf").write_text("\n".join(blocks))
    workspace.applied()
    (workspace.directory / "import.tf").unlink()
    workspace.unchanged()
    assert {key: workspace.state()[f"dflow_{key}_allowlist.orders"] for key in group.servers} == states

    workspace.destroyed()

    assert {key: server.listed() for key, server in group.servers.items()} == foreign


class Moment(Enum):
    """When the provider dies."""

    BEFORE_THE_WRITE = "between reading the list and writing it"
    AFTER_THE_WRITE = "between writing the list and telling Terraform"


@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.name.lower())
@pytest.mark.parametrize("key", ["neon", "clickhouse_cloud"])  # without marks, and with the mark in the note
def test_a_killed_provider_leaves_no_entry_behind_that_nobody_owns(
    key: str, moment: Moment, new_workspace: Callable[..., Workspace]
):
    with import_module(f"dflow_sandbox.vendors.{key}").SERVER() as server:
        foreign = server.listed()
        workspace = new_workspace(**server.environment())
        entries = {"fra-1": {"cidr": "203.0.113.41/32"}, "fra-2": {"cidr": "203.0.113.42/32"}}
        declared = {**server.locators, "owner": "shop/orders", "entries": entries}
        workspace.resource(f"dflow_{key}_allowlist.orders", **declared)
        with workspace.started("apply", "-json", "-auto-approve") as apply:
            if moment is Moment.AFTER_THE_WRITE:
                server.after_next("PATCH", apply.kill_provider)
            else:
                server.after_every(_at_the_second_time(apply.kill_provider))  # the plan reads the list, then the apply
            assert apply.ended().code == 1
        assert workspace.state() == {}
        there = server.cidrs() & {"203.0.113.41/32", "203.0.113.42/32"}
        assert len(there) == (2 if moment is Moment.AFTER_THE_WRITE else 0)

        workspace.applied()

        state = workspace.state()[f"dflow_{key}_allowlist.orders"]
        assert sorted(cidr.partition("/")[0] for cidr in state["owned_entries"]) == ["203.0.113.41", "203.0.113.42"]
        workspace.unchanged()
        workspace.destroyed()
        assert server.listed() == foreign


def test_what_a_killed_provider_had_changed_or_removed_is_finished_by_the_next_run(
    new_workspace: Callable[..., Workspace],
):
    """On a list without marks, where only the state and the note beside it know what is ours."""
    with import_module("dflow_sandbox.vendors.neon").SERVER() as server:
        foreign, others = server.listed(), server.cidrs()
        workspace = new_workspace(**server.environment())

        def declare(**entries: str) -> None:
            wanted = {node.replace("_", "-"): {"cidr": f"{address}/32"} for node, address in entries.items()}
            declared = {**server.locators, "owner": "shop/orders", "entries": wanted}
            workspace.resource("dflow_neon_allowlist.orders", **declared)

        def killed(*words: str) -> None:
            with workspace.started(*words, "-json", "-auto-approve") as run:
                server.after_next("PATCH", run.kill_provider)
                assert run.ended().code == 1

        declare(fra_1="203.0.113.41", fra_2="203.0.113.42")
        workspace.applied()
        declare(fra_1="203.0.113.43", fra_2="203.0.113.42")

        killed("apply")
        workspace.applied()

        workspace.unchanged()
        assert server.cidrs() - others == {"203.0.113.42/32", "203.0.113.43/32"}

        killed("destroy")
        workspace.destroyed()

        assert server.listed() == foreign


def _at_the_second_time(happens: Callable[[], None]) -> Callable[[], None]:
    times = []

    def run() -> None:
        times.append(1)
        if len(times) == 2:
            happens()

    return run
