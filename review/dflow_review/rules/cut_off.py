"""Access that others lose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.ranges import AddressSet
from dflow_review.reaching.inline_table import BY_TYPE, Kind
from dflow_review.reaching.rows import official_types, row_named
from dflow_review.rules.entries import is_entry, lets_in_the_world, managed, place_of, vendor_of, writers
from dflow_review.values import Missing
from dflow_vendors import DestroyMeans, EmptyMeans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
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
        "Ask whose they are. To keep them, own single entries (`dflow_<vendor>_allowlist`, or the vendor's resource "
        "for one entry) in place of the whole list, or write them into it."
    ),
)
_SHOWN: Final = 3


def others_keep_their_access(subject: Subject) -> Iterator[Finding]:
    """Find foreign entries whose addresses no longer get in, and lists that lock everybody else out."""
    resources = {resource.address: resource for resource in managed(subject)}
    created = {address for address, resource in resources.items() if resource.action is Action.CREATE}
    for change in subject.reach.changes:
        name = change.database.name
        yield from _overwritten(change, resources)
        for opening in change.before:
            if not opening.is_foreign or not is_entry(opening) or _stays(opening, change):
                continue
            yield Finding(
                CUT_OFF,
                opening.resource or place_of(change),
                f"{opening.source.spelling}{_note(opening)} on the list of {name} belongs to nobody in this plan, and "
                f"{_gone(opening, change)}.",
                Answer.CANNOT_TELL if opening.source.addresses is None else Answer.FINDING,
                database=name,
            )
        if lets_in_the_world(change.removed) and not any(is_entry(opening) for opening in change.before):
            # Nobody has read a list whose first resource this plan makes.
            is_read = created.isdisjoint(writers(change))
            yield Finding(
                CUT_OFF,
                place_of(change),
                f"Everybody reaches {name} now, because nothing is on its list or it is not in force"
                f"{'' if is_read else ', as far as the plan tells'}. From this plan on, only the entries do.",
                Answer.FINDING if is_read else Answer.CANNOT_TELL,
                database=name,
            )
    yield from _first_entries(subject)


def _overwritten(change: DatabaseChange, resources: dict[str, PlannedResource]) -> Iterator[Finding]:
    """Find what others see on a list and a resource that writes it whole does not know, when it writes it."""
    foreign = [each for each in change.before if each.is_foreign and is_entry(each) and _stays(each, change)]
    writing = [resources[each] for each in writers(change) if each in resources and _writes(resources[each], change)]
    if not foreign or not writing:
        return
    writer = writing[0]
    written = [
        each.source.addresses for each in change.after if each.resource == writer.address and not each.is_foreign
    ]
    kept = AddressSet.union(each for each in written if each is not None)
    is_known = None not in written
    for opening in foreign:
        if opening.source.addresses is not None and not opening.source.addresses - kept:
            continue
        how = (
            f"destroying {writer.address} empties the list"
            if writer.action is Action.DELETE
            else f"{writer.address}, which writes the whole list, leaves it out"
        )
        yield Finding(
            CUT_OFF,
            writer.address,
            f"{opening.source.spelling}{_note(opening)} on the list of {change.database.name} belongs to nobody in "
            f"this plan, and {how}{'' if is_known else ', as far as is known before apply'}.",
            Answer.FINDING if is_known else Answer.CANNOT_TELL,
            database=change.database.name,
        )


def _writes(resource: PlannedResource, change: DatabaseChange) -> bool:
    """Say whether the plan has a resource write a whole list: entry by entry, others are left alone."""
    whole = BY_TYPE.get(resource.type)
    if whole is None or resource.action in (Action.NO_OP, Action.READ, Action.FORGET):
        return False
    if resource.action is Action.DELETE:
        row = row_named(whole.vendor)
        return row is not None and row.destroy_means is not DestroyMeans.NOTHING and whole.kind is Kind.LIST
    if resource.action is not Action.UPDATE:
        return True
    sides = [
        {each.source for each in side if each.resource == resource.address and not each.is_foreign}
        for side in (change.before, change.after)
    ]
    return sides[0] != sides[1]


def _first_entries(subject: Subject) -> Iterator[Finding]:
    """Find new lists of databases that exist, where an empty list lets everybody in: nobody knows who uses it."""
    resources = {resource.address: resource for resource in managed(subject)}
    for change in subject.reach.changes:
        vendor = vendor_of(change)
        if vendor is None or vendor.empty_means is EmptyMeans.CLOSED or change.before:
            continue
        added = [resources[each] for each in writers(change) if each in resources]
        new = next((each for each in added if _may_be_first(each, change)), None)
        if new is not None:
            yield Finding(
                CUT_OFF,
                new.address,
                f"What is on the list of {change.database.name} already is not in the plan. If nothing is, everybody "
                "gets in now, and the first entry locks all others out.",
                Answer.CANNOT_TELL,
                database=change.database.name,
            )


def _may_be_first(resource: PlannedResource, change: DatabaseChange) -> bool:
    if resource.action is not Action.CREATE or resource.import_id or resource.after is None:
        return False
    if "@" in change.database.id:
        return False  # its id is known after apply, so the database is as new as the list
    if resource.type in official_types():
        return True
    # The dflow provider refuses a first entry unless it is told to add it.
    return resource.type.endswith("_allowlist") and resource.after.get("allow_first") in (True, Missing.UNKNOWN)


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
