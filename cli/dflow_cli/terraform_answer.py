"""What a command of Terraform's prints, for those who read it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from dflow_cli.failure import CommandError

if TYPE_CHECKING:
    from pathlib import Path

_MOST_SHOWN = 2000


def terraform_answer(command: list[str], problem: str, directory: Path | None = None) -> bytes:
    """Run a command that asks nothing, and return what it prints.

    Args:
        command: the program and its arguments.
        problem: what to tell if it fails, and what to do; its own words follow.
        directory: where it runs; here unless given.

    Raises:
        CommandError: it failed.
    """
    ran = subprocess.run(command, cwd=directory, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if ran.returncode != 0:
        said = (ran.stderr or ran.stdout).decode(errors="replace").strip()
        raise CommandError(f"{problem} It said: {said[:_MOST_SHOWN]}")
    return ran.stdout
