"""The command line of a CDK for Terraform, `cdktf` or its successor `cdktn`, at work on a program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_acceptance.synthesis import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

CDKTN = Path(__file__).parent.parent / "cdktn" / "node_modules"
"""Where `make install-cdktn` puts the command line of cdktn, and the Node that it needs."""

_PATIENCE_S = 240
_CONTROL = re.compile(r"\x1b\[[0-9;]*m")


class CommandMissingError(Exception):
    """There is no such command here, or nothing to run it with; the message says what to do."""


@dataclass(frozen=True)
class CdkCommand:
    """A command line and the directories that its programs are found in.

    Args:
        program: the command.
        path: what goes before PATH.
    """

    program: Path
    path: str = field(repr=False)

    @classmethod
    def found(cls, name: str) -> CdkCommand:
        """Find it where it was installed, else on PATH.

        Raises:
            CommandMissingError: it is nowhere.
        """
        own = {"cdktf": ROOT / "node_modules", "cdktn": CDKTN}[name]
        node = next(own.glob("node-*/bin"), None)
        path = os.pathsep.join([*([str(node)] if node else []), str(Path(sys.prefix) / "bin"), os.environ["PATH"]])
        program = shutil.which(name, path=f"{own / '.bin'}{os.pathsep}{path}")
        if program is None:
            raise CommandMissingError(f"no `{name}`; run `make {'install' if name == 'cdktf' else 'install-cdktn'}`")
        return cls(Path(program), path)

    def run(self, verb: str, directory: Path, environment: Mapping[str, str], *words: str) -> str:
        """Run a command for the stack `shop` of the program that the directory's cdktf.json names; say what it said."""
        ran = subprocess.run(
            [str(self.program), verb, "shop", *words, "--skip-provider-lock", "--no-color"],
            cwd=directory,
            env={**environment, "PATH": self.path, "CI": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )
        said = _CONTROL.sub("", ran.stdout + ran.stderr)
        assert ran.returncode == 0, f"{self.program.name} {verb} ended with {ran.returncode}\n{said}"
        return said


def prepare(program: Path, directory: Path) -> None:
    """Make a directory one in which the command line finds a program."""
    directory.mkdir()
    settings = json.loads((ROOT / "cdktf.json").read_text()) | {"app": f"{sys.executable} {program}"}
    (directory / "cdktf.json").write_text(json.dumps(settings))
