"""Entries of which nobody will know later whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import managed, vendor_of
from dflow_review.values import Missing
from dflow_vendors import OwnerMark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.reach import DatabaseChange, Opening

UNEXPLAINED_ENTRY: Final = Rule(
    id="DFLOW023",
    title="Entries say whom they let in",
    why="Nobody dares to remove an entry of which nobody knows whose it is, so it stays when its service is long gone.",
    severity=Severity.LOW,
    remedy="Write a description that names the service and who looks after it.",
)
_NOTES: Final = ("description", "comment", "note", "notes", "name")


def entries_say_whom_they_let_in(subject: Subject) -> Iterator[Finding]:
    """Find added entries without a description or an owner, where the vendor has room for one."""
    resources = {resource.address: resource for resource in managed(subject)}
    told: set[str] = set()
    for change in subject.reach.changes:
        if not _has_room(change):
            continue
        there = {(opening.resource, opening.source.spelling) for opening in change.before}
        for opening in change.after:
            is_new = (opening.resource, opening.source.spelling) not in there
            if not is_new or opening.is_foreign or opening.note or opening.owner or opening.resource in told:
                continue
            told.add(opening.resource)
            is_unknown = _is_note_unknown(opening, resources)
            entry = f"The entry {opening.source.spelling} on the list of {change.database.name}"
            yield Finding(
                UNEXPLAINED_ENTRY,
                opening.resource,
                f"{entry} gets its description after apply." if is_unknown else f"{entry} says nothing about itself.",
                Answer.CANNOT_TELL if is_unknown else Answer.FINDING,
                database=change.database.name,
            )


def _has_room(change: DatabaseChange) -> bool:
    vendor = vendor_of(change)
    if vendor is None:
        return False
    return vendor.note is not None or vendor.owner_mark is not OwnerMark.NOWHERE


def _is_note_unknown(opening: Opening, resources: dict[str, PlannedResource]) -> bool:
    resource = resources.get(opening.resource)
    if resource is None or resource.after is None:
        return False
    return any(resource.after.get(name) is Missing.UNKNOWN for name in _NOTES)
