"""Who lets in everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import is_emptied, is_entry, lets_in_the_world, managed, widens
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange, Opening

OPEN_TO_WORLD: Final = Rule(
    id="DFLOW001",
    title="Databases are closed to the world",
    why=(
        "One entry for everybody makes all others pointless: then the password alone stands between the internet and "
        "the data, and everybody may try it."
    ),
    severity=Severity.CRITICAL,
    remedy=(
        "List the addresses your services leave from: connect the service with `connect_to`, or use "
        "`data.dflow_worker_node.….outbound_cidr`."
    ),
)


def databases_are_closed(subject: Subject) -> Iterator[Finding]:
    """Find entries for everybody or a good part of the internet; those that were there before matter less."""
    named: set[str] = set()
    for change in subject.reach.changes:
        name = change.database.name
        for opening in change.after:
            if not is_entry(opening) and is_emptied(change):
                named.add(opening.resource)  # which the rules about empty lists find
            elif lets_in_the_world(opening.source.addresses):
                named.add(opening.resource)
                is_new = widens(opening, change)
                yield Finding(
                    OPEN_TO_WORLD,
                    opening.resource,
                    f"Everybody, or a good part of the internet, {'' if is_new else 'already '}reaches {name}"
                    f"{_on(change)}: {_spelled(opening)}.",
                    severity=None if is_new else Severity.MEDIUM,
                    database=name,
                )
            elif opening.source.addresses is None and not _was_there(opening, change):
                yield Finding(
                    OPEN_TO_WORLD,
                    opening.resource,
                    f"The plan cannot tell yet who reaches {name}{_on(change)}: {opening.source.spelling}.",
                    Answer.CANNOT_TELL,
                    database=name,
                )
    yield from _reported(subject, named)


def _spelled(opening: Opening) -> str:
    """Name the entry, or that there is none: what is spelled as `everybody: …` says why."""
    spelling = opening.source.spelling
    return f"{spelling} is on its list" if is_entry(opening) else spelling.partition(": ")[2]


def _was_there(opening: Opening, change: DatabaseChange) -> bool:
    return any(
        each.source.addresses is None and each.source.spelling == opening.source.spelling for each in change.before
    )


def _reported(subject: Subject, named: set[str]) -> Iterator[Finding]:
    """Find lists of which the provider itself says that they are open, by an entry that is not in the plan."""
    for resource in managed(subject):
        if not resource.type.endswith("_allowlist") or resource.address in named or resource.after is None:
            continue
        open_now = resource.after.get("open_to_world")
        if open_now is Missing.UNKNOWN and resource.before is not None:
            open_now = resource.before.get("open_to_world")
        if open_now is True:
            yield Finding(
                OPEN_TO_WORLD,
                resource.address,
                "Everybody, or a good part of the internet, already gets in by an entry of somebody else's, or because "
                "the list is not in force.",
                severity=Severity.MEDIUM,
            )


def _on(change: DatabaseChange) -> str:
    return "" if change.port is None else f" on port {change.port}"
