"""How many entries still fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import is_entry, managed, place_of, vendor_of, writers
from dflow_review.values import Missing
from dflow_vendors import QuotaPool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.reach import DatabaseChange, Opening

QUOTA: Final = Rule(
    id="DFLOW008",
    title="Lists have room for their entries",
    why="A vendor refuses the entry that is one too many, in the middle of an apply: some doors open, others do not.",
    severity=Severity.HIGH,
    remedy="Remove entries nobody needs, list a range that holds several, or ask the vendor for more.",
)
_HEAD_ROOM: Final = 0.9
"""From this share of the quota on, people are told."""
_GRANTED: Final = ("entry_quota", "rule_quota")


def lists_have_room(subject: Subject) -> Iterator[Finding]:
    """Find lists with more entries than fit, and those that are nearly full and grow."""
    lists: dict[str, list[DatabaseChange]] = {}
    for change in subject.reach.changes:
        lists.setdefault(change.database.id, []).append(change)
    by_address = {resource.address: resource for resource in managed(subject)}
    for changes in lists.values():
        yield from _about(changes, by_address)


def _about(changes: list[DatabaseChange], by_address: dict[str, PlannedResource]) -> Iterator[Finding]:
    vendor = vendor_of(changes[0])
    granted = {_granted(by_address[each]) for change in changes for each in writers(change) if each in by_address}
    said = [number for number in granted if number is not None]
    if vendor is None or (not said and vendor.quota is None):
        return
    most = max(said) if said else vendor.quota.number if vendor.quota else 0
    each_family = vendor.quota is not None and vendor.quota.pool is QuotaPool.EACH_FAMILY
    after = [opening for change in changes for opening in change.after if is_entry(opening)]
    before = [opening for change in changes for opening in change.before if is_entry(opening)]
    name = changes[0].database.name
    for family in ("IPv4", "IPv6") if each_family else ("",):
        known, unknown = _counted(after, family)
        grows = known + unknown > sum(_counted(before, family))
        entries = f"{family} entries".strip()
        if known > most:
            message, answer, severity = f"{known} {entries} are to stand on it", Answer.FINDING, None
        elif known + unknown > most:
            message = f"{known} {entries}, and {unknown} more that are known after apply, are to stand on it"
            answer, severity = Answer.CANNOT_TELL, None
        elif grows and known + unknown > most * _HEAD_ROOM:
            message = f"{known + unknown} {entries} are to stand on it, more than nine in ten"
            answer, severity = Answer.FINDING, Severity.LOW
        else:
            continue
        yield Finding(
            QUOTA,
            place_of(changes[0]),
            f"The list of {name} ({vendor.name}) holds {most} entries: {message}.",
            answer,
            severity,
            database=name,
        )


def _granted(resource: PlannedResource) -> int | None:
    for name in _GRANTED:
        number = resource.after.number(name) if resource.after is not None else Missing.ABSENT
        if not isinstance(number, Missing):
            return number
    return None


def _counted(openings: list[Opening], family: str) -> tuple[int, int]:
    """Count entries: those with known addresses, each spelling and port once, and the others, taken for IPv4."""
    known = {
        (opening.source.spelling, opening.port)
        for opening in openings
        if opening.source.addresses is not None
        and (not family or (family == "IPv6") == (":" in opening.source.spelling))
    }
    unknown = {
        (opening.source.spelling, opening.source.node, opening.port, opening.resource)
        for opening in openings
        if opening.source.addresses is None and family != "IPv6"
    }
    return len(known), len(unknown)
