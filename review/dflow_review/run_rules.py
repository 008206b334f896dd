"""Asks every rule; one that crashes is reported, and never taken for a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_review.finding import Answer, Finding
from dflow_review.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.finding import Check, Rule, Subject


def run_rules(subject: Subject, rules: Sequence[tuple[Rule, Check]] = RULES) -> tuple[Finding, ...]:
    """Return what rules found: the most severe first, then by rule, address and message; each once."""
    found = {finding for rule, check in rules for finding in _asked(rule, check, subject)}
    return tuple(sorted(found, key=by_weight))


def by_weight(finding: Finding) -> tuple[object, ...]:
    """Order findings: those that were found before those that cannot be told, and the most severe first."""
    is_told = finding.answer is Answer.FINDING
    return not is_told, -finding.weight, finding.rule.id, finding.address, finding.message, finding.database


def _asked(rule: Rule, check: Check, subject: Subject) -> Iterator[Finding]:
    try:
        yield from check(subject)
    except Exception as crash:  # noqa: BLE001 - whatever it is, the other rules have to be asked
        # The error's own text may quote a value of the plan.
        yield Finding(
            rule,
            "",
            f"This rule could not be checked ({type(crash).__name__} at {_place(crash)}): take nothing it would have "
            "found for absent, and report it.",
            Answer.RULE_CRASHED,
        )


def _place(crash: Exception) -> str:
    trace = crash.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
