"""A review as JUnit XML, for the test report of a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from dflow_review.finding import Answer
from dflow_review.outputs import wording
from dflow_review.outputs.connection import changing
from dflow_review.outputs.escape import visible
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_review.finding import Acknowledgement, Finding
    from dflow_review.reach import DatabaseChange
    from dflow_review.review import Review

_Case = tuple[str, str, str, str]
"""Name, what it came to (`failure`, `error`, `skipped` or nothing), a short message, a long one."""

_PASSED: Final = ""


def render(review: Review) -> str:
    """Return a suite of databases, in which those fail that more can reach than before, and a suite of findings.

    What cannot be told is skipped, a rule that crashed is an error, what was acknowledged is skipped with its reason.
    """
    databases = [_database(change) for change in review.reach.changes]
    databases += [(address, "skipped", f"could not be understood: {why}", "") for address, why in review.reach.unread]
    databases += [
        (f"plan {plan.name}", "skipped", f"incomplete: {wording.missing(plan, reason)}", "")
        for plan in review.plans
        for reason in plan.incomplete
    ]
    findings = [_finding(each) for each in review.verdicts.open]
    findings += [_acknowledged(finding, by) for finding, by in review.verdicts.acknowledged]
    suites = [("reachability", databases), ("findings", findings)]
    every = [case for _, cases in suites for case in cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="dflow-cdktf review"{_counts(every)}>']
    for name, cases in suites:
        lines.append(f'  <testsuite name="{name}"{_counts(cases)}>')
        lines += [line for case in cases for line in _lines(name, case)]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _database(change: DatabaseChange) -> _Case:
    name, words = wording.database(change), wording.movement(change)
    connections = changing(change)
    long = "; ".join(f"{each.status.value}: {' '.join(wording.told(each))}".strip() for each in connections)
    match change.movement:
        case Movement.WIDENED | Movement.BOTH:
            return name, "failure", words, long
        case Movement.UNKNOWN:
            return name, "skipped", words, long
        case _:
            return name, _PASSED, words, long


def _finding(finding: Finding) -> _Case:
    kinds = {Answer.FINDING: "failure", Answer.CANNOT_TELL: "skipped", Answer.RULE_CRASHED: "error"}
    name = f"{finding.rule.id} {finding.address}".strip()
    words = {Answer.CANNOT_TELL: "cannot tell: ", Answer.RULE_CRASHED: "rule crashed: "}.get(finding.answer, "")
    long = f"{finding.rule.title}. {finding.weight.name}. {finding.rule.why} {finding.rule.remedy}"
    return name, kinds[finding.answer], f"{words}{finding.message}", long


def _acknowledged(finding: Finding, by: Acknowledgement) -> _Case:
    until = f", until {by.expires}" if by.expires else ""
    message = f"acknowledged by {by.who}{until}: {by.reason}"
    return f"{finding.rule.id} {finding.address}".strip(), "skipped", message, ""


def _counts(cases: Sequence[_Case]) -> str:
    kinds = [kind for _, kind, _, _ in cases]
    failures, errors, skipped = kinds.count("failure"), kinds.count("error"), kinds.count("skipped")
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _lines(suite: str, case: _Case) -> list[str]:
    name, kind, message, long = case
    start = f'    <testcase classname="dflow-cdktf.{suite}" name="{_attribute(name)}"'
    if kind == _PASSED:
        return [f"{start}/>"]
    body = escape(visible(long, at_most=2000))
    return [f"{start}>", f'      <{kind} message="{_attribute(message)}">{body}</{kind}>', "    </testcase>"]


def _attribute(text: str) -> str:
    return escape(visible(text, at_most=400), {'"': "&quot;"})
