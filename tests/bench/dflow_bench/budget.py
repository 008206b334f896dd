"""What a measurement is allowed to be, compared with its peer or by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

MIB = 1024 * 1024


class Unit(Enum):
    """What a figure counts."""

    SECONDS = "s"
    BYTES = "MiB"
    CALLS = "calls"

    def show(self, figure: float) -> str:
        """Write a figure as a person compares it: three significant digits of a time, whole MiB, whole calls."""
        match self:
            case Unit.SECONDS:
                return f"{figure * 1000:.0f} ms" if figure < 1 else f"{figure:.2f} s"
            case Unit.BYTES:
                return f"{figure / MIB:.0f} MiB"
            case Unit.CALLS:
                return "1 call" if figure == 1 else f"{figure:g} calls"


@dataclass(frozen=True)
class Pair:
    """One measurement of ours and one of the peer, taken right after each other."""

    ours: float
    peer: float


class Budget(Protocol):
    """A promise about a measurement."""

    @property
    def text(self) -> str:
        """The promise as it stands in the table."""

    def ratio(self, pairs: Sequence[Pair]) -> float:
        """The figure that the promise is about: the median over the pairs, so that a busy moment spoils one pair."""

    def shown(self, ratio: float) -> str:
        """That figure as it stands in the table."""

    def holds(self, ratio: float) -> bool:
        """Whether the promise is kept."""


@dataclass(frozen=True)
class TimesBetter:
    """Ours is at least so many times smaller than the peer's.

    Args:
        factor: how many times.
        word: what smaller means here: faster, less.
    """

    factor: float
    word: str

    @property
    def text(self) -> str:
        return f"≥ {self.factor:g}x {self.word}"

    def ratio(self, pairs: Sequence[Pair]) -> float:
        return median(pair.peer / pair.ours for pair in pairs)

    def shown(self, ratio: float) -> str:
        return f"{ratio:.1f}x {self.word}"

    def holds(self, ratio: float) -> bool:
        return ratio >= self.factor


@dataclass(frozen=True)
class TimesAtMost:
    """Ours is at most so many times the peer's."""

    factor: float

    @property
    def text(self) -> str:
        return f"≤ {self.factor:g}x"

    def ratio(self, pairs: Sequence[Pair]) -> float:
        return median(pair.ours / pair.peer for pair in pairs)

    def shown(self, ratio: float) -> str:
        return f"{ratio:.2f}x"

    def holds(self, ratio: float) -> bool:
        return ratio <= self.factor


@dataclass(frozen=True)
class MoreAtMost:
    """Ours is at most so much above the peer's, in the unit of the figures."""

    extra: float
    unit: Unit

    @property
    def text(self) -> str:
        return f"≤ peer + {self.unit.show(self.extra)}"

    def ratio(self, pairs: Sequence[Pair]) -> float:
        return median(pair.ours - pair.peer for pair in pairs)

    def shown(self, ratio: float) -> str:
        return f"{'+' if ratio >= 0 else '-'} {self.unit.show(abs(ratio))}"

    def holds(self, ratio: float) -> bool:
        return ratio <= self.extra


@dataclass(frozen=True)
class AtMost:
    """Ours is at most so much, whatever the peer's; the ratio is shown all the same."""

    limit: float
    unit: Unit

    @property
    def text(self) -> str:
        return f"≤ {self.unit.show(self.limit)}"

    def ratio(self, pairs: Sequence[Pair]) -> float:
        return median(pair.ours for pair in pairs)

    def shown(self, ratio: float) -> str:
        return self.unit.show(ratio)

    def holds(self, ratio: float) -> bool:
        return ratio <= self.limit


@dataclass(frozen=True)
class Unbudgeted:
    """No promise: the ratio is reported beside those that have one."""

    @property
    def text(self) -> str:
        return "none"

    def ratio(self, pairs: Sequence[Pair]) -> float:
        return median(pair.ours / pair.peer for pair in pairs)

    def shown(self, ratio: float) -> str:
        return f"{ratio:.2f}x"

    def holds(self, ratio: float) -> bool:
        return True
