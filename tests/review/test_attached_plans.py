"""The plans of tests/plans/attached: lists that a plan does not describe, and groups that no database in it uses."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from dflow_review.reach import Movement
from dflow_review.reading import Form, read_plans
from dflow_review.review import ExitCode, Review
from dflow_review.review_of import review_of

PLANS = Path(__file__).resolve().parents[1] / "plans" / "attached"
SHARED = "security group sg-00000000000000001"
OUTSIDE = f"whoever {SHARED} lets in, which no plan here describes"
LATER = "whoever security groups known after apply let in"
EXPECTED = {
    "all_known_later": (ExitCode.CANNOT_TELL, {"orders": (Movement.UNKNOWN, [LATER])}),
    "one_known_later": (ExitCode.CANNOT_TELL, {"orders": (Movement.UNKNOWN, [LATER])}),
    "outside": (
        ExitCode.CANNOT_TELL,
        {"orders": (Movement.UNKNOWN, [OUTSIDE]), "sessions": (Movement.UNKNOWN, [OUTSIDE])},
    ),
    "remote_state": (ExitCode.CANNOT_TELL, {"orders": (Movement.UNKNOWN, [OUTSIDE])}),
    "new_group": (ExitCode.WIDENED, {"orders": (Movement.WIDENED, [])}),
    "taken_off": (ExitCode.NOTHING_WIDENED, {"orders": (Movement.NARROWED, [])}),
    "rule_set": (
        ExitCode.CANNOT_TELL,
        {
            "7c9e6679f3b04e8fb1d2": (
                Movement.UNKNOWN,
                ["whoever rule set 0f8fad5bd9cb469fa165 lets in, which no plan here describes"],
            )
        },
    ),
    "every_port": (ExitCode.WIDENED, {"sg-00000000000000001": (Movement.WIDENED, [])}),
    "port_known_later": (
        ExitCode.CANNOT_TELL,
        {"sg-00000000000000001": (Movement.UNKNOWN, ["52.28.9.30/32 on a port known after apply"])},
    ),
    "all_of_azure": (ExitCode.WIDENED, {"shop/orders": (Movement.WIDENED, [])}),
}
UNCHANGED = ("unchanged", "unchanged_remote_state")


def _reviewed(name: str) -> Review:
    plans = read_plans([PLANS / name / "plan.json"], form=Form.PLAN)
    return review_of(plans, acknowledgements=None, today=dt.date(2026, 11, 22))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_change_of_what_no_plan_describes_never_passes_unseen(name: str):
    review = _reviewed(name)

    code, databases = EXPECTED[name]
    found = {
        change.database.name: (change.movement, [opening.source.spelling for opening in change.unknown])
        for change in review.reach.changes
    }
    assert found == databases
    assert review.exit_code() is code
    assert review.reach.unread == ()


@pytest.mark.parametrize("name", UNCHANGED)
def test_what_stays_is_no_news(name: str):
    review = _reviewed(name)

    assert review.verdicts.open == ()
    assert {change.movement for change in review.reach.changes} == {Movement.SAME}
    assert review.exit_code() is ExitCode.NOTHING_WIDENED


def test_every_such_plan_is_expected_to_be_something():
    assert {path.name for path in PLANS.iterdir()} == {*EXPECTED, *UNCHANGED}


def test_a_group_known_by_remote_state_is_the_one_that_is_attached():
    content = json.loads((PLANS / "remote_state" / "plan.json").read_text(encoding="utf-8"))

    (database,) = [each for each in content["resource_changes"] if each["address"] == "aws_db_instance.orders"]
    assert database["change"]["after"]["vpc_security_group_ids"] == ["sg-00000000000000001", "sg-orders"]
