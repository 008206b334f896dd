"""Lists that let everybody in as soon as nothing is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import (
    is_address,
    is_destroyed,
    lets_in_the_world,
    managed,
    place_of,
    vendor_of,
    writers,
)
from dflow_vendors import EmptyMeans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange, Opening

EMPTIED_LIST: Final = Rule(
    id="DFLOW003",
    title="Lists that are open when empty keep an entry",
    why="Some vendors take an empty list for no list at all: removing the last entry opens the database to everybody.",
    severity=Severity.CRITICAL,
    remedy="Keep at least one entry on the list; to close the database, leave one for an address of your own.",
)
OPENING_DESTROY: Final = Rule(
    id="DFLOW004",
    title="Destroying an allowlist leaves its database closed",
    why=(
        "Destroying a resource looks like taking something away. Where the vendor takes an empty list for no list, it "
        "opens the database to everybody."
    ),
    severity=Severity.CRITICAL,
    remedy=(
        "Destroy the database first or with it, or let somebody else's entry stay on the list: keep an owner's "
        "allowlist resource until the database is gone."
    ),
)


def lists_keep_an_entry(subject: Subject) -> Iterator[Finding]:
    """Find lists whose last entry goes while the resource that writes them stays."""
    return _opened(subject, EMPTIED_LIST)


def destroying_leaves_databases_closed(subject: Subject) -> Iterator[Finding]:
    """Find lists whose last entry goes with the resources that wrote them."""
    return _opened(subject, OPENING_DESTROY)


def _opened(subject: Subject, rule: Rule) -> Iterator[Finding]:
    destroyed = {resource.address for resource in managed(subject) if is_destroyed(resource)}
    for change in subject.reach.changes:
        going = writers(change)
        by_destroy = bool(going) and destroyed.issuperset(going)
        if (rule is OPENING_DESTROY) != by_destroy or not _is_emptied(change):
            continue
        answer = _answer(change)
        if answer is None:
            continue
        how = "the plan destroys what is on its list" if by_destroy else "the plan takes the last entry off its list"
        yield Finding(
            rule,
            place_of(change),
            f"{change.database.name} is open to everybody afterwards: {how}, and an empty list lets everybody in."
            if answer is Answer.FINDING
            else f"Whether {change.database.name} stays closed is not known: {how} as far as the plan tells, and what "
            "an empty list means there, or what else is on it, is not said.",
            answer,
            database=change.database.name,
        )


def _is_emptied(change: DatabaseChange) -> bool:
    """Say whether something was on the list and nothing is on it afterwards."""
    return bool(change.before) and not any(_is_entry(opening) for opening in change.after)


def _is_entry(opening: Opening) -> bool:
    """Say whether an opening stands on a list, rather than for what an empty list means."""
    if opening.source.addresses is None:
        return True
    return is_address(opening.source.spelling) or not lets_in_the_world(opening.source.addresses)


def _answer(change: DatabaseChange) -> Answer | None:
    if any(lets_in_the_world(opening.source.addresses) for opening in change.before):
        return None  # it was open before, which another rule says
    if lets_in_the_world(change.added):
        return Answer.FINDING
    vendor = vendor_of(change)
    if vendor is None or vendor.empty_means is EmptyMeans.CLOSED:
        return None
    return Answer.CANNOT_TELL
