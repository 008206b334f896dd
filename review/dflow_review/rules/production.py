"""Which Environments get in where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.entries import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange, Opening, Tenant

PRODUCTION: Final = Rule(
    id="DFLOW040",
    title="Production databases admit production alone",
    why=(
        "What runs in a test Environment is tried out there: its code, its people and its secrets are not held to what "
        "production is, and an entry lets it at production's data. A database is production's by its name, by what an "
        "entry of its list says, or because a production Environment reaches it."
    ),
    severity=Severity.HIGH,
    remedy="Give the other Environment a database of its own, or a Worker Node that production does not share.",
)
SHARED_EGRESS: Final = Rule(
    id="DFLOW041",
    title="An entry admits one Environment",
    why=(
        "An address belongs to a Worker Node, and all Environments on the node leave from it: whoever lets in one "
        "lets in the others, also one that joins the node when its entry has long been there."
    ),
    severity=Severity.LOW,
    remedy="Put the Environments on Worker Nodes of their own, or acknowledge that they may all reach the database.",
)

_UNSAID: Final = "is not in the plan"
_WORD: Final = re.compile(r"[a-z]+")
_ALMOST_PRODUCTION: Final = re.compile(r"(?:non|pre)[-_ ]?prod(?:uction)?")
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
    """Find new entries that let an Environment for tests in to a production database, and such that join behind one."""
    for change in subject.reach.changes:
        why = _why_production(change)
        if not why:
            continue
        name = change.database.name
        for opening in added(change):
            intruders = sorted(each for each in opening.source.environments if _is_for_tests(each))
            if intruders:
                message = f"{_from(opening)} lets {' and '.join(intruders)} in to {name}, {why}."
                yield Finding(PRODUCTION, opening.resource, message, database=name)
            elif _is_untold(opening):
                leaving = f"Which Environments leave from {opening.source.node}, which is let in to {name}, {why}"
                message = f"{leaving}, {_UNSAID}."
                yield Finding(PRODUCTION, opening.resource, message, Answer.CANNOT_TELL, database=name)
        for joined in change.joined:
            tenant = joined.tenant
            if _is_for_tests(tenant.environment):
                message = f"{tenant.environment} joins {tenant.node}, which is let in to {name}, {why}."
                yield Finding(PRODUCTION, _place(tenant, joined.opening), message, database=name)
        for tenant in change.undecided:
            if _is_for_tests(tenant.environment):
                message = f"Whether {tenant.environment} leaves from a node that is let in to {name}, {why}, {_UNSAID}."
                yield Finding(PRODUCTION, tenant.resource, message, Answer.CANNOT_TELL, database=name)


def entries_admit_one_environment(subject: Subject) -> Iterator[Finding]:
    """Find new entries through which several Environments get in, and Environments that join others behind one."""
    for change in subject.reach.changes:
        name = change.database.name
        untold: dict[str, set[str]] = {}
        for opening in added(change):
            if _is_shared(opening):
                yield Finding(SHARED_EGRESS, opening.resource, _alike(opening, _from(opening), name), database=name)
            elif _is_untold(opening):
                untold.setdefault(opening.resource, set()).add(_from(opening))
        for address, sources in untold.items():
            message = f"Which Environments leave from {_several(sources)} and so reach {name} {_UNSAID}."
            yield Finding(SHARED_EGRESS, address, message, Answer.CANNOT_TELL, database=name)
        for joined in change.joined:
            if _is_shared(joined.opening):
                message = _alike(joined.opening, joined.tenant.node, name)
                yield Finding(SHARED_EGRESS, _place(joined.tenant, joined.opening), message, database=name)
        for tenant in change.undecided:
            message = f"Whether {tenant.environment} leaves from a node that is let in to {name} {_UNSAID}."
            yield Finding(SHARED_EGRESS, tenant.resource, message, Answer.CANNOT_TELL, database=name)


def _why_production(change: DatabaseChange) -> str:
    """Return as what a database is production's; empty if it is not, as far as the plan tells."""
    called = _words(change.database.environment) | _words(change.database.name)
    if called & _OTHERS:
        return ""
    if called & _PRODUCTION:
        return "a production database by its name"
    openings = (*change.before, *change.after)
    if any(_is_productions(text) for opening in openings for text in (opening.owner, opening.note)):
        return "a production database by what an entry of its list says"
    reaching = {name for opening in openings for name in opening.source.environments if _is_productions(name)}
    return f"which {min(reaching)} reaches" if reaching else ""


def _is_productions(name: str) -> bool:
    words = _words(name)
    return bool(words & _PRODUCTION) and not words & _OTHERS


def _is_for_tests(environment: str) -> bool:
    words = _words(environment)
    return bool(words & _OTHERS) and not words & _PRODUCTION


def _is_shared(opening: Opening) -> bool:
    return len({tenant.id for tenant in opening.source.tenants}) > 1


def _is_untold(opening: Opening) -> bool:
    return bool(opening.source.node) and not opening.source.environments and not opening.is_foreign


def _alike(opening: Opening, source: str, database: str) -> str:
    names = " and ".join(sorted(opening.source.environments))
    return f"{source} lets in {names} alike; each of them reaches {database}."


def _place(tenant: Tenant, opening: Opening) -> str:
    """Return what an Environment that joins is found at: what is accepted for one on a list is not for the next."""
    return tenant.resource or opening.resource


def _words(name: str) -> set[str]:
    return set(_WORD.findall(_ALMOST_PRODUCTION.sub("staging", name.lower())))


def _several(names: set[str]) -> str:
    first, *others = sorted(names)
    return f"{first} and {len(others)} more" if len(others) > 2 else " and ".join((first, *others))


def _from(opening: Opening) -> str:
    return opening.source.node or opening.source.spelling
