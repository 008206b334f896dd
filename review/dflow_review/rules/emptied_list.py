"""Lists that let everybody in as soon as nothing is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import is_destroyed, is_emptied, lets_in_the_world, managed, place_of, writers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject

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
        by_destroy = destroyed.issuperset(writers(change))
        if not is_emptied(change) or (rule is OPENING_DESTROY) != by_destroy:
            continue
        name = change.database.name
        what = "destroys what is on its list" if by_destroy else "takes the last entry off its list"
        # Nothing else is there than what the empty list means.
        if all(opening.source.addresses is None for opening in change.after):
            answer = Answer.CANNOT_TELL
            message = f"The plan {what}, and nobody says who reaches {name} when nothing is on it."
        elif lets_in_the_world(change.added):
            answer = Answer.FINDING
            message = f"{name} is open to everybody afterwards: the plan {what}, and an empty list lets everybody in."
        else:
            continue  # it was open before, which another rule finds
        yield Finding(rule, place_of(change), message, answer, database=name)
