"""What the constructs render for the vendors' own providers, planned by the real Terraform with stand-ins for them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_acceptance.organisation import Organisation
from dflow_acceptance.synthesis import synthesized
from planmaking.machine import must, write_plan
from planmaking.official import NOT_RUN

from dflow_vendors import all_vendors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_acceptance.workspace import Workspace
    from planmaking.machine import Machine

HERE = Path(__file__).resolve().parent


def rendered_cases(machine: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `rendered/lists`, all of them in their life, and `rendered/open`, two that let in everybody."""
    yield "rendered/lists", partial(_lists, machine)
    yield "rendered/open", partial(_open, machine)


def _lists(machine: Machine, directory: Path) -> None:
    with ExitStack() as stack:
        program = _Program(machine, stack)
        workspace = program.workspace(RENDERED_NODES="fra-1,fra-2")
        _write(workspace, directory / "create.json")
        must(workspace, "apply", "-no-color", "the.plan")
        _write(workspace, directory / "unchanged.json")
        workspace = program.workspace(RENDERED_NODES="fra-1,fra-2,fra-3")
        _write(workspace, directory / "change.json")
        _write(workspace, directory / "destroy.json", "-destroy")


def _open(machine: Machine, directory: Path) -> None:
    with ExitStack() as stack:
        workspace = _Program(machine, stack).workspace(RENDERED_NODES="fra-1", RENDERED_OPEN="1")
        _write(workspace, directory / "create.json")


def _write(workspace: Workspace, file: Path, *options: str) -> None:
    write_plan(workspace, file, *options)
    content = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**content, "provider_not_run": NOT_RUN}, indent=1, ensure_ascii=False) + "\n")


class _Program:
    def __init__(self, machine: Machine, stack: ExitStack) -> None:
        organisation = Organisation.founded(machine.sandbox)
        organisation.worker_node("fra-1", publicIp="18.195.4.7")
        providers = {each.provider.name: each.provider.source for row in all_vendors() for each in row.official}
        attached = {f"registry.terraform.io/{source}": served(name, stack) for name, source in providers.items()}
        self._machine = machine
        self._place = machine.new_directory()
        self._settings = {
            **machine.sandbox.environment(),
            "DFLOW_TENANT": organisation.slug,
            "ORDERS_PASSWORD": "not-much-of-a-secret",
            "TF_REATTACH_PROVIDERS": json.dumps(attached),
        }

    def workspace(self, **settings: str) -> Workspace:
        environment = self._machine.environment({**self._settings, **settings})
        return synthesized(HERE / "program.py", self._place, environment)


def served(name: str, stack: ExitStack, script: str = "stand_in.py") -> object:
    process = subprocess.Popen(
        [sys.executable, str(HERE / script), name, "--serve"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    stack.callback(process.wait, 60)
    stack.callback(process.terminate)
    assert process.stdout is not None
    (attachment,) = json.loads(process.stdout.readline()).values()
    process.stdout.close()
    return attachment
