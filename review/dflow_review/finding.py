"""Rules and what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from dflow_review.plan import Plan
    from dflow_review.reach import Reach


Found = TypeVar("Found")


class Severity(IntEnum):
    """How much a finding matters; `--fail-on` compares by it."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Answer(Enum):
    """What a rule says about one subject. What is fine is not reported."""

    FINDING = "finding"
    CANNOT_TELL = "cannot tell"
    RULE_CRASHED = "rule crashed"


@dataclass(frozen=True)
class Rule:
    """What a rule is about; its check is a function beside it.

    Args:
        id: permanent, `DFLOW001`.
        title: names the good state: `Databases are closed to the world`.
        why: the reason to exist, as a sentence or two.
        severity: of its findings, unless one says otherwise.
        remedy: what to do, as a sentence or two.
    """

    id: str
    title: str
    why: str
    severity: Severity
    remedy: str


@dataclass(frozen=True)
class Finding:
    """One answer of one rule about one subject.

    Args:
        rule: which.
        address: the resource it is about.
        message: what was found, in a sentence; never a secret.
        answer: a finding, or why there is none.
        severity: of this one.
        database: the database's name, if it is about one.
    """

    rule: Rule
    address: str
    message: str
    answer: Answer = Answer.FINDING
    severity: Severity | None = None
    database: str = ""

    @property
    def weight(self) -> Severity:
        """Its own severity, else the rule's."""
        return self.rule.severity if self.severity is None else self.severity


@dataclass(frozen=True)
class Subject:
    """What rules look at.

    Args:
        plans: the plans under review.
        reach: what they do to reachability.
        today: the day it is, for entries that end; whether one has ended cannot be told without.
    """

    plans: tuple[Plan, ...]
    reach: Reach
    today: dt.date | None = None
    _known: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, finding_out: Callable[[Subject], Found]) -> Found:
        """Return what a function finds out about this, which it does once however many rules ask for it."""
        if finding_out not in self._known:
            self._known[finding_out] = finding_out(self)
        return cast("Found", self._known[finding_out])


class Check(Protocol):
    """The function of a rule."""

    def __call__(self, subject: Subject, /) -> Iterable[Finding]:
        """Return what is wrong, or cannot be told; nothing for what is fine."""


@dataclass(frozen=True)
class Acknowledgement:
    """A finding that somebody has accepted.

    Args:
        rule_id: which rule.
        address: which resource.
        reason: why, for people.
        who: accepted it.
        expires: the day after which it no longer counts, `2026-12-31`; empty if it always does.
    """

    rule_id: str
    address: str
    reason: str
    who: str
    expires: str = ""


@dataclass(frozen=True)
class Verdicts:
    """All findings, and what became of acknowledgements.

    Args:
        open: findings nobody acknowledged, the most severe first.
        acknowledged: the others, each with its acknowledgement.
        unused: acknowledgements that fit nothing.
        expired: acknowledgements that fit, and have expired; what they fit is open.
    """

    open: tuple[Finding, ...]
    acknowledged: tuple[tuple[Finding, Acknowledgement], ...] = ()
    unused: tuple[Acknowledgement, ...] = ()
    expired: tuple[Acknowledgement, ...] = field(default_factory=tuple)
