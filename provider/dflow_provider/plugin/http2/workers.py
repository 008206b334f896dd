"""Threads for calls that may wait."""

from __future__ import annotations

import threading
from queue import SimpleQueue

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable


class Workers:
    """As many threads as there are jobs at once: no job ever waits for another to end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = 0
        self._free = 0
        """Threads that wait for a job, less the jobs that wait for a thread to take them."""

    def run(self, job: Callable[[], None]) -> None:
        """Run a job, which raises nothing, on a thread of its own."""
        with self._lock:
            self._free -= 1
            missing = self._free < 0
            self._threads += missing
        self._jobs.put(job)
        if missing:
            self._start()

    def _start(self) -> None:
        try:
            threading.Thread(target=self._work, daemon=True).start()
        except RuntimeError:  # the system has no more threads; whichever is free first takes the job
            with self._lock:
                self._threads -= 1
                alone = not self._threads
            if alone:
                self._work_once()
        else:
            with self._lock:
                self._free += 1

    def _work_once(self) -> None:
        job = self._jobs.get()
        if job is not None:
            job()
        with self._lock:
            self._free += 1

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            with self._lock:
                self._free += 1

    def close(self) -> None:
        """Let the threads end, each after the job that it has."""
        with self._lock:
            threads = self._threads
        for _ in range(threads):
            self._jobs.put(None)
