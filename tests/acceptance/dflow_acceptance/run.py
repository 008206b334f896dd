"""What one command of Terraform did and said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Diagnostic:
    """One error or warning, as Terraform's machine-readable output has it."""

    severity: str
    title: str
    detail: str
    address: str

    def __str__(self) -> str:
        where = f" at {self.address}" if self.address else ""
        return f"{self.severity}{where}: {self.title}: {self.detail}"


@dataclass(frozen=True)
class Run:
    """A command of Terraform that has ended."""

    words: tuple[str, ...]
    code: int
    stdout: str
    stderr: str

    def __str__(self) -> str:
        return f"terraform {' '.join(self.words)} ended with {self.code}\n{self.stdout}\n{self.stderr}"

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """The lines of `-json` output; other commands have none."""
        return [json.loads(line) for line in self.stdout.splitlines() if line.startswith('{"@')]

    @cached_property
    def diagnostics(self) -> list[Diagnostic]:
        said = [event["diagnostic"] for event in self.events if event["type"] == "diagnostic"]
        return [
            Diagnostic(each["severity"], each["summary"], each.get("detail", ""), each.get("address", ""))
            for each in said
        ]

    @property
    def errors(self) -> list[Diagnostic]:
        return [each for each in self.diagnostics if each.severity == "error"]

    @property
    def warnings(self) -> list[Diagnostic]:
        return [each for each in self.diagnostics if each.severity == "warning"]

    @property
    def only_error(self) -> Diagnostic:
        """The error, of a command that failed with exactly one."""
        assert self.code == 1, str(self)
        assert len(self.errors) == 1, "\n".join(map(str, self.diagnostics)) or str(self)
        return self.errors[0]

    @cached_property
    def changes(self) -> dict[str, str]:
        """What is planned, by resource address: create, update, replace, delete, import."""
        planned = [event["change"] for event in self.events if event["type"] == "planned_change"]
        return {each["resource"]["addr"]: each["action"] for each in planned}
