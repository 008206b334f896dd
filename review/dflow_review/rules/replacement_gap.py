"""Entries that are gone for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.reaching.entries import UnreadableError
from dflow_review.reaching.owned_lists import left_behind
from dflow_review.reaching.rows import vendor_of
from dflow_review.rules.entries import is_entry, managed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.ranges import AddressSet
    from dflow_review.reach import DatabaseChange, Opening

REPLACEMENT_GAP: Final = Rule(
    id="DFLOW006",
    title="Entries are replaced without a gap",
    why=(
        "Terraform removes the entry first and adds it again afterwards. In between, the service gets no new "
        "connection, and if the second step fails, it stays locked out."
    ),
    severity=Severity.MEDIUM,
    remedy=(
        "Write `lifecycle { create_before_destroy = true }` if the vendor lets one address stand twice, or keep the "
        "argument whose change replaces the entry as it is, with `ignore_changes`."
    ),
)


def entries_have_no_gap(subject: Subject) -> Iterator[Finding]:
    """Find entries that are destroyed before what takes their place is there, and no other one covers them."""
    replaced = {each.address: each for each in managed(subject) if each.action is Action.REPLACE_DELETE_FIRST}
    if not replaced:
        return
    for change in subject.reach.changes:
        for address in sorted({each.resource for each in change.before if each.resource in replaced}):
            kept = _kept(replaced[address])
            covered = [
                (_covered(each, change, address), each)
                for each in change.before
                if each.resource == address and is_entry(each) and each.source.addresses not in kept
            ]
            gone = [opening for is_covered, opening in covered if is_covered is False]
            if gone or any(is_covered is None for is_covered, _ in covered):
                name = change.database.name
                yield Finding(
                    REPLACEMENT_GAP,
                    address,
                    f"It is destroyed and created again: {_who(gone)} cannot reach {name} in between."
                    if gone
                    else f"It is destroyed and created again; whether {name} is reached in between is known after "
                    "apply.",
                    Answer.FINDING if gone else Answer.CANNOT_TELL,
                    database=name,
                )


def _kept(resource: PlannedResource) -> frozenset[AddressSet | None]:
    """Return what stays on the list while an allowlist of the dflow provider is gone: what others let in as well."""
    if vendor_of(resource.type) is None or resource.before is None:
        return frozenset()
    try:
        left = {entry.source.addresses for entry in left_behind(resource, resource.before)}
    except UnreadableError:
        return frozenset()  # it is named as unread, and has no entry that could be gone
    return frozenset(left - {None})


def _covered(opening: Opening, change: DatabaseChange, address: str) -> bool | None:
    """Say whether another entry lets the same addresses in before, after, and so in between; nothing if unknown.

    An address that is to leave anyhow counts as covered.
    """
    if opening.is_foreign:
        return True  # which the replaced resource lists and does not write
    if opening.source.addresses is None:
        return None
    wanted = opening.source.addresses - change.removed
    after = {each.resource: each for each in change.after if each.source.addresses is not None}
    for other in change.before:
        if other.resource != address and other.resource in after and other.source.addresses is not None:
            wanted -= other.source.addresses
    if not wanted:
        return True
    is_known = all(each.source.addresses is not None for each in change.before)
    return False if is_known else None


def _who(gone: Sequence[Opening]) -> str:
    names = {each.source.node or each.source.spelling for each in gone}
    return ", ".join(sorted(name for name in names if name)) or "what it lets in"
