"""One case for each vendor whose entries the dflow provider keeps itself, planned against the stand-in for its API."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dflow_acceptance.place import Place
from planmaking.machine import must, write_plan

from dflow_provider.catalogue import OWNED_ALLOWLISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from planmaking.machine import Machine

ADDRESSES = {"fra-1": "18.195.4.7/32", "fra-2": "3.121.8.20/32", "fra-3": "52.28.9.30/32"}
"""Public ones: entries for documentation addresses are findings."""


def owned_cases(machine: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `owned/<vendor>`: an allowlist made, left as it is, given one more entry, and destroyed."""
    for key in OWNED_ALLOWLISTS:
        yield f"owned/{key}", partial(_vendor, machine, key)
    yield "owned/aws_security_group", partial(_security_group, machine)
    yield "owned/unknown", partial(_unknown, machine)


def _vendor(machine: Machine, key: str, directory: Path) -> None:
    with import_module(f"dflow_sandbox.vendors.{key}").SERVER() as server:
        _life(machine, directory, f"dflow_{key}_allowlist", server.locators, server.environment())


def _security_group(machine: Machine, directory: Path) -> None:
    place = Place.prepared(machine.sandbox)
    locators = {"security_group_id": place.group.id, "port": 5432, "database": "orders"}
    _life(machine, directory, "dflow_aws_security_group_allowlist", locators, machine.sandbox.environment())


def _unknown(machine: Machine, directory: Path) -> None:
    """One address is known only after apply, as that of a Worker Node is which the same plan makes."""
    with import_module("dflow_sandbox.vendors.neon").SERVER() as server:
        entries = {"fra-1": ADDRESSES["fra-1"], "fra-9": None}
        text = program_of("dflow_neon_allowlist", server.locators, entries).replace(
            "cidr = null", "cidr = terraform_data.address.output"
        )
        (directory / "after.tf").write_text(f'resource "terraform_data" "address" {{\n  input = "x"\n}}\n\n{text}')
        workspace = machine.workspace(server.environment())
        (workspace.directory / "case.tf").write_text((directory / "after.tf").read_text())
        write_plan(workspace, directory / "create.json")


def _life(
    machine: Machine, directory: Path, kind: str, locators: Mapping[str, Any], environment: Mapping[str, str]
) -> None:
    before = {node: ADDRESSES[node] for node in ("fra-1", "fra-2")}
    (directory / "before.tf").write_text(program_of(kind, locators, before))
    (directory / "after.tf").write_text(program_of(kind, locators, ADDRESSES))
    workspace = machine.workspace(environment)
    program = workspace.directory / "case.tf"
    program.write_text((directory / "before.tf").read_text())
    write_plan(workspace, directory / "create.json")
    must(workspace, "apply", "-no-color", "the.plan")
    write_plan(workspace, directory / "unchanged.json")
    program.write_text((directory / "after.tf").read_text())
    write_plan(workspace, directory / "change.json")
    write_plan(workspace, directory / "destroy.json", "-destroy")


def program_of(kind: str, locators: Mapping[str, Any], entries: Mapping[str, str | None]) -> str:
    """Return a configuration with one allowlist; an entry without an address has null."""
    lines = [f'resource "{kind}" "orders" {{']
    lines += [f"  {name} = {_literal(value)}" for name, value in locators.items()]
    lines += ['  owner = "shop/orders"', "  entries = {"]
    lines += [f'    "{node}" = {{ cidr = {_literal(cidr)} }}' for node, cidr in entries.items()]
    return "\n".join([*lines, "  }", "}", ""])


def _literal(value: object) -> str:
    return "null" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
