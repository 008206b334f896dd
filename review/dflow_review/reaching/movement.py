"""What becomes of the address space that reaches a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import DatabaseChange, Movement

if TYPE_CHECKING:
    from dflow_review.reach import Database, Opening


def change_of(
    database: Database, port: int | None, before: tuple[Opening, ...], after: tuple[Opening, ...]
) -> DatabaseChange:
    """Compare who gets in before and after.

    Who gets in by name and not by address, as members of a security group do, is compared by name.
    """
    if before == after:
        return DatabaseChange(database, port, before, after, Movement.SAME, NOBODY, NOBODY)
    now, then = _addresses(before), _addresses(after)
    added, removed = then - now, now - then
    known = {_key(each) for each in before if each.source.addresses is None}
    unknown = tuple(each for each in after if each.source.addresses is None and _key(each) not in known)
    widens = bool(added) or bool(_named(after) - _named(before))
    narrows = bool(removed) or bool(_named(before) - _named(after))
    movement = _movement(before, after, widens=widens, narrows=narrows, unknown=bool(unknown))
    return DatabaseChange(database, port, before, after, movement, added, removed, unknown)


def _movement(
    before: tuple[Opening, ...], after: tuple[Opening, ...], *, widens: bool, narrows: bool, unknown: bool
) -> Movement:
    if widens:
        return Movement.BOTH if narrows else Movement.WIDENED
    if unknown:
        return Movement.UNKNOWN
    if narrows:
        return Movement.NARROWED
    return Movement.SAME if _places(before) == _places(after) else Movement.MOVED


def _addresses(openings: tuple[Opening, ...]) -> AddressSet:
    return AddressSet.union(each.source.addresses for each in openings if each.source.addresses is not None)


def _named(openings: tuple[Opening, ...]) -> set[str]:
    return {each.source.spelling for each in openings if each.source.addresses == NOBODY}


def _key(opening: Opening) -> tuple[str, str, str]:
    return opening.resource, opening.source.node, opening.source.spelling


def _places(openings: tuple[Opening, ...]) -> set[tuple[str, AddressSet | None]]:
    return {(each.resource, each.source.addresses) for each in openings}
