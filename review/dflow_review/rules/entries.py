"""What several rules ask of an allowlist's entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.plan import Action, Mode
from dflow_review.ranges import AddressSet
from dflow_review.reaching.rows import row_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.reach import DatabaseChange, Opening
    from dflow_vendors import Vendor

_GOOD_PART_OF_THE_INTERNET: Final = {4: 2 ** (32 - 7), 6: 2 ** (128 - 15)}
"""So many addresses in a row: what the dflow provider refuses without a reason, too."""
_REPLACED: Final = frozenset({Action.REPLACE_CREATE_FIRST, Action.REPLACE_DELETE_FIRST})
_NO_ENTRY: Final = ("everybody: ", "nobody or everybody: ")
"""How an opening is spelled that stands for what it means that a list is empty or not in force."""


def lets_in_the_world(addresses: AddressSet | None) -> bool:
    """Say whether everybody, or a good part of the internet, is among the addresses."""
    if addresses is None:
        return False
    return any(last - first + 1 >= _GOOD_PART_OF_THE_INTERNET[version] for version, first, last in addresses.spans)


def widens(opening: Opening, change: DatabaseChange) -> bool:
    """Say whether an opening lets in an address that did not get in before."""
    return opening.source.addresses is not None and bool(opening.source.addresses & change.added)


def added(change: DatabaseChange) -> Iterator[Opening]:
    """Yield the openings that were not there before, whichever resource wrote them then."""
    if change.before == change.after:
        return
    before = {_identity(opening) for opening in change.before}
    for opening in change.after:
        if is_entry(opening) and _identity(opening) not in before:
            yield opening


def unknown_sources(change: DatabaseChange) -> Iterator[Opening]:
    """Yield what is added and whose addresses nobody knows before apply."""
    for opening in added(change):
        if opening.source.addresses is None:
            yield opening


def is_entry(opening: Opening) -> bool:
    """Say whether an opening stands on a list, rather than for what it means that nothing does."""
    return not opening.source.spelling.startswith(_NO_ENTRY)


def is_emptied(change: DatabaseChange) -> bool:
    """Say whether something was on the list, nothing is on it afterwards, and it is still there."""
    return (
        bool(change.after)
        and any(is_entry(opening) for opening in change.before)
        and not any(is_entry(opening) for opening in change.after)
    )


def vendor_of(change: DatabaseChange) -> Vendor | None:
    """Return the row of the database's vendor; nothing for one that is not in the table."""
    return row_named(change.database.vendor)


def writers(change: DatabaseChange) -> tuple[str, ...]:
    """Return the addresses of the resources that write a list, before or after, sorted; foreign entries do not."""
    return tuple(sorted({opening.resource for opening in (*change.before, *change.after) if opening.resource}))


def place_of(change: DatabaseChange) -> str:
    """Return the address a finding about a whole list is given: the first writer's, else the list's own identity."""
    return next(iter(writers(change)), change.database.id)


def managed(subject: Subject) -> Iterator[PlannedResource]:
    """Yield every resource that Terraform keeps; what happened outside, and what it only reads, left out."""
    for plan in subject.plans:
        for resource in plan.resources:
            if resource.mode is Mode.MANAGED and not resource.is_drift:
                yield resource


def is_destroyed(resource: PlannedResource) -> bool:
    """Say whether it goes and nothing takes its place."""
    return resource.action is Action.DELETE


def is_replaced(resource: PlannedResource) -> bool:
    """Say whether another object takes its place."""
    return resource.action in _REPLACED


def is_address(spelling: str) -> bool:
    """Say whether a spelling is an address, a CIDR, or a first and a last address."""
    try:
        AddressSet.of((spelling,))
    except ValueError:
        return False
    return True


def _identity(opening: Opening) -> tuple[object, ...]:
    source = opening.source
    known = source.spelling if source.addresses is None else source.addresses.spans
    return known, opening.port, source.node if source.addresses is None else ""
