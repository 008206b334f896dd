"""All rules together: none is lost, none passes by crashing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dflow_review.finding import Answer, Finding, Rule, Severity, Subject
from dflow_review.plan import Action, Plan, PlannedResource
from dflow_review.reach import Reach
from dflow_review.rules import RULES
from dflow_review.run_rules import run_rules
from dflow_review.values import Block

NOTHING = Subject((), Reach(()))
CASES = Path(__file__).parent / "rules"


def rule(number: int, severity: Severity = Severity.LOW) -> Rule:
    return Rule(f"DFLOW9{number:02}", f"Rule {number}", "Because.", severity, "Do it.")


def test_ids_are_unique_and_in_order():
    ids = [each.id for each, _ in RULES]

    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"DFLOW\d{3}", each) for each in ids)


@pytest.mark.parametrize(("each", "_check"), RULES, ids=[each.id for each, _ in RULES])
def test_a_rule_says_what_is_good_why_and_what_to_do(each, _check):
    assert each.title[0].isalpha()
    assert not each.title.endswith(".")
    for text in (each.why, each.remedy):
        assert text[0].isupper() or text.startswith("dFlow")
        assert text.endswith(".")
        assert "<" not in re.sub(r"`[^`]*`", "", text), "Markdown would take it for HTML"


@pytest.mark.parametrize(("each", "check"), RULES, ids=[each.id for each, _ in RULES])
def test_a_rule_has_a_case_of_every_kind(each, check):
    module = check.__module__.rpartition(".")[2]
    text = (CASES / f"test_{module}.py").read_text(encoding="utf-8")

    assert check.__name__ in text, f"{each.id} is not tested"
    for kind in ("passes", "finds", "cannot_tell", "survives"):
        assert f"def test_{kind}_" in text, f"{each.id} has no case in which it {kind}"


@pytest.mark.parametrize(("each", "check"), RULES, ids=[each.id for each, _ in RULES])
def test_a_rule_has_nothing_to_say_about_nothing(each, check):
    assert list(check(NOTHING)) == []


def test_a_rule_that_crashes_is_reported_and_the_others_are_asked():
    def crashes(_subject):
        yield Finding(rule(1), "a.before", "found before")
        raise KeyError("hunter2 is the value")

    def finds(_subject):
        return [Finding(rule(2), "a.b", "found")]

    found = run_rules(NOTHING, [(rule(1), crashes), (rule(2), finds)])

    assert [(each.rule.id, each.answer) for each in found] == [
        ("DFLOW901", Answer.FINDING),
        ("DFLOW902", Answer.FINDING),
        ("DFLOW901", Answer.RULE_CRASHED),
    ]
    assert "KeyError at" in found[2].message
    assert "hunter2" not in repr(found)


def test_a_rule_that_crashes_at_once_is_reported():
    def crashes(_subject):
        raise RecursionError

    assert [each.answer for each in run_rules(NOTHING, [(rule(1), crashes)])] == [Answer.RULE_CRASHED]


def test_the_most_severe_comes_first_and_each_once():
    low, high, unsure = (
        Finding(rule(1), "a.a", "found"),
        Finding(rule(2), "a.z", "found", severity=Severity.CRITICAL),
        Finding(rule(3, Severity.CRITICAL), "a.a", "not known", Answer.CANNOT_TELL),
    )

    found = run_rules(NOTHING, [(rule(1), lambda _subject: [unsure, low, high, low])])

    assert found == (high, low, unsure)


def test_what_does_not_change_is_no_finding():
    values = {"name": "shop", "tags": {"team": "shop"}, "password_wo": None, "id": "6650f2a9c1d4e80012ab34cd"}
    block = Block(values)
    resources = tuple(
        PlannedResource(f"{kind}.a", kind, "", Action.NO_OP, block, block)
        for kind in ("dflow_environment", "dflow_app_service", "dflow_database_service", "acme_thing")
    )

    assert run_rules(Subject((Plan("plan.json", "", "1.2", "", resources),), Reach(()))) == ()


def test_what_several_rules_ask_for_is_found_out_once_for_each_review():
    asked: list[Subject] = []

    def finding_out(subject: Subject) -> int:
        asked.append(subject)
        return len(asked)

    other = Subject((), Reach(()))

    assert [NOTHING.once(finding_out), NOTHING.once(finding_out), other.once(finding_out)] == [1, 1, 2]
    assert other == NOTHING
