"""When a provider process is over: it is told so, or nobody is left who would tell it."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    import threading

WATCH_S = 0.5
"""How often to look whether Terraform is still there."""


def wait_for_the_end(ending: threading.Event, parent: int) -> None:
    """Return when told to end, or when the parent process is gone: nobody else would ever end this one."""
    while not ending.wait(WATCH_S) and os.getppid() == parent:
        pass
