"""How a subcommand ends when it cannot do what it was asked."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What `dflow-cdktf` leaves to the shell. `tf` leaves Terraform's own code instead."""

    DONE = 0
    FAILED = 1
    """The command ran and has bad news: a check failed, bindings are out of date, something is missing."""
    MISUSED = 2
    """The arguments do not fit; nothing was done."""
    INTERRUPTED = 130


class CommandError(Exception):
    """An expected failure: the message is for a person, and says what was found and what to do."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(message)
        self.code = code
