"""The printed lines: `name | ours | peer | ratio | budget | ok`, and the count below them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING

from dflow_bench.budget import Budget, Pair, Unbudgeted, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_PEER = "-"


class Verdict(Enum):
    """How a line ends."""

    OK = "ok"
    OVER = "over"
    REPORTED = "-"


@dataclass(frozen=True)
class Promise:
    """One line of the table before it is measured.

    Args:
        name: what is measured, and against which peer.
        unit: what the figures count.
        budget: what is promised.
    """

    name: str
    unit: Unit
    budget: Budget


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    ours: str
    peer: str
    ratio: str
    budget: str
    verdict: Verdict

    def __str__(self) -> str:
        return " | ".join((self.name, self.ours, self.peer, self.ratio, self.budget, self.verdict.value))


def measured(promise: Promise, pairs: Sequence[Pair]) -> Line:
    """The line of a promise that was measured."""
    ratio = promise.budget.ratio(pairs)
    return Line(
        promise.name,
        promise.unit.show(median(pair.ours for pair in pairs)),
        promise.unit.show(median(pair.peer for pair in pairs)),
        promise.budget.shown(ratio),
        promise.budget.text,
        _verdict(promise.budget, ratio),
    )


def counted(promise: Promise, ours: float) -> Line:
    """The line of a promise that has no peer: a count that is the same in every run."""
    ratio = promise.budget.ratio([Pair(ours, ours)])
    return Line(
        promise.name,
        promise.unit.show(ours),
        NO_PEER,
        NO_PEER,
        promise.budget.text,
        _verdict(promise.budget, ratio),
    )


def not_measured(promise: Promise, reason: str) -> Line:
    """The line of a promise that could not be measured: it counts as not kept."""
    verdict = Verdict.REPORTED if isinstance(promise.budget, Unbudgeted) else Verdict.OVER
    return Line(promise.name, f"not measured: {_one_line(reason)}", NO_PEER, NO_PEER, promise.budget.text, verdict)


def summary(lines: Sequence[Line]) -> str:
    """The last line. Lines that promise nothing are not counted."""
    promised = [line for line in lines if line.verdict is not Verdict.REPORTED]
    kept = [line for line in promised if line.verdict is Verdict.OK]
    return f"{len(kept)} of {len(promised)} within budget"


def _verdict(budget: Budget, ratio: float) -> Verdict:
    if isinstance(budget, Unbudgeted):
        return Verdict.REPORTED
    return Verdict.OK if budget.holds(ratio) else Verdict.OVER


def _one_line(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
