"""For every rule a real plan in which it finds something, and beside it the harmless thing that is most like it.

The programs below `programs` say which is which. `before.tf` is applied, then `after.tf` is planned, each together with
`kept.tf` if there is one.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_acceptance.organisation import Organisation
from dflow_acceptance.workspace import REQUIREMENTS
from planmaking.machine import must, write_plan
from planmaking.official import NOT_RUN
from planmaking.rendered import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_acceptance.workspace import Workspace
    from planmaking.machine import Machine

    from dflow_sandbox.vendors.contract_server import ContractServer

PROGRAMS = Path(__file__).resolve().parent / "programs"
STAND_INS = {
    "azurerm": "hashicorp/azurerm",
    "digitalocean": "digitalocean/digitalocean",
    "google": "hashicorp/google",
    "mongodbatlas": "mongodb/mongodbatlas",
}
LISTS = ("crunchy_bridge", "neon", "redis_cloud", "render_postgres", "supabase", "upstash")
BARE = ("neon", "render_postgres", "upstash")
"""Lists from which everything of somebody else's is taken off first."""


def rule_cases(machine: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `rules/vendors`, `rules/services` and `rules/lists`: what each of them is about has its own rules."""
    yield "rules/vendors", partial(_vendors, machine)
    yield "rules/services", partial(_services, machine)
    yield "rules/lists", partial(_lists, machine)


def _vendors(machine: Machine, directory: Path) -> None:
    with ExitStack() as stack:
        attached = {f"registry.terraform.io/{source}": served(name, stack) for name, source in STAND_INS.items()}
        workspace = machine.workspace({"TF_REATTACH_PROVIDERS": json.dumps(attached)})
        sources = {name: {"source": source} for name, source in STAND_INS.items()}
        providers = {**REQUIREMENTS["required_providers"], **sources}
        content = {"terraform": {**REQUIREMENTS, "required_providers": providers}}
        (workspace.directory / "main.tf.json").write_text(json.dumps(content, indent=1))
        must(workspace, "init", "-no-color")
        _apply(workspace, "vendors")
        _plan(workspace, "vendors", directory)
        plan = directory / "plan.json"
        content = json.loads(plan.read_text(encoding="utf-8"))
        plan.write_text(json.dumps({**content, "provider_not_run": NOT_RUN}, indent=1, ensure_ascii=False) + "\n")


def _services(machine: Machine, directory: Path) -> None:
    organisation = Organisation.founded(machine.sandbox)
    organisation.worker_node("fra-1", publicIp="18.195.4.7")
    organisation.worker_node("muc-1", publicIp="3.121.8.20")
    settings = {"DFLOW_TENANT": organisation.slug, "DFLOW_AWS_SECRET": "not-a-real-secret"}
    with ExitStack() as stack:
        for key in ("neon", "render_postgres", "upstash"):
            settings |= stack.enter_context(_list(key)).environment()
        workspace = machine.workspace({**machine.sandbox.environment(), **settings})
        _apply(workspace, "services")
        exposed = workspace.state()["dflow_database_service.exposed"]["id"]
        details = {"type": "postgres", "exposedPorts": ["21543"], "status": "running"}
        organisation.change("services", exposed, databaseDetails=details)
        _plan(workspace, "services", directory)


def _lists(machine: Machine, directory: Path) -> None:
    with ExitStack() as stack:
        environment: dict[str, str] = {}
        for key in LISTS:
            server = stack.enter_context(_list(key))
            for cidr in server.cidrs() if key in BARE else ():
                server.remove_by_hand(cidr)
            environment |= server.environment()
        workspace = machine.workspace(environment)
        _apply(workspace, "lists")
        _plan(workspace, "lists", directory)


def _list(key: str) -> ContractServer:
    server: ContractServer = import_module(f"dflow_sandbox.vendors.{key}").SERVER()
    return server


def _apply(workspace: Workspace, case: str) -> None:
    _write(workspace, case, "before.tf")
    must(workspace, "apply", "-no-color", "-auto-approve")


def _plan(workspace: Workspace, case: str, directory: Path) -> None:
    _write(workspace, case, "after.tf")
    write_plan(workspace, directory / "plan.json")


def _write(workspace: Workspace, case: str, name: str) -> None:
    files = [file for file in (PROGRAMS / case / "kept.tf", PROGRAMS / case / name) if file.exists()]
    (workspace.directory / "case.tf").write_text("\n".join(file.read_text(encoding="utf-8") for file in files))
