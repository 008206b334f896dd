"""The findings of a review as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from dflow_review.finding import Answer, Severity
from dflow_review.outputs import wording
from dflow_review.outputs.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dflow_review.finding import Acknowledgement, Finding, Rule
    from dflow_review.plan import Plan
    from dflow_review.review import Review

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {
    Severity.INFO: "note",
    Severity.LOW: "note",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.CRITICAL: "error",
}
_SCORES: Final = {
    Severity.INFO: "0.0",
    Severity.LOW: "3.0",
    Severity.MEDIUM: "5.5",
    Severity.HIGH: "8.0",
    Severity.CRITICAL: "9.5",
}
"""Within the bands by which GitHub names a severity."""

_Json: TypeAlias = "Mapping[str, _Json] | Sequence[_Json] | str | int | bool | None"


def render(review: Review) -> str:
    """Return the findings, ASCII only.

    What a rule could not tell is a result of kind `open`; a rule that crashed is a notification of a run that did not
    succeed, and no result, and an incomplete plan one of a run that did, as is an Environment that comes to reach a
    database or ceases to without a change of its list; what somebody acknowledged is a suppressed result.
    """
    rules = _rules(review)
    verdicts = review.verdicts
    every: list[tuple[Finding, Acknowledgement | None]] = [(each, None) for each in verdicts.open]
    results = [
        _result(review.plans, rules, finding, acknowledgement)
        for finding, acknowledgement in [*every, *verdicts.acknowledged]
        if finding.answer is not Answer.RULE_CRASHED
    ]
    told: list[_Json] = [{"level": "warning", "message": {"text": _text(each)}} for each in wording.incomplete(review)]
    told += [{"level": "note", "message": {"text": _text(each)}} for each in wording.of_environments(review)]
    crashes = [_notification(rules, crash) for crash in wording.crashed(verdicts)]
    run: _Json = {
        "tool": {"driver": {"name": "dflow-cdktf", "rules": [_descriptor(rule) for rule in rules]}},
        "artifacts": [_artifact(plan) for plan in review.plans],
        "invocations": [{"executionSuccessful": not crashes, "toolExecutionNotifications": [*crashes, *told]}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, sort_keys=True) + "\n"


def _rules(review: Review) -> tuple[Rule, ...]:
    verdicts = review.verdicts
    found = [*verdicts.open, *(finding for finding, _ in verdicts.acknowledged)]
    return tuple(sorted({finding.rule.id: finding.rule for finding in found}.values(), key=lambda rule: rule.id))


def _descriptor(rule: Rule) -> _Json:
    return {
        "id": rule.id,
        "shortDescription": {"text": _text(rule.title)},
        "fullDescription": {"text": _text(rule.why)},
        "help": {"text": _text(f"{rule.why} {rule.remedy}")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"security-severity": _SCORES[rule.severity], "tags": ["security", "terraform"]},
    }


def _result(
    plans: Sequence[Plan], rules: tuple[Rule, ...], finding: Finding, acknowledgement: Acknowledgement | None
) -> _Json:
    is_told = finding.answer is Answer.FINDING
    message = wording.about(finding) if is_told else f"Cannot tell: {wording.about(finding)}"
    result: dict[str, _Json] = {
        "ruleId": finding.rule.id,
        "ruleIndex": [rule.id for rule in rules].index(finding.rule.id),
        "kind": "fail" if is_told else "open",
        "level": _LEVELS[finding.weight] if is_told else "none",
        "message": {"text": _text(message)},
        "locations": list(_locations(plans, finding)),
        "partialFingerprints": {"dflowFinding/v1": _fingerprint(finding)},
        "suppressions": [] if acknowledgement is None else [_suppression(acknowledgement)],
    }
    return result


def _locations(plans: Sequence[Plan], finding: Finding) -> Iterator[_Json]:
    """Return the plan as a file, which code scanning insists on, and the resource in it."""
    holds = (plan for plan in plans if any(each.address == finding.address for each in plan.resources))
    plan = next(holds, plans[0] if plans else None)
    location: dict[str, _Json] = {}
    if plan is not None:
        location["physicalLocation"] = {
            "artifactLocation": {"uri": _uri(plan), "index": list(plans).index(plan)},
            "region": {"startLine": 1},
        }
    if finding.address:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(finding.address), "kind": "resource"}]
    if location:
        yield location


def _notification(rules: tuple[Rule, ...], crash: Finding) -> _Json:
    index = [rule.id for rule in rules].index(crash.rule.id)
    return {
        "level": "error",
        "message": {"text": _text(f"Rule {crash.rule.id} crashed. {wording.about(crash)}")},
        "associatedRule": {"id": crash.rule.id, "index": index},
    }


def _suppression(acknowledgement: Acknowledgement) -> _Json:
    until = f", until {acknowledgement.expires}" if acknowledgement.expires else ""
    return {
        "kind": "external",
        "status": "accepted",
        "justification": _text(f"{acknowledgement.reason} ({acknowledgement.who}{until})"),
    }


def _artifact(plan: Plan) -> _Json:
    return {"location": {"uri": _uri(plan)}, "hashes": {"sha-256": plan.sha256}}


def _uri(plan: Plan) -> str:
    """Return a relative reference; a name that begins like a scheme or a host stays a name."""
    return quote(visible(plan.name).lstrip("/"), safe="/") or "plan"


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same when the words of a message change."""
    return sha256(
        "\0".join([finding.rule.id, finding.address, finding.database]).encode("utf-8", "replace")
    ).hexdigest()


def _text(text: str) -> str:
    """Braces and brackets mean placeholders and links in SARIF's messages."""
    shown = visible(text, at_most=1000)
    for character in "\\[]":
        shown = shown.replace(character, f"\\{character}")
    return shown.replace("{", "{{").replace("}", "}}")
