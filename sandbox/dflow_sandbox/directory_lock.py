"""One sandbox per directory."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

from dflow_sandbox.errors import SandboxError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

_NAME = "sandbox.lock"


def lock_directory(directory: Path) -> TextIO:
    """Claims `directory` until the returned file is closed or this process ends, however it ends."""
    lock = (directory / _NAME).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise SandboxError(
            f"{directory} belongs to a running sandbox. Stop that one first, or start in another directory."
        ) from error
    return lock
