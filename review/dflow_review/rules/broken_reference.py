"""References that dFlow replaces by nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action, Mode
from dflow_review.rules.expressions import (
    GENERATED,
    PREFIXES,
    PRIVATE,
    PUBLIC,
    expressions,
    is_of_a_database,
    reference_in,
)
from dflow_review.rules.plan_variables import PlannedVariable, unknown_by_resource, variables_in
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.rules.expressions import Reference

BROKEN_REFERENCE: Final = Rule(
    id="DFLOW080",
    title="References find what they ask for",
    why="dFlow replaces a reference to something that does not exist by nothing, and reports no error.",
    severity=Severity.HIGH,
    remedy="Name a service of the same Environment and a variable it has, `{{ <service>.<VARIABLE> }}`.",
)

_DATABASE: Final = "dflow_database_service"
_SERVICES: Final = frozenset({_DATABASE, "dflow_app_service", "dflow_docker_service"})


@dataclass(frozen=True)
class _Service:
    resource: PlannedResource
    is_staying: bool


def references_find_their_target(subject: Subject) -> Iterator[Finding]:
    """Find references to services that go, and to variables that the service asked cannot have."""
    services = _services(subject)
    for variable in variables_in(subject):
        if not isinstance(variable.value, str):
            continue
        for expression in expressions(variable.value):
            if GENERATED.match(expression):
                continue  # which has a rule of its own
            asked = reference_in(expression)
            if asked is None:
                yield _finding(variable, "holds an expression that dFlow does not know and replaces by nothing")
                continue
            yield from _about(variable, asked, services)
    for address, names in unknown_by_resource(subject):
        message = f"The values of {names} are known after apply; what they refer to is, too."
        yield Finding(BROKEN_REFERENCE, address, message, Answer.CANNOT_TELL)


def _services(subject: Subject) -> Mapping[str, _Service]:
    """Find services by their names in dFlow; one that stays wins over one that goes."""
    found: dict[str, _Service] = {}
    for plan in subject.plans:
        for resource in plan.resources:
            is_service = resource.type in _SERVICES or (resource.mode is Mode.DATA and resource.type == "dflow_service")
            if not is_service or resource.is_drift:
                continue
            for side, is_staying in ((resource.before, False), (resource.after, True)):
                name = side.text("name") if side is not None else Missing.ABSENT
                if isinstance(name, str) and (is_staying or name not in found):
                    found[name] = _Service(resource, is_staying and resource.action is not Action.DELETE)
    return found


def _about(variable: PlannedVariable, asked: Reference, services: Mapping[str, _Service]) -> Iterator[Finding]:
    service = services.get(asked.service)
    if service is None:
        yield _finding(variable, f"refers to {asked}, and no service of that name is in the plan", Answer.CANNOT_TELL)
    elif not service.is_staying:
        yield _finding(variable, f"refers to {asked}, and this plan removes or renames that service")
    elif service.resource.type == _DATABASE:
        yield from _about_database(variable, asked, service.resource)
    elif service.resource.mode is Mode.MANAGED and is_of_a_database(asked.variable):
        yield _finding(variable, f"refers to {asked}, a database's variable, and {asked.service} is no database")


def _about_database(variable: PlannedVariable, asked: Reference, database: PlannedResource) -> Iterator[Finding]:
    after = database.after
    engine = after.text("engine") if after is not None else Missing.ABSENT
    prefix = PREFIXES.get(engine) if isinstance(engine, str) else None
    if after is None or prefix is None:
        message = f"refers to {asked}, and the engine of {asked.service} is known after apply"
        yield _finding(variable, message, Answer.CANNOT_TELL)
        return
    private, public = ([f"{prefix}_{end}" for end in ends] for ends in (PRIVATE, PUBLIC))
    if asked.variable in private:
        return
    if asked.variable not in public:
        message = f"refers to {asked}, and a {engine} database has {', '.join((*private, *public))} only"
        yield _finding(variable, message)
        return
    ports = after.get("exposed_ports")
    if ports is Missing.UNKNOWN and database.action is not Action.CREATE:
        message = f"refers to {asked}, and whether {asked.service} is exposed is known after apply"
        yield _finding(variable, message, Answer.CANNOT_TELL)
    elif not isinstance(ports, list) or not ports:
        yield _finding(variable, f"refers to {asked}, which is empty as long as {asked.service} is not exposed")


def _finding(variable: PlannedVariable, what: str, answer: Answer = Answer.FINDING) -> Finding:
    return Finding(BROKEN_REFERENCE, variable.resource.address, f"variables.{variable.name} {what}.", answer)
