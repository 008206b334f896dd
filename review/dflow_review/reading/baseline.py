"""What changes from one plan's outcome to another's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dflow_review.plan import Action, Mode
from dflow_review.values import any_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.plan import Plan, PlannedResource


def compared(plans: tuple[Plan, ...], base: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """Return the plans with the base's outcome as what is there before.

    Plans are compared by name, or with each other whatever their names if there is one of each. A plan of the base
    without a counterpart is one whose resources all go.
    """
    if len(plans) == len(base) == 1:
        return (_compared(plans[0], base[0]),)
    before = {each.name: each for each in base}
    found = [_compared(each, before.get(each.name)) for each in plans]
    names = {each.name for each in plans}
    found += [_gone(each) for each in base if each.name not in names]
    return tuple(found)


def _compared(plan: Plan, base: Plan | None) -> Plan:
    left = {} if base is None else {each.address: each for each in _lasting(base)}
    resources = [_change(each, left.pop(each.previous_address or each.address, None)) for each in _lasting(plan)]
    resources += [_removed(each) for each in left.values()]
    warnings = plan.warnings if base is None else tuple(dict.fromkeys((*base.warnings, *plan.warnings)))
    there = {} if base is None else {each.address: each for each in base.besides}
    return replace(
        plan,
        resources=tuple(sorted(resources, key=lambda each: each.address)),
        warnings=warnings,
        incomplete=plan.incomplete if base is None else tuple(dict.fromkeys((*base.incomplete, *plan.incomplete))),
        besides=tuple(_beside(each, there.get(each.address)) for each in plan.besides),
    )


def _beside(after: PlannedResource, before: PlannedResource | None) -> PlannedResource:
    if before is None:
        return replace(after, before=None)
    return replace(after, before=before.after, is_rewritten=before.written != after.written)


def _gone(base: Plan) -> Plan:
    return replace(base, resources=tuple(_removed(each) for each in _lasting(base)), besides=())


def _lasting(plan: Plan) -> list[PlannedResource]:
    return [each for each in plan.resources if each.after is not None and not each.is_drift]


def _change(after: PlannedResource, before: PlannedResource | None) -> PlannedResource:
    if before is None or before.after is None:
        action = Action.CREATE if after.mode is Mode.MANAGED else Action.READ
        return replace(after, action=action, before=None)
    is_rewritten = bool(Counter(_known_later(after)) - Counter(_known_later(before)))
    action = Action.NO_OP if before.after == after.after and not is_rewritten else Action.UPDATE
    return replace(after, action=action, before=before.after, is_rewritten=is_rewritten)


def _known_later(resource: PlannedResource) -> Iterator[tuple[str, str]]:
    """Yield what stands where values are known only after apply: the attribute's name and what it says or refers to."""
    marks = resource.after.unknown if resource.after is not None else None
    for name, mark in marks.items() if isinstance(marks, dict) else ():
        if any_mark(mark):
            said = resource.written.get(name) or (
                *resource.references.get(name, ()),
                *resource.unfollowed.get(name, ()),
            )
            yield from ((name, each) for each in said)


def _removed(before: PlannedResource) -> PlannedResource:
    return replace(before, action=Action.DELETE, before=before.after, after=None)
