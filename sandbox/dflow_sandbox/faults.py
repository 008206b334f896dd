"""What can go wrong between a client and a server, one class per way."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Moment(Enum):
    """Which side of the server's work a fault falls on."""

    BEFORE = "before the request is forwarded"
    AFTER = "after the server has answered"


@dataclass(frozen=True)
class Delay:
    """The exchange takes longer."""

    seconds: float
    moment: Moment = Moment.BEFORE


@dataclass(frozen=True)
class Hang:
    """Nothing happens until somebody calls `release`, or the proxy is closed."""

    moment: Moment = Moment.BEFORE
    _reached: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)
    _released: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    def wait_until_reached(self, timeout_seconds: float) -> bool:
        """Waits for a request to hang here; False when none did in time."""
        return self._reached.wait(timeout_seconds)

    def release(self) -> None:
        """Lets every request that hangs here go on."""
        self._released.set()

    def hang(self) -> None:
        """Called by the proxy: returns once released."""
        self._reached.set()
        self._released.wait()


@dataclass(frozen=True)
class Reset:
    """The connection is torn down. With `Moment.AFTER` the server has done the work and only the answer is lost."""

    moment: Moment = Moment.AFTER


@dataclass(frozen=True)
class Answer:
    """Another answer than the server's: instead of asking it (the default), or in place of what it said."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b'{"errors":[{"message":"Something went wrong."}]}'
    moment: Moment = Moment.BEFORE


@dataclass(frozen=True)
class Truncate:
    """The server's answer breaks off: all of it is announced, only the first bytes arrive."""

    after_bytes: int


@dataclass(frozen=True)
class ReplaceBody:
    """The server's status with a body of somebody else, as a gateway in between would put there."""

    body: bytes = b"<!doctype html><title>Bad gateway</title>"
    content_type: str = "text/html"


Fault = Delay | Hang | Reset | Answer | Truncate | ReplaceBody
