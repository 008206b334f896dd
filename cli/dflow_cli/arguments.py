"""Reads what stands behind `dflow-cdktf`, and runs the subcommand with it."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from dflow_cli.failure import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_cli.main import Entry


class Subcommand(Protocol):
    """What the module of a subcommand has. One whose exit code 2 means something else says `MISUSE = ExitCode.…`."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


def parsed_and_run(commands: Mapping[str, Entry], words: Sequence[str]) -> int:
    """Run the subcommand that the words name, and return its exit code.

    Raises:
        SystemExit: after `--help`, `--version` and misuse, as argparse does.
    """
    chosen = _top_parser(commands).parse_args(words[:1])
    command = cast("Subcommand", import_module(commands[chosen.command].module))
    parser = _Parser(
        prog=f"dflow-cdktf {chosen.command}",
        description=command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.misuse = getattr(command, "MISUSE", ExitCode.MISUSED)
    command.declare(parser)
    return command.run(parser.parse_args(words[1:]))


class _Parser(argparse.ArgumentParser):
    """Ends with the subcommand's own exit code where the arguments do not fit."""

    misuse = ExitCode.MISUSED

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(self.misuse, f"{self.prog}: error: {message}\n")


def _top_parser(commands: Mapping[str, Entry]) -> argparse.ArgumentParser:
    width = max(map(len, commands))
    parser = argparse.ArgumentParser(
        prog="dflow-cdktf",
        usage="dflow-cdktf [--version] [--help] COMMAND ...",
        description="Manage dFlow services and the allowlists of their external databases with CDKTF and Terraform.",
        epilog="\n".join(
            [
                "commands:",
                *(f"  {name:<{width}}  {entry.summary}" for name, entry in commands.items()),
                "",
                "`dflow-cdktf COMMAND --help` says more.",
                "Exit codes: 0 done; 1 failed, or a check found something; 2 wrong arguments; 130 interrupted.",
                "`review` has exit codes of its own.",
            ]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.add_argument("command", metavar="COMMAND", choices=commands, help="what to do, see below")
    return parser


class _Version(argparse.Action):
    """Prints the installed version; reading it costs time that no other command should pay."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from dflow_cli.version import installed_version  # noqa: PLC0415 - see above

        print(f"dflow-cdktf {installed_version()}")
        parser.exit()
