"""What becomes of the address space that reaches a database, and of the Environments behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import DatabaseChange, Movement
from dflow_review.reaching.entries import HIDDEN, LATER
from dflow_review.reaching.joining import joining

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dflow_review.reach import Database, Opening
    from dflow_review.reaching.tenants import Unsettled


def change_of(
    database: Database,
    port: int | None,
    before: tuple[Opening, ...],
    after: tuple[Opening, ...],
    unsettled: Sequence[Unsettled] = (),
    changing: Collection[str] = (),
) -> DatabaseChange:
    """Compare who gets in before and after.

    Who gets in by name and not by address, as members of a security group do, is compared by name. An Environment that
    comes to a node which is let in widens, and one that leaves it narrows, although no address comes or goes.

    Args:
        database: which.
        port: which; nothing for all.
        before: the openings now.
        after: the openings afterwards.
        unsettled: the Environments of which it cannot be told where they come to stand.
        changing: the addresses of resources that hold something new which nobody can see.
    """
    if before == after and not unsettled and not changing:
        return DatabaseChange(database, port, before, after, Movement.SAME, NOBODY, NOBODY)
    now, then = _addresses(before), _addresses(after)
    added, removed = then - now, now - then
    known = {_key(each) for each in before if each.source.addresses is None}
    unknown = tuple(
        each
        for each in after
        if (each.source.addresses is None and _key(each) not in known)
        or (each.resource in changing and is_unseen(each))
    )
    behind = joining(before, after, unsettled)
    movement = _movement(
        before,
        after,
        widens=bool(added or behind.joined or _named(after) - _named(before)),
        narrows=bool(removed or behind.left or _named(before) - _named(after)),
        unknown=bool(unknown or behind.undecided),
    )
    return DatabaseChange(
        database,
        port,
        before,
        after,
        movement,
        added,
        removed,
        unknown,
        behind.joined,
        behind.left,
        behind.undecided,
    )


def is_unseen(opening: Opening) -> bool:
    """Say whether nobody can see whom an entry lets in: the same words may stand for somebody else afterwards."""
    return not opening.source.addresses and (LATER in opening.source.spelling or HIDDEN in opening.source.spelling)


def _movement(
    before: tuple[Opening, ...], after: tuple[Opening, ...], *, widens: bool, narrows: bool, unknown: bool
) -> Movement:
    if widens:
        return Movement.BOTH if narrows else Movement.WIDENED
    if unknown:
        return Movement.UNKNOWN
    if narrows or _unknown(before) - _unknown(after):
        return Movement.NARROWED
    return Movement.SAME if _places(before) == _places(after) else Movement.MOVED


def _addresses(openings: tuple[Opening, ...]) -> AddressSet:
    return AddressSet.union(each.source.addresses for each in openings if each.source.addresses is not None)


def _named(openings: tuple[Opening, ...]) -> set[str]:
    return {each.source.spelling for each in openings if each.source.addresses == NOBODY}


def _unknown(openings: tuple[Opening, ...]) -> set[str]:
    return {each.source.spelling for each in openings if each.source.addresses is None}


def _key(opening: Opening) -> tuple[str, str, str]:
    return opening.resource, opening.source.node, opening.source.spelling


def _places(openings: tuple[Opening, ...]) -> set[tuple[str, AddressSet | None]]:
    return {(each.resource, each.source.addresses) for each in openings}
