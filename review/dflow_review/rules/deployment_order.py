"""Deployments before the door is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.reading.references import without_keys
from dflow_review.rules.entries import added
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.reach import Opening

DEPLOYMENT_ORDER: Final = Rule(
    id="DFLOW100",
    title="Deployments wait for their entries",
    why=(
        "Terraform makes both at the same time unless one waits for the other: the service starts while the database "
        "still turns it away, and the deployment fails or comes up broken."
    ),
    severity=Severity.MEDIUM,
    remedy="Name the allowlist in the deployment's `depends_on`; `connect_to` and `Deployment` do so by themselves.",
)

_DEPLOYMENT: Final = "dflow_deployment"
_STARTS: Final = frozenset(
    {Action.CREATE, Action.REPLACE_CREATE_FIRST, Action.REPLACE_DELETE_FIRST, Action.REPLACE_AND_FORGET}
)


def deployments_wait_for_entries(subject: Subject) -> Iterator[Finding]:
    """Find deployments that run in this plan and do not wait for entries that their service needs."""
    for plan in subject.plans:
        starting = [each for each in plan.resources if each.type == _DEPLOYMENT and each.action in _STARTS]
        if not starting:
            continue
        blocks = _blocks(plan.resources)
        addresses = {resource.address for resource in plan.resources}
        doors = [
            (opening, change.database.name)
            for change in subject.reach.changes
            for opening in added(change)
            if opening.resource in addresses and not opening.is_foreign
        ]
        for deployment in starting:
            waits_for = _ancestors(without_keys(deployment.address), blocks)
            service, environment = _deployed(deployment, blocks)
            told: set[str] = set()
            for opening, database in doors:
                door = without_keys(opening.resource)
                if door in waits_for or door in told:
                    continue
                answer = _answer(opening, service, environment)
                if answer is not None:
                    told.add(door)
                    yield _finding(deployment, opening, database, answer)


def _finding(deployment: PlannedResource, opening: Opening, database: str, answer: Answer) -> Finding:
    who = opening.source.node or opening.source.spelling
    sentence = f"It does not wait for {opening.resource}, which lets {who} in to {database}"
    return Finding(
        DEPLOYMENT_ORDER,
        deployment.address,
        f"{sentence}: the service may start before."
        if answer is Answer.FINDING
        else f"{sentence}; whether the service leaves from there is not in the plan.",
        answer,
        database=database,
    )


def _answer(opening: Opening, service: str, environment: str) -> Answer | None:
    """Say whether the service needs the entry; nothing if it does not."""
    source = opening.source
    if service in source.services or environment in source.environments:
        return Answer.FINDING
    if not source.node:
        return None  # a hand-written entry for somebody that is no node of dFlow's
    is_told = bool(source.environments) and bool(environment)
    return None if is_told else Answer.CANNOT_TELL


def _deployed(deployment: PlannedResource, blocks: Mapping[str, list[PlannedResource]]) -> tuple[str, str]:
    """Name the service that is deployed and its Environment; empty as far as the plan does not tell."""
    service = _referred(deployment, "service_id", blocks)
    if service is None:
        return "", ""
    if service.type == "dflow_service_variables":
        service = _referred(service, "service_id", blocks) or service
    environment = _referred(service, "environment_id", blocks)
    return _named(service), "" if environment is None else _named(environment)


def _referred(
    resource: PlannedResource, attribute: str, blocks: Mapping[str, list[PlannedResource]]
) -> PlannedResource | None:
    for address in resource.references.get(attribute, ()):
        found = blocks.get(without_keys(address), [])
        if len(found) == 1:
            return found[0]
    return None


def _named(resource: PlannedResource) -> str:
    name = resource.after.text("name") if resource.after is not None else Missing.ABSENT
    return name if isinstance(name, str) else ""


def _blocks(resources: tuple[PlannedResource, ...]) -> dict[str, list[PlannedResource]]:
    found: dict[str, list[PlannedResource]] = {}
    for resource in resources:
        if not resource.is_drift:
            found.setdefault(without_keys(resource.address), []).append(resource)
    return found


def _ancestors(start: str, blocks: Mapping[str, list[PlannedResource]]) -> set[str]:
    """Return everything that has to be there before, at whatever distance."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for resource in blocks.get(waiting.pop(), ()):
            for targets in (*resource.references.values(), resource.depends_on):
                for target in targets:
                    address = without_keys(target)
                    if address not in found:
                        found.add(address)
                        waiting.append(address)
    return found
