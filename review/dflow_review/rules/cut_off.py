"""Access that others lose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import lets_in_the_world, place_of, vendor_of
from dflow_vendors import EmptyMeans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange, Opening

CUT_OFF: Final = Rule(
    id="DFLOW005",
    title="Entries of others keep their access",
    why=(
        "Somebody put these entries there by hand or from another stack. A list that is written whole takes them off "
        "without a word in the plan, and the first entry on a list that was open locks everybody else out."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Ask whose they are. To keep them, own single entries (dflow_<vendor>_allowlist, or the vendor's resource for "
        "one entry) in place of the whole list, or write them into it."
    ),
)
_SHOWN: Final = 3


def others_keep_their_access(subject: Subject) -> Iterator[Finding]:
    """Find foreign entries whose addresses no longer get in, and lists that lock everybody else out."""
    for change in subject.reach.changes:
        name = change.database.name
        for opening in change.before:
            if not opening.is_foreign or _stays(opening, change):
                continue
            yield Finding(
                CUT_OFF,
                opening.resource or place_of(change),
                f"{opening.source.spelling}{_note(opening)} on the list of {name} belongs to nobody in this plan, and "
                f"{_gone(opening, change)}.",
                Answer.CANNOT_TELL if opening.source.addresses is None else Answer.FINDING,
                database=name,
            )
        if lets_in_the_world(change.removed) and not change.before and change.after:
            yield Finding(
                CUT_OFF,
                place_of(change),
                f"Everybody reaches {name} as long as its list is empty. The first entry locks all others out.",
                database=name,
            )
        elif _may_lock_out(change):
            yield Finding(
                CUT_OFF,
                place_of(change),
                f"What is on the list of {name} already is not in the plan. If it is empty, everybody gets in now, and "
                "its first entry locks all others out.",
                Answer.CANNOT_TELL,
                database=name,
            )


def _stays(opening: Opening, change: DatabaseChange) -> bool:
    addresses = opening.source.addresses
    if addresses is None:
        return any(each.source.spelling == opening.source.spelling for each in change.after)
    if addresses & change.removed:
        return any(each.source.addresses is None and each.is_foreign for each in change.after)
    return True


def _gone(opening: Opening, change: DatabaseChange) -> str:
    lost = change.removed if opening.source.addresses is None else opening.source.addresses & change.removed
    cidrs = lost.cidrs() if opening.source.addresses is not None else ()
    if not cidrs or cidrs == (opening.source.spelling,):
        return "is no longer on it afterwards"
    more = f" and {len(cidrs) - _SHOWN} more" if len(cidrs) > _SHOWN else ""
    return f"{', '.join(cidrs[:_SHOWN])}{more} no longer gets in"


def _note(opening: Opening) -> str:
    return f" ({opening.note})" if opening.note else ""


def _may_lock_out(change: DatabaseChange) -> bool:
    vendor = vendor_of(change)
    unsaid = vendor is not None and vendor.empty_means is not EmptyMeans.CLOSED
    return unsaid and not change.before and bool(change.after) and not change.removed
