"""How many changes are under way right now; the process must not end in the middle of one."""

from __future__ import annotations

import threading

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class InFlight:
    """Counts what is under way: `with in_flight: …`."""

    def __init__(self) -> None:
        self._idle = threading.Condition()
        self._count = 0

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    def begin(self) -> None:
        """Count one more; `end` must follow, from whatever thread."""
        with self._idle:
            self._count += 1

    def end(self) -> None:
        """Count one less."""
        with self._idle:
            self._count -= 1
            self._idle.notify_all()

    @property
    def count(self) -> int:
        """The number of changes under way."""
        with self._idle:
            return self._count

    def wait_until_idle(self) -> None:
        """Return once nothing is under way, however long that takes."""
        with self._idle:
            self._idle.wait_for(lambda: self._count == 0)
