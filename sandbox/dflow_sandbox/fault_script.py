"""Which request a fault befalls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from dflow_sandbox.faults import Fault


@dataclass(frozen=True)
class RequestPattern:
    """Requests a fault is meant for: all of what is given has to fit."""

    method: str | None
    path: re.Pattern[str]
    body: bytes

    def fits(self, method: str, path: str, body: bytes) -> bool:
        """Whether a request is one of those."""
        return self.method in {None, method} and self.path.search(path) is not None and self.body in body


class FaultScript:
    """A fault, the requests it is meant for, and how often it has happened."""

    def __init__(self, fault: Fault, pattern: RequestPattern, *, skip: int, times: int | None) -> None:
        self.fault = fault
        self.hits = 0
        self._pattern = pattern
        self._skip = skip
        self._left = times

    def claims(self, method: str, path: str, body: bytes) -> bool:
        """Whether the fault befalls this request, which is counted. Asked once per request, under the proxy's lock."""
        if self._left == 0 or not self._pattern.fits(method, path, body):
            return False
        if self._skip > 0:
            self._skip -= 1
            return False
        if self._left is not None:
            self._left -= 1
        self.hits += 1
        return True
