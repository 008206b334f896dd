"""How often and how long a request is tried again."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dflow_provider.control_plane.transport import http_date

if TYPE_CHECKING:
    from collections.abc import Callable

BUSY = frozenset({429, 502, 503, 504})
"""What a server or a proxy before it answers when the same request may pass a moment later."""


@dataclass(frozen=True)
class Patience:
    """The limits of one request with all its attempts; times in seconds.

    Between attempts it waits a random time between nothing and a limit that doubles each time ("full jitter"), so that
    many clients do not come back at once; the server's own word (Retry-After) is a lower bound.
    """

    attempts: int = 8
    attempts_to_connect: int = 4
    first_wait_s: float = 0.5
    longest_wait_s: float = 20.0
    deadline_s: float = 180.0
    spread: Callable[[], float] = field(default=random.random, repr=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    def wait_after(self, attempt: int, retry_after_s: float = 0.0) -> float:
        """Return how long to wait after this attempt, counted from 1."""
        limit = min(self.longest_wait_s, self.first_wait_s * 2.0 ** (attempt - 1))
        return retry_after_s + self.spread() * limit


def retry_after_s(header: str | None, now: datetime | None = None) -> float:
    """Read a Retry-After header, in seconds or as a date; 0 where it says nothing or something in the past."""
    text = (header or "").strip()
    if text.isdecimal():
        return float(text)
    moment = http_date(text)
    if moment is None:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
