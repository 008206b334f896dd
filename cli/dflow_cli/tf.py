"""Run Terraform or OpenTofu against one provider process that stays warm.

Every word after `tf` goes to the program: `dflow-cdktf tf plan -out=plan`. It runs `terraform`, else `tofu`, or what
TERRAFORM_BINARY_NAME names, and ends with its exit code. The provider is the one installed with this command: version
constraints and the lock file do not apply to it, and `init` is needed only for other providers and the backend.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

from dflow_cli.checks.program import ProgramMissing, locate
from dflow_cli.checks.terraform import INSTALL_TERRAFORM, terraform_names
from dflow_cli.failure import CommandError
from dflow_cli.warm_provider import warm_provider

if TYPE_CHECKING:
    import argparse
    from types import FrameType


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("words", nargs="*", metavar="ARGUMENT", help="what Terraform is to do")


def run(arguments: argparse.Namespace) -> int:
    """Start the provider, run Terraform, end the provider."""
    try:
        terraform = locate(*terraform_names())
    except ProgramMissing as missing:
        raise CommandError(f"{missing}. {INSTALL_TERRAFORM}") from missing
    with warm_provider() as attachment:
        return _run([str(terraform), *arguments.words], {**os.environ, **attachment})


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command that has this process's terminal, and return its exit code as a shell would.

    Ctrl-C reaches the command by itself, and it decides when it is over; what only this process is sent is passed on.
    """
    # The handlers are set before the command starts: a signal that arrives in between must not orphan the provider.
    waiting: list[int] = []
    started: list[subprocess.Popen[bytes]] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if started:
            started[0].send_signal(number)
        else:
            waiting.append(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, _ignored)
    try:
        process = subprocess.Popen(command, env=environment)
        started.append(process)
        for number in waiting:
            process.send_signal(number)
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _ignored(_number: int, _frame: FrameType | None) -> None:
    """Does nothing; unlike SIG_IGN, the command that is started does not inherit it."""
