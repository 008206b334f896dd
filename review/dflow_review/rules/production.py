"""Which Environments get in where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange

PRODUCTION: Final = Rule(
    id="DFLOW040",
    title="Production databases admit production alone",
    why=(
        "What runs in a test Environment is tried out there: its code, its people and its secrets are not held to what "
        "production is, and an entry lets it at production's data."
    ),
    severity=Severity.HIGH,
    remedy="Give the other Environment a database of its own, or a Worker Node that production does not share.",
)
SHARED_EGRESS: Final = Rule(
    id="DFLOW041",
    title="An entry admits one Environment",
    why=(
        "An address belongs to a Worker Node, and all Environments on the node leave from it: whoever lets in one "
        "lets in the others."
    ),
    severity=Severity.LOW,
    remedy="Put the Environments on Worker Nodes of their own, or acknowledge that they may all reach the database.",
)

_WORD: Final = re.compile(r"[a-z]+")
_PRODUCTION: Final = frozenset({"prod", "production", "prd"})
_OTHERS: Final = frozenset(
    {
        "dev",
        "develop",
        "development",
        "integration",
        "preview",
        "qa",
        "sandbox",
        "stage",
        "staging",
        "stg",
        "test",
        "testing",
        "uat",
    }
)


def production_admits_production(subject: Subject) -> Iterator[Finding]:
    """Find added entries that let an Environment for tests in to a production database, going by their names."""
    for change in subject.reach.changes:
        if not _is_production(change):
            continue
        name = change.database.name
        for opening in added(change):
            intruders = sorted(each for each in opening.source.environments if _is_for_tests(each))
            if intruders:
                yield Finding(
                    PRODUCTION,
                    opening.resource,
                    f"{_from(opening.source.node, opening.source.spelling)} lets {' and '.join(intruders)} in to "
                    f"{name}, a production database by its name.",
                    database=name,
                )
            elif opening.source.node and not opening.source.environments and not opening.is_foreign:
                yield Finding(
                    PRODUCTION,
                    opening.resource,
                    f"Which Environments leave from {opening.source.node}, which is let in to the production database "
                    f"{name}, is not in the plan.",
                    Answer.CANNOT_TELL,
                    database=name,
                )


def entries_admit_one_environment(subject: Subject) -> Iterator[Finding]:
    """Find added entries through which several Environments get in."""
    for change in subject.reach.changes:
        name = change.database.name
        untold: dict[str, set[str]] = {}
        for opening in added(change):
            environments = sorted(opening.source.environments)
            source = _from(opening.source.node, opening.source.spelling)
            if len(environments) > 1:
                message = f"{source} lets in {' and '.join(environments)} alike; each of them reaches {name}."
                yield Finding(SHARED_EGRESS, opening.resource, message, database=name)
            elif opening.source.node and not environments and not opening.is_foreign:
                untold.setdefault(opening.resource, set()).add(source)
        for address, sources in untold.items():
            message = f"Which Environments leave from {_several(sources)} and so reach {name} is not in the plan."
            yield Finding(SHARED_EGRESS, address, message, Answer.CANNOT_TELL, database=name)


def _is_production(change: DatabaseChange) -> bool:
    words = _words(change.database.environment) or _words(change.database.name)
    return bool((words | _words(change.database.name)) & _PRODUCTION) and not words & _OTHERS


def _is_for_tests(environment: str) -> bool:
    words = _words(environment)
    return bool(words & _OTHERS) and not words & _PRODUCTION


def _words(name: str) -> set[str]:
    return set(_WORD.findall(name.lower()))


def _several(names: set[str]) -> str:
    first, *others = sorted(names)
    return f"{first} and {len(others)} more" if len(others) > 2 else " and ".join((first, *others))


def _from(node: str, spelling: str) -> str:
    return node or spelling
