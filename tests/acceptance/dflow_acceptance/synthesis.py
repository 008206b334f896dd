"""Programs written with the constructs, synthesized as `cdktf synth` does it: in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_acceptance.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[3]
QUICKSTART = ROOT / "stacks" / "main.py"


def synthesized(program: Path, directory: Path, environment: Mapping[str, str], stack: str = "shop") -> Workspace:
    """Run the program, and make its stack a workspace by the real `terraform init`.

    The program's output is kept in the directory beside what it wrote.
    """
    directory.mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, str(program)],
        cwd=directory,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    (directory / "synth.log").write_text(ran.stdout + ran.stderr)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    workspace = Workspace(directory / "cdktf.out" / "stacks" / stack, dict(environment))
    initialised = workspace.terraform("init", "-no-color")
    assert initialised.code == 0, str(initialised)
    return workspace
