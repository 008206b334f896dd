"""Entries of which nobody will know later whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.reaching import aws_groups
from dflow_review.reaching.inline_table import BY_TYPE
from dflow_review.reaching.rows import official_types
from dflow_review.rules.entries import is_entry, managed
from dflow_review.values import Missing
from dflow_vendors.official import Block, BlockForEach, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_vendors.official import Argument, Filling

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
        there = {(opening.resource, opening.source.spelling) for opening in change.before}
        for opening in change.after:
            is_new = (opening.resource, opening.source.spelling) not in there
            if not is_new or not is_entry(opening) or opening.is_foreign or opening.note or opening.owner:
                continue
            resource = resources.get(opening.resource)
            if resource is None or opening.resource in told or not _has_room(resource.type):
                continue
            told.add(opening.resource)
            is_unknown = _is_note_unknown(resource)
            entry = f"The entry {opening.source.spelling} on the list of {change.database.name}"
            yield Finding(
                UNEXPLAINED_ENTRY,
                opening.resource,
                f"{entry} gets its description after apply." if is_unknown else f"{entry} says nothing about itself.",
                Answer.CANNOT_TELL if is_unknown else Answer.FINDING,
                database=change.database.name,
            )


def _has_room(resource_type: str) -> bool:
    if resource_type in BY_TYPE:
        return bool(BY_TYPE[resource_type].note)
    if resource_type in official_types():
        _, official = official_types()[resource_type]
        return any(isinstance(each, Text | Name) for each in _fillings(official.arguments))
    return resource_type in aws_groups.TYPES


def _fillings(arguments: tuple[Argument, ...]) -> Iterator[Filling]:
    for argument in arguments:
        yield argument.filling
        if isinstance(argument.filling, Block | BlockForEach):
            yield from _fillings(argument.filling.arguments)


def _is_note_unknown(resource: PlannedResource) -> bool:
    return resource.after is not None and any(resource.after.get(name) is Missing.UNKNOWN for name in _NOTES)
