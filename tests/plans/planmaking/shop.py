"""The quickstart's stack, synthesized by the constructs and planned against the sandbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dflow_acceptance.organisation import Organisation
from dflow_acceptance.security_group import SecurityGroup
from dflow_acceptance.synthesis import QUICKSTART, synthesized
from planmaking.machine import must, write_json, write_plan
from planmaking.owned import ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dflow_acceptance.workspace import Workspace
    from planmaking.machine import Machine


def shop_cases(machine: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `shop`: production is made, kept, joined by staging, by canary on the same node, and destroyed."""
    yield "shop", lambda directory: _shop(machine, directory)


def _shop(machine: Machine, directory: Path) -> None:
    organisation = Organisation.founded(machine.sandbox)
    for node, cidr in ADDRESSES.items():
        organisation.worker_node(node, publicIp=cidr.partition("/")[0])
    settings = {
        **machine.sandbox.environment(),
        "DFLOW_TENANT": organisation.slug,
        "ORDERS_PASSWORD": "not-much-of-a-secret",
        "QUICKSTART_SECURITY_GROUP": SecurityGroup.made(machine.sandbox).id,
    }
    place = machine.new_directory()

    def program(environments: str) -> Workspace:
        environment = machine.environment({**settings, "QUICKSTART_ENVIRONMENTS": environments})
        return synthesized(QUICKSTART, place, environment)

    workspace = program("production")
    _keep_program(workspace, place, directory / "production.tf.json")
    write_plan(workspace, directory / "create.json")
    must(workspace, "apply", "-no-color", "the.plan")
    write_plan(workspace, directory / "unchanged.json")
    for name in ("staging", "canary"):
        workspace = program(f"production,{name}")
        _keep_program(workspace, place, directory / f"{name}.tf.json")
        write_plan(workspace, directory / f"{name}.json")
    write_plan(program("production"), directory / "destroy.json", "-destroy")


def _keep_program(workspace: Workspace, place: Path, file: Path) -> None:
    text = (workspace.directory / "cdk.tf.json").read_text(encoding="utf-8").replace(str(place), "/shop")
    write_json(file, json.loads(text))
