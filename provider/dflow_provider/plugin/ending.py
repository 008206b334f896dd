"""When a provider process is over: it is told so, or nobody is left who would tell it."""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress

WATCH_S = 0.5
"""How often to look whether Terraform is still there."""


class Ending:
    """What a provider waits for: SIGTERM, or Terraform's goodbye. Made once, on the main thread.

    The system hands a signal to any thread, and Python acts on it on the main thread, once that has something to do.
    Both tell this thread by a pipe; if it waited in another way, it would hear of a signal up to `WATCH_S` later.
    """

    def __init__(self) -> None:
        self._told = False
        self._awake, self._wake = os.pipe()
        os.set_blocking(self._awake, False)
        os.set_blocking(self._wake, False)
        signal.signal(signal.SIGTERM, lambda *_: self.set())
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def set(self) -> None:
        """Tell, from any thread."""
        self._told = True
        with suppress(BlockingIOError):  # enough bytes are in it to wake anybody
            os.write(self._wake, b"\0")

    def wait(self, seconds: float) -> bool:
        """Wait for as long, or shorter, and say whether it was told; on the main thread."""
        if not self._told and select.select([self._awake], [], [], seconds)[0]:
            os.read(self._awake, 1 << 10)
        return self._told


def wait_for_the_end(ending: Ending, parent: int) -> None:
    """Return when told to end, or when the parent process is gone: nobody else would ever end this one."""
    while not ending.wait(WATCH_S) and os.getppid() == parent:
        pass
