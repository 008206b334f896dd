"""Terraform as the cases need it: plans become JSON that is the same on every machine."""

from __future__ import annotations

import itertools
import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dflow_acceptance.workspace import Workspace, clean_environment

from dflow_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

_IDS = re.compile(r"\b(?:(?P<mark>t|sgr?-)(?P<aws>[0-9a-f]{12,17})|(?P<payload>[0-9a-f]{24}))\b")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_SERVER = re.compile(r"http://127\.0\.0\.1:\d+")
_MOMENT = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
_NUMBERS: dict[Path, dict[str, int]] = {}
"""What ids were replaced with, for each case."""


class Machine:
    """What all cases share.

    Args:
        scratch: a directory that is removed in the end.
        stack: closes what the cases open.
    """

    def __init__(self, scratch: Path, stack: ExitStack) -> None:
        self._scratch = scratch
        self._stack = stack
        self._numbers = itertools.count()

    @cached_property
    def sandbox(self) -> Sandbox:
        """A throw-away dFlow and cloud."""
        return self._stack.enter_context(Sandbox.start(self.new_directory()))

    def workspace(self, environment: Mapping[str, str]) -> Workspace:
        """A workspace that is ready to plan."""
        return Workspace.like(self._initialised, self._directory(), self.environment(environment))

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Environment variables for a workspace, with nothing of the developer's own set-up."""
        return clean_environment(self.new_directory(), settings)

    def _directory(self) -> Path:
        return self._scratch / str(next(self._numbers))

    def new_directory(self) -> Path:
        """An empty directory."""
        directory = self._directory()
        directory.mkdir()
        return directory

    @cached_property
    def _initialised(self) -> Path:
        workspace = Workspace(self.new_directory(), self.environment({}))
        workspace.configure()
        must(workspace, "init", "-no-color")
        return workspace.directory


def must(workspace: Workspace, *words: str) -> str:
    """Run a command that has to succeed, and return what it printed."""
    run = workspace.terraform(*words)
    if run.code != 0:
        raise SystemExit(str(run))
    return run.stdout


def write_plan(workspace: Workspace, file: Path, *options: str) -> None:
    """Plan, and write the plan as Terraform shows it, with what differs from run to run replaced."""
    must(workspace, "plan", "-no-color", "-out=the.plan", *options)
    write_shown(workspace, file)


def write_failed_plan(workspace: Workspace, file: Path) -> None:
    """Make a plan that ends with an error, and write what Terraform keeps of it all the same."""
    run = workspace.terraform("plan", "-no-color", "-out=the.plan")
    if run.code != 1:
        raise SystemExit(f"a plan was to fail, and did not: {run}")
    write_shown(workspace, file)


def write_shown(workspace: Workspace, file: Path) -> None:
    """Write the plan that is there as Terraform shows it, with what differs from run to run replaced."""
    content = json.loads(must(workspace, "show", "-json", "the.plan"))
    content.pop("timestamp", None)
    content.get("relevant_attributes", []).sort(key=json.dumps)  # which Terraform keeps in no order
    programs = "".join(
        each.read_text(encoding="utf-8") for each in workspace.directory.glob("*.tf*") if _is_program(each)
    )
    write_json(file, content, written=frozenset(_UUID.findall(programs)))


def _is_program(file: Path) -> bool:
    return file.name.endswith((".tf", ".tf.json"))


def write_json(file: Path, content: Any, *, written: frozenset[str] | None = None) -> None:
    """Write JSON with numbered ids and addresses that lead nowhere.

    Args:
        file: where to.
        content: what.
        written: the UUIDs that people wrote, which stay as they are; nothing if all of them do.
    """
    text = json.dumps(content, indent=1, ensure_ascii=False)
    text = _MOMENT.sub("2026-01-01T00:00:00.000Z", _SERVER.sub("http://127.0.0.1:1", text))
    numbers = _NUMBERS.setdefault(file.parent, {})

    def numbered(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[0], len(numbers) + 1)
        if found["mark"] is None:
            return f"{number:024x}"
        return f"{found['mark']}{number:0{len(found['aws'])}x}"

    def numbered_uuid(found: re.Match[str]) -> str:
        if written is None or found[0] in written:
            return found[0]
        return f"00000000-0000-4000-8000-{numbers.setdefault(found[0], len(numbers) + 1):012x}"

    file.write_text(_UUID.sub(numbered_uuid, _IDS.sub(numbered, text)) + "\n", encoding="utf-8")
