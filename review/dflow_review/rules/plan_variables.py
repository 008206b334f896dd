"""The variables of services, as the plan sets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dflow_review.rules.entries import managed
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource

VARIABLES: Final = "dflow_service_variables"


@dataclass(frozen=True)
class PlannedVariable:
    """One variable of one service.

    Args:
        resource: what sets it.
        name: the variable's; empty if not even the names are known before apply.
        value: what it is to be, or why that cannot be looked at. A value marked sensitive is not looked at.
        is_new: whether it was another one before, or none.
    """

    resource: PlannedResource
    name: str
    value: str | Missing
    is_new: bool


def variables_in(subject: Subject) -> Iterator[PlannedVariable]:
    """Yield the variables that stand in the plan; secret ones never do."""
    for resource in managed(subject):
        if resource.type != VARIABLES or resource.after is None:
            continue
        names = resource.after.keys("variables")
        if names is Missing.UNKNOWN:
            yield PlannedVariable(resource, "", Missing.UNKNOWN, is_new=True)
        if isinstance(names, Missing):
            continue
        for name in sorted(names):
            value = resource.after.text("variables", name)
            before = Missing.ABSENT if resource.before is None else resource.before.text("variables", name)
            yield PlannedVariable(resource, name, value, is_new=before != value)


def unknown_by_resource(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield each address whose variables are not all known, with the names of those as a text."""
    found: dict[str, list[str]] = {}
    for variable in variables_in(subject):
        if variable.value is Missing.UNKNOWN:
            found.setdefault(variable.resource.address, []).append(variable.name)
    for address, names in found.items():
        yield address, ", ".join(name for name in names if name) or "all variables"
