"""What can happen to a list besides one more entry, each on the allowlist of a Neon project of its own."""

from __future__ import annotations

import json
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from planmaking.machine import must, write_failed_plan, write_json, write_plan
from planmaking.owned import ADDRESSES, program_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dflow_acceptance.workspace import Workspace
    from planmaking.machine import Machine

    from dflow_sandbox.vendors.contract_server import ContractServer

KIND = "dflow_neon_allowlist"
ENTRIES = {node: ADDRESSES[node] for node in ("fra-1", "fra-2")}
ANOTHER = f"""
resource "terraform_data" "approval" {{
  input = "pending"
}}

resource "{KIND}" "billing" {{
  project_id = "quiet-river-12345678"
  owner = "shop/billing"
  entries = {{
    "fra-3" = {{ cidr = "{ADDRESSES["fra-3"]}" }}
  }}
  lifecycle {{
    precondition {{
      condition     = terraform_data.approval.input == "given"
      error_message = "Nobody has approved this."
    }}
  }}
}}
"""
"""Another owner's entries on the same list, which cannot be planned."""

DEFERRED = "put together from the documented format; only experimental builds of Terraform put changes off"

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
        "open": lambda text, _: text.replace("  entries = {\n", WORLD),
        "one_range": lambda text, _: text.replace("18.195.4.7/32", "18.195.4.0/24"),
        "forgotten": lambda *_: f"removed {{\n  from = {KIND}.orders\n  lifecycle {{\n    destroy = false\n  }}\n}}\n",
    }.items():
        yield f"situations/{name}", partial(_situation, machine, change, write_plan)
    yield "situations/errored", partial(_situation, machine, lambda text, _: text + ANOTHER, write_failed_plan)
    yield "situations/targeted", partial(_situation, machine, _another_address, _with_target)
    yield "situations/deferred", partial(_situation, machine, _more_to_come, _with_deferral)


def _situation(
    machine: Machine,
    change: Callable[[str, ContractServer], str],
    write: Callable[[Workspace, Path], None],
    directory: Path,
) -> None:
    with import_module("dflow_sandbox.vendors.neon").SERVER() as server:
        workspace = machine.workspace(server.environment())
        file = workspace.directory / "case.tf"
        text = program_of(KIND, server.locators, ENTRIES)
        file.write_text(text)
        must(workspace, "apply", "-no-color", "-auto-approve")
        file.write_text(change(text, server))
        (directory / "after.tf").write_text(file.read_text())
        write(workspace, directory / "plan.json")


def _another_address(text: str, _: ContractServer) -> str:
    return text.replace("18.195.4.7/32", ADDRESSES["fra-3"]) + '\nresource "terraform_data" "other" {\n}\n'


def _with_target(workspace: Workspace, file: Path) -> None:
    write_plan(workspace, file, "-target=terraform_data.other")


def _more_to_come(text: str, _: ContractServer) -> str:
    node = 'resource "terraform_data" "node" {\n  input = "52.28.9.30/32"\n}\n'
    text = text.replace("3.121.8.20/32", "52.28.9.30/32").replace('"52.28.9.30/32"', "terraform_data.node.output")
    return f"{text}\n{node}"


def _with_deferral(workspace: Workspace, file: Path) -> None:
    """Put the change of the list off, as Terraform writes it down where it may do that."""
    write_plan(workspace, file)
    content = json.loads(file.read_text(encoding="utf-8"))
    put_off = [each for each in content["resource_changes"] if each["type"] == KIND]
    content["resource_changes"] = [each for each in content["resource_changes"] if each["type"] != KIND]
    content["deferred_changes"] = [{"reason": "resource_config_unknown", "resource_change": each} for each in put_off]
    write_json(file, {**content, "complete": False, "provider_not_run": DEFERRED})


def _removed_by_hand(text: str, server: ContractServer) -> str:
    for entry in server.cidrs():
        if entry.startswith("3.121.8.20"):
            server.remove_by_hand(entry)
    return text


def _added_by_hand(text: str, server: ContractServer) -> str:
    server.put_by_hand("52.28.9.30/32")
    return text
