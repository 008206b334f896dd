"""A program that has this process's terminal while it runs."""

from __future__ import annotations

import signal

TYPE_CHECKING = False  # `dflow-cdktf tf` stands before every plan, and `typing` costs 5 ms
if TYPE_CHECKING:
    import subprocess
    from types import FrameType


def run_in_terminal(command: list[str], environment: dict[str, str]) -> int:
    """Run a command that has this process's terminal, and return its exit code as a shell would.

    Ctrl-C reaches the command by itself, and it decides when it is over; what only this process is sent is passed on.
    """
    from subprocess import Popen  # noqa: PLC0415  # the provider starts meanwhile

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
        process = Popen(command, env=environment)
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
