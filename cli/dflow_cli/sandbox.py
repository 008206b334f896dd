"""Run a throw-away dFlow and cloud on this machine, to try stacks against.

The sandbox is a part of the repository and not of the distribution: it needs Node and its own packages, which
`make install` brings.
"""

from __future__ import annotations

import importlib.util
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_cli.failure import CommandError, ExitCode

if TYPE_CHECKING:
    import argparse

    from dflow_sandbox import SandboxAccess


DEFAULT = Path(".sandbox")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for action, summary in (
        (_start, "start it in the background, or leave it running if it does"),
        (_status, "say whether it runs, and where"),
        (_stop, "stop it"),
        (_env, 'print the variables that point at it; use: eval "$(dflow-cdktf sandbox env)"'),
    ):
        command = commands.add_parser(
            action.__name__.removeprefix("_"), help=summary, description=f"{summary.capitalize()}.", allow_abbrev=False
        )
        command.set_defaults(action=action)
        command.add_argument(
            "--directory",
            type=Path,
            default=DEFAULT,
            metavar="DIRECTORY",
            help="where its database, logs and credentials are; default: .sandbox",
        )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked of the sandbox of that directory."""
    if importlib.util.find_spec("dflow_sandbox") is None:
        raise CommandError(
            "the sandbox is not part of the installed dflow-cdktf. Clone the repository, run `make install` there, "
            "and then its .venv/bin/dflow-cdktf sandbox start."
        )
    from dflow_sandbox import SandboxError  # noqa: PLC0415 - exists only in a clone of the repository

    try:
        code: int = arguments.action(arguments.directory)
    except SandboxError as error:
        raise CommandError(str(error)) from error
    return code


def _start(directory: Path) -> int:
    from dflow_sandbox import start_detached  # noqa: PLC0415 - exists only in a clone of the repository

    print("starting dFlow and AWS, which takes some seconds", file=sys.stderr, flush=True)
    _describe(start_detached(directory), directory)
    return ExitCode.DONE


def _status(directory: Path) -> int:
    _describe(_running(directory), directory)
    return ExitCode.DONE


def _stop(directory: Path) -> int:
    from dflow_sandbox import stop  # noqa: PLC0415 - exists only in a clone of the repository

    print("stopped" if stop(directory) else f"no sandbox was running in {directory}")
    return ExitCode.DONE


def _env(directory: Path) -> int:
    for name, value in sorted(_running(directory).environment().items()):
        print(f"export {name}={shlex.quote(value)}")
    return ExitCode.DONE


def _running(directory: Path) -> SandboxAccess:
    from dflow_sandbox import status  # noqa: PLC0415 - exists only in a clone of the repository

    access = status(directory)
    if access is None:
        raise CommandError(f"no sandbox runs in {directory}; start one: {_command('start', directory)}")
    return access


def _command(name: str, directory: Path) -> str:
    words = ["dflow-cdktf", "sandbox", name]
    return shlex.join(words if directory == DEFAULT else [*words, "--directory", str(directory)])


def _describe(sandbox: SandboxAccess, directory: Path) -> None:
    print(f"dFlow           {sandbox.endpoint} (organisation {sandbox.tenant})")
    print(f"AWS             {sandbox.aws_endpoint} (region {sandbox.region})")
    print(f"Worker Nodes    {', '.join(sandbox.worker_node_ids)}")
    print(f"security group  {sandbox.security_group_id}")
    print(f"logs            {sandbox.directory}")
    print(f'to use it       eval "$({_command("env", directory)})"')
