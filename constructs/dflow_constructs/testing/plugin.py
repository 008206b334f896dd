"""A plugin for pytest: `pytest_plugins = ["dflow_constructs.testing.plugin"]`."""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from dflow_constructs.testing.synthesized import synthesized

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_cdk import cdk

_OPTION = "--update-dflow-snapshots"
_VARIABLE = "UPDATE_SNAPSHOTS"
_LINES_SHOWN = 80


@dataclass(frozen=True)
class Snapshot:
    """What one test remembers of a stack or a program, in a file beside it.

    Attributes:
        path: the file.
        update: whether to write it anew.
    """

    path: Path
    update: bool

    def matches(self, of: cdk.TerraformStack | cdk.App) -> None:
        """Fail with a diff unless a stack, or every stack of a program, is what it was.

        Raises:
            AssertionError: it is not, or nothing is remembered yet.
        """
        __tracebackhide__ = True
        now = synthesized(of).text
        if self.update:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(now, encoding="utf-8")
        if not self.path.exists():
            pytest.fail(
                f"there is no snapshot {self.path} yet; write it with {_OPTION}, or {_VARIABLE}=1", pytrace=False
            )
        before = self.path.read_text(encoding="utf-8")
        if before != now:
            pytest.fail(self._difference(before, now), pytrace=False)

    def _difference(self, before: str, now: str) -> str:
        lines = list(difflib.unified_diff(before.splitlines(), now.splitlines(), self.path.name, "now", lineterm=""))
        more = len(lines) - _LINES_SHOWN
        shown = lines[:_LINES_SHOWN] + ([f"… and {more} lines more"] if more > 0 else [])
        return "\n".join(
            [f"what is synthesized is not what {self.path} holds; if it should be, {_OPTION} accepts it", *shown]
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that accepts what changed."""
    parser.getgroup("dflow").addoption(
        _OPTION, action="store_true", help="write the snapshots of dflow_snapshot anew from what is synthesized now"
    )


@pytest.fixture
def dflow_snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Compare stacks with what they were: `dflow_snapshot.matches(stack)`.

    Each test has a file of its own, `snapshots/<file of the test>/<test>.json`.
    """
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", request.node.name).strip("-")
    update = bool(request.config.getoption(_OPTION, default=False)) or os.environ.get(_VARIABLE) == "1"
    return Snapshot(request.path.parent / "snapshots" / request.path.stem / f"{name}.json", update)
