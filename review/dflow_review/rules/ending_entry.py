"""Entries that end."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange, Opening

EXPIRED_ENTRY: Final = Rule(
    id="DFLOW024",
    title="Entries on a list have not expired",
    why="Somebody said until when an address may reach the database, and that moment is over.",
    severity=Severity.MEDIUM,
    remedy="Remove the entry, or say until when it is needed now.",
)
EXPIRING_ENTRY: Final = Rule(
    id="DFLOW025",
    title="Entries last for another two weeks",
    why="When an entry ends, its service is locked out, often long after anybody thought of it.",
    severity=Severity.LOW,
    remedy="Give it a later end now, or make sure that nobody needs it any longer.",
)
SOON: Final = dt.timedelta(days=14)


def entries_have_not_expired(subject: Subject) -> Iterator[Finding]:
    """Find entries whose end is over."""
    for change, opening, end in _ending(subject):
        if end is None or subject.today is None:
            yield _untold(EXPIRED_ENTRY, change, opening, end)
        elif end.date() < subject.today:
            yield _finding(EXPIRED_ENTRY, change, opening, "ended")


def entries_last(subject: Subject) -> Iterator[Finding]:
    """Find entries that end within two weeks."""
    for change, opening, end in _ending(subject):
        if end is None or subject.today is None:
            yield _untold(EXPIRING_ENTRY, change, opening, end)
        elif subject.today <= end.date() <= subject.today + SOON:
            yield _finding(EXPIRING_ENTRY, change, opening, "ends")


def _ending(subject: Subject) -> Iterator[tuple[DatabaseChange, Opening, dt.datetime | None]]:
    """Yield what ends, with the moment in UTC; nothing in its place if it cannot be read."""
    for change in subject.reach.changes:
        for opening in change.after:
            if opening.expires_at:
                yield change, opening, _moment(opening.expires_at)


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except OverflowError:
        return None


def _finding(rule: Rule, change: DatabaseChange, opening: Opening, verb: str) -> Finding:
    return Finding(
        rule,
        opening.resource,
        f"The entry {_entry(opening)} on the list of {change.database.name} {verb} at {opening.expires_at}.",
        database=change.database.name,
    )


def _untold(rule: Rule, change: DatabaseChange, opening: Opening, end: dt.datetime | None) -> Finding:
    why = (
        f"its end, {opening.expires_at!r}, is no moment as RFC 3339 writes it"
        if end is None
        else "nobody said what day it is"
    )
    return Finding(
        rule,
        opening.resource,
        f"Whether the entry {_entry(opening)} on the list of {change.database.name} has ended, or will soon, cannot be "
        f"told: {why}.",
        Answer.CANNOT_TELL,
        database=change.database.name,
    )


def _entry(opening: Opening) -> str:
    return opening.source.node or opening.source.spelling
