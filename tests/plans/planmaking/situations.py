"""What can happen to a list besides one more entry, each on the allowlist of a Neon project of its own."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from planmaking.machine import must, write_plan
from planmaking.owned import ADDRESSES, program_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planmaking.machine import Machine

    from dflow_sandbox.vendors.contract_server import ContractServer

KIND = "dflow_neon_allowlist"
ENTRIES = {node: ADDRESSES[node] for node in ("fra-1", "fra-2")}
WORLD = '  open_to_world_reason = "test"\n  entries = {\n    "everybody" = { cidr = "0.0.0.0/0" }\n'


def situation_cases(machine: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `situations/<name>`: a list with two entries is there, and then the program or the world changes."""
    for name, change in {
        "another_resource": lambda text, _: text.replace('"orders" {', '"shop" {'),
        "moved": lambda text, _: (
            text.replace('"orders" {', '"shop" {') + f"\nmoved {{\n  from = {KIND}.orders\n  to   = {KIND}.shop\n}}\n"
        ),
        "another_owner": lambda text, _: text.replace("shop/orders", "shop/billing"),
        "removed_by_hand": _removed_by_hand,
        "added_by_hand": _added_by_hand,
        "open": lambda text, _: text.replace(
            "  entries = {\n", f'  open_to_world_reason = "test"\n  entries = {{\n{WORLD}'
        ),
        "one_range": lambda text, _: text.replace("18.195.4.7/32", "18.195.4.0/24"),
        "forgotten": lambda *_: f"removed {{\n  from = {KIND}.orders\n  lifecycle {{\n    destroy = false\n  }}\n}}\n",
    }.items():
        yield f"situations/{name}", partial(_situation, machine, change)


def _situation(machine: Machine, change: Callable[[str, ContractServer], str], directory: Path) -> None:
    with import_module("dflow_sandbox.vendors.neon").SERVER() as server:
        workspace = machine.workspace(server.environment())
        file = workspace.directory / "case.tf"
        text = program_of(KIND, server.locators, ENTRIES)
        file.write_text(text)
        must(workspace, "apply", "-no-color", "-auto-approve")
        file.write_text(change(text, server))
        (directory / "after.tf").write_text(file.read_text())
        write_plan(workspace, directory / "plan.json")


def _removed_by_hand(text: str, server: ContractServer) -> str:
    for entry in server.cidrs():
        if entry.startswith("3.121.8.20"):
            server.remove_by_hand(entry)
    return text


def _added_by_hand(text: str, server: ContractServer) -> str:
    server.put_by_hand("52.28.9.30/32")
    return text
