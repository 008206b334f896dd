"""Asking a vendor again that is busy, and how long to wait before."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from dflow_provider.allowlists.listing import TryLaterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_provider.schema import Stop

READINGS: Final = 8
"""How often something is read before it is given up."""

Read = TypeVar("Read")


@dataclass(frozen=True)
class Pauses:
    """How long to wait before another look, in seconds: doubling, and a random half of it less."""

    first_s: float = 0.5
    longest_s: float = 8.0

    def before(self, reading: int, asked_s: float = 0.0) -> float:
        """The pause before a reading, at least what the vendor asked for."""
        pause = min(self.longest_s, self.first_s * 2.0**reading)
        return max(asked_s, pause * random.uniform(0.5, 1.0))  # noqa: S311 (spreads retries, guards no secret)


USUAL_PAUSES: Final = Pauses()


def read_patiently(read: Callable[[], Read], stop: Stop, pauses: Pauses = USUAL_PAUSES) -> Read:
    """Read something from a vendor, again after a pause while the vendor is busy.

    Args:
        read: reads it.
        stop: ends every pause.
        pauses: how long to wait.

    Raises:
        ProviderError: it cannot be read, or a stop was asked for while waiting.
    """
    for reading in range(1, READINGS):
        try:
            return read()
        except TryLaterError as trouble:
            if stop.wait(pauses.before(reading - 1, trouble.after_s)):
                raise
    return read()
