"""One lock for each of many things, such as the variables of each service."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from dflow_provider.schema import Stop

_LOOK_FOR_STOP_S = 0.2


class KeyedLocks:
    """Locks by key, made when first asked for and kept as long as the process lives."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._locks: dict[Hashable, threading.Lock] = {}

    @contextmanager
    def holding(self, key: Hashable, stop: Stop) -> Iterator[None]:
        """Hold the key's lock; a stop ends the wait for it.

        Raises:
            ProviderError: a stop was asked for before the lock was free.
        """
        with self._making:
            lock = self._locks.setdefault(key, threading.Lock())
        while not lock.acquire(timeout=_LOOK_FOR_STOP_S):
            if stop.requested:
                raise ProviderError("Stopped on request", "Nothing was changed: a stop was asked for before it began.")
        try:
            yield
        finally:
            lock.release()
