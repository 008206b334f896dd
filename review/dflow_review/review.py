"""One finished review: what every output is written from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from dflow_review.finding import Answer
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from dflow_review.finding import Severity, Verdicts
    from dflow_review.plan import Plan
    from dflow_review.reach import Reach


class ExitCode(IntEnum):
    """What a pipeline branches on."""

    NOTHING_WIDENED = 0
    ERROR = 1
    WIDENED = 2
    CANNOT_TELL = 3
    FINDINGS = 4


@dataclass(frozen=True)
class VariableChange:
    """What a plan does to one service's variables.

    Args:
        service: the service's name, or the address of the resource that sets its variables.
        added: names; never values.
        changed: names.
        removed: names.
        secret: those of the names above whose value is a secret.
    """

    service: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """Everything a reviewer is told.

    Args:
        plans: what was reviewed.
        reach: who can reach which database, before and after.
        verdicts: what the rules found.
        variables: what happens to variables, sorted by service.
    """

    plans: tuple[Plan, ...]
    reach: Reach
    verdicts: Verdicts
    variables: tuple[VariableChange, ...] = ()

    def exit_code(self, fail_on: Severity | None = None) -> ExitCode:
        """Return what a pipeline is told; findings at or above `fail_on` win over everything but an error.

        A rule that crashed never passes, nor does a plan that says less than what will happen: nobody knows the rest.
        """
        findings = [each for each in self.verdicts.open if each.answer is Answer.FINDING]
        if fail_on is not None and any(each.weight >= fail_on for each in findings):
            return ExitCode.FINDINGS
        movements = {change.movement for change in self.reach.changes}
        if movements & {Movement.WIDENED, Movement.BOTH}:
            return ExitCode.WIDENED
        crashed = any(each.answer is Answer.RULE_CRASHED for each in self.verdicts.open)
        incomplete = any(plan.incomplete for plan in self.plans)
        unknown = crashed or incomplete or Movement.UNKNOWN in movements or bool(self.reach.unread)
        return ExitCode.CANNOT_TELL if unknown else ExitCode.NOTHING_WIDENED
