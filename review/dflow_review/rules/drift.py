"""Changes that somebody made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action, Mode
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource

DRIFT: Final = Rule(
    id="DFLOW101",
    title="Lists and variables change through Terraform alone",
    why=(
        "Somebody changed this by hand, perhaps in an emergency, and this plan takes it back: what the change was good "
        "for breaks again."
    ),
    severity=Severity.LOW,
    remedy="Ask who changed it and why, and write it into the program if it is to stay.",
)
_OURS: Final = "dflow_"
_UNDONE: Final = frozenset({Action.CREATE, Action.UPDATE, Action.REPLACE_CREATE_FIRST, Action.REPLACE_DELETE_FIRST})
_WHAT: Final = {Action.DELETE: "It was removed by hand", Action.UPDATE: "It was changed by hand"}


def changes_come_through_terraform(subject: Subject) -> Iterator[Finding]:
    """Find what was changed outside Terraform on lists and on resources of dFlow, and what this plan sets back."""
    on_lists = {opening.resource for change in subject.reach.changes for opening in (*change.before, *change.after)}
    for plan in subject.plans:
        drifted = [each for each in plan.resources if each.is_drift and each.mode is Mode.MANAGED]
        if not drifted:
            continue
        planned = {each.address: each for each in plan.resources if not each.is_drift}
        for drift in drifted:
            repair = planned.get(drift.address)
            if repair is None or repair.action not in _UNDONE:
                continue
            if not (drift.type.startswith(_OURS) or drift.address in on_lists):
                continue
            changed = _changed(drift)
            undone = [name for name in changed if _is_set_back(name, drift, repair)]
            if undone or drift.after is None:
                attributes = f" ({', '.join(undone)})" if undone else ""
                yield Finding(
                    DRIFT,
                    drift.address,
                    f"{_WHAT.get(drift.action, 'It was changed by hand')}{attributes}, and this plan takes it back.",
                )
            elif any(_is_untold(name, repair) for name in changed):
                message = "It was changed by hand, and whether this plan takes it back is known after apply."
                yield Finding(DRIFT, drift.address, message, Answer.CANNOT_TELL)


def _changed(drift: PlannedResource) -> list[str]:
    if drift.before is None or drift.after is None:
        return []
    names = sorted({*drift.before.values, *drift.after.values})
    return [name for name in names if drift.before.values.get(name) != drift.after.values.get(name)]


def _is_set_back(name: str, drift: PlannedResource, repair: PlannedResource) -> bool:
    if drift.after is None or repair.after is None or _is_untold(name, repair):
        return False
    return repair.after.values.get(name) != drift.after.values.get(name)


def _is_untold(name: str, repair: PlannedResource) -> bool:
    return repair.after is not None and repair.after.get(name) is Missing.UNKNOWN
