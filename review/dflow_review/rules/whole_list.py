"""Lists that one resource writes whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.ranges import NOBODY
from dflow_review.reaching.inline_table import BY_TYPE, Kind
from dflow_review.rules.entries import is_destroyed, is_entry, managed
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.reach import Opening

WHOLE_LIST: Final = Rule(
    id="DFLOW007",
    title="A list that is written whole has one writer",
    why=(
        "A resource that holds the whole list erases what others add, and they add it again: two writers undo each "
        "other's entries with every apply, and the first apply erases what is on the list already."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Write the list in one place only. To add entries to a list of somebody else's, use "
        "`dflow_<vendor>_allowlist`, which leaves the others alone, and let the other writer ignore changes of "
        "its list."
    ),
)

_INLINE_RULES: Final = {"aws_security_group": "ingress", "aws_default_security_group": "ingress"}
"""Security groups → the attribute with their rules, which other resources can add to."""


def one_writer_keeps_a_list(subject: Subject) -> Iterator[Finding]:
    """Find whole lists with a second writer, and whole lists that begin on a database that may have entries."""
    resources = {each.address: each for each in managed(subject) if not is_destroyed(each)}
    clashing: set[str] = set()
    for change in subject.reach.changes:
        written: dict[str, list[Opening]] = {}
        for opening in change.after:
            if opening.resource in resources and not opening.is_foreign and is_entry(opening):
                written.setdefault(opening.resource, []).append(opening)
        for address in sorted(written) if len(written) > 1 else ():
            if not _writes_whole(resources[address]):
                continue
            for answer, others in _erased(address, written).items():
                clashing.add(address)
                erased = "erases" if answer is Answer.FINDING else "may erase, as far as is known before apply,"
                yield Finding(
                    WHOLE_LIST,
                    address,
                    f"It writes the whole list of {change.database.name}, and {', '.join(others)} writes entries of it "
                    f"too: each apply of one {erased} what the other added.",
                    answer,
                    database=change.database.name,
                )
    yield from _beginning(resources, clashing)


def _writes_whole(resource: PlannedResource) -> bool:
    if resource.type in BY_TYPE:
        return True
    if resource.type not in _INLINE_RULES or resource.after is None:
        return False
    length = resource.after.length(_INLINE_RULES[resource.type])
    return not isinstance(length, Missing) and length > 0


def _erased(address: str, written: dict[str, list[Opening]]) -> dict[Answer, list[str]]:
    """Name the other writers whose entries are not among those of the whole list."""
    found: dict[Answer, list[str]] = {}
    addresses = [opening.source.addresses for opening in written[address]]
    whole = NOBODY
    for each in addresses:
        whole = whole | (each or NOBODY)
    for other, openings in sorted(written.items()):
        missing = [
            opening
            for opening in openings
            if other != address and (opening.source.addresses is None or opening.source.addresses - whole)
        ]
        if missing:
            is_known = None not in addresses and all(each.source.addresses is not None for each in missing)
            found.setdefault(Answer.FINDING if is_known else Answer.CANNOT_TELL, []).append(other)
    return found


def _beginning(resources: dict[str, PlannedResource], clashing: set[str]) -> Iterator[Finding]:
    for address, resource in sorted(resources.items()):
        whole = BY_TYPE.get(resource.type)
        if whole is None or whole.kind is not Kind.LIST or resource.action is not Action.CREATE:
            continue
        if resource.after is None or address in clashing or resource.import_id:
            continue
        # An id that is known before apply is one of a database that exists.
        known = resource.after.text(whole.identity[-1])
        if isinstance(known, str):
            yield Finding(
                WHOLE_LIST,
                address,
                f"It writes the whole list of {known}, which exists: what is on the list already is erased, and is not "
                "in the plan.",
                Answer.CANNOT_TELL,
            )
