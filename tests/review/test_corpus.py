"""The plans of tests/plans: every vendor and every shape of a list, made, left alone, changed and destroyed."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from dflow_provider.catalogue import OWNED_ALLOWLISTS
from dflow_review.finding import Answer, Severity
from dflow_review.plan import Incomplete
from dflow_review.ranges import AddressSet
from dflow_review.reach import Movement
from dflow_review.reaching.inline_table import BY_TYPE
from dflow_review.reading import Form, read_plans
from dflow_review.review import ExitCode, Review
from dflow_review.review_of import review_of
from dflow_vendors import all_vendors

PLANS = Path(__file__).resolve().parents[1] / "plans"
CASES = sorted(path.parent.relative_to(PLANS).as_posix() for path in PLANS.rglob("unchanged.json"))
LISTS = [case for case in CASES if case not in {"shop", "rendered/lists"}]
TODAY = dt.date(2026, 11, 22)
FIRST = AddressSet.of(["18.195.4.7", "3.121.8.20"])
ADDED = AddressSet.of(["52.28.9.30"])


@cache
def reviewed(*files: str, base: tuple[str, ...] = ()) -> Review:
    plans = read_plans([PLANS / each for each in files], form=Form.PLAN, base=[PLANS / each for each in base])
    return review_of(plans, acknowledgements=None, today=TODAY)


def reach(review: Review, side: str) -> AddressSet:
    found = AddressSet()
    for change in review.reach.changes:
        for opening in getattr(change, side):
            found |= opening.source.addresses or AddressSet()
    return found


def test_every_vendor_has_a_case():
    rows = {vendor.key: vendor for vendor in all_vendors()}
    owned = {case.partition("/")[2] for case in CASES if case.startswith("owned/")}
    official = {case.partition("/")[2] for case in CASES if case.startswith("official/")}

    assert owned >= {*OWNED_ALLOWLISTS, "aws_security_group"}
    assert official == {resource.type for row in rows.values() for resource in row.official}
    assert {key for key, row in rows.items() if key not in owned and not row.official} == set()


def test_every_list_inside_of_a_resource_has_a_case_of_its_own_or_of_a_type_like_it():
    inline = {case.partition("/")[2] for case in CASES if case.startswith("inline/")}
    alike = ("aiven_", "upcloud_managed_database_", "linode_database_mysql_v2", "planetscale_password")

    assert inline <= BY_TYPE.keys()
    assert {kind for kind in BY_TYPE if kind not in inline and not kind.startswith(alike)} == set()


@pytest.mark.parametrize("case", CASES)
def test_a_plan_without_changes_gives_no_finding(case: str):
    review = reviewed(f"{case}/unchanged.json")

    assert [each for each in review.verdicts.open if each.answer is not Answer.CANNOT_TELL] == []
    assert {change.movement for change in review.reach.changes} == {Movement.SAME}
    assert review.exit_code() is ExitCode.NOTHING_WIDENED
    assert review.variables == ()


@pytest.mark.parametrize("case", LISTS)
def test_one_more_entry_is_one_more_address(case: str):
    review = reviewed(f"{case}/change.json")

    assert [change.added for change in review.reach.changes if change.added] == [ADDED]
    assert not any(change.removed for change in review.reach.changes)
    assert review.reach.unread == ()
    assert review.exit_code() is ExitCode.WIDENED


@pytest.mark.parametrize("case", LISTS)
def test_a_new_list_and_a_destroyed_one_are_understood(case: str):
    created, destroyed = reviewed(f"{case}/create.json"), reviewed(f"{case}/destroy.json")

    assert FIRST - reach(created, "after") == AddressSet()
    assert FIRST - reach(destroyed, "before") == AddressSet()
    for review in (created, destroyed):
        assert review.reach.unread == ()
        assert not any(each.answer is Answer.RULE_CRASHED for each in review.verdicts.open)


@pytest.mark.parametrize("case", CASES)
def test_a_plan_says_whether_its_provider_was_run(case: str):
    for file in (PLANS / case).glob("*.json"):
        content = json.loads(file.read_text(encoding="utf-8"))
        assert ("provider_not_run" in content) == case.startswith(("official/", "inline/", "aws/", "rendered/")), file


def test_what_the_constructs_render_for_other_providers_is_understood():
    """The real Terraform has evaluated it, for_each and conditions included."""
    review = reviewed("rendered/lists/change.json")

    assert len(review.reach.changes) == 20
    assert {change.added for change in review.reach.changes} == {ADDED}
    assert {change.removed for change in review.reach.changes} == {AddressSet()}
    assert {change.database.vendor for change in review.reach.changes} == {
        vendor.key for vendor in all_vendors() if vendor.official
    } - {"elastic_cloud", "hetzner_firewall"}


def test_a_list_that_the_constructs_open_to_everybody_is_found():
    found = [each for each in reviewed("rendered/open/create.json").verdicts.open if each.rule.id == "DFLOW001"]

    assert sorted(each.address.partition(".")[0] for each in found) == [
        "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_ingress_rule",
        "azurerm_mssql_firewall_rule",
    ]
    assert {each.weight for each in found} == {Severity.CRITICAL}


@pytest.mark.parametrize(
    ("name", "movement", "added", "findings"),
    [
        ("another_resource", Movement.MOVED, 0, set()),
        ("moved", Movement.SAME, 0, set()),
        ("forgotten", Movement.SAME, 0, set()),
        ("added_by_hand", Movement.SAME, 0, set()),
        ("removed_by_hand", Movement.WIDENED, 1, {"DFLOW101"}),
        ("another_owner", None, 0, {"DFLOW006"}),
        ("one_range", Movement.WIDENED, 255, set()),
        ("open", Movement.WIDENED, 2**32 - 3, {"DFLOW001"}),
    ],
)
def test_a_change_is_what_it_does_to_who_gets_in(name: str, movement: Movement | None, added: int, findings: set[str]):
    review = reviewed(f"situations/{name}/plan.json")

    (change,) = review.reach.changes
    assert change.added.size == added
    assert movement in {None, change.movement}
    assert {each.rule.id for each in review.verdicts.open if each.answer is Answer.FINDING} == findings
    assert review.exit_code() is (ExitCode.WIDENED if added else ExitCode.NOTHING_WIDENED)


@pytest.mark.parametrize(
    ("name", "movement", "reason"),
    [
        ("errored", Movement.SAME, Incomplete.ERRORED),
        ("targeted", Movement.SAME, Incomplete.PARTIAL),
        ("deferred", Movement.UNKNOWN, Incomplete.DEFERRED),
    ],
)
def test_a_plan_that_says_less_than_what_will_happen_never_passes(name: str, movement: Movement, reason: Incomplete):
    review = reviewed(f"situations/{name}/plan.json")

    assert [change.movement for change in review.reach.changes] == [movement]
    assert review.plans[0].incomplete == (reason,)
    assert review.exit_code() is ExitCode.CANNOT_TELL


def test_an_entry_that_is_to_go_with_a_change_that_is_put_off_is_there_until_then():
    (change,) = reviewed("situations/deferred/plan.json").reach.changes

    assert change.removed == AddressSet()
    assert [opening.source.spelling for opening in change.unknown] == [
        "1 address of fra-2, known after apply; put off: its settings are known only after another apply"
    ]


def test_an_incomplete_base_makes_a_comparison_incomplete():
    review = reviewed("situations/moved/plan.json", base=("situations/errored/plan.json",))

    assert review.exit_code() is ExitCode.CANNOT_TELL


def test_an_entry_of_somebody_else_is_not_gone_while_an_owner_of_others_is_replaced():
    (finding,) = [each for each in reviewed("situations/another_owner/plan.json").verdicts.open if each.address]

    assert "fra-1, fra-2 cannot reach" in finding.message
    assert "198.51.100.7" not in finding.message


def test_an_address_that_is_known_after_apply_is_bounded_and_named():
    review = reviewed("owned/unknown/create.json")

    (change,) = review.reach.changes
    assert [opening.source.spelling for opening in change.unknown] == ["1 address of fra-9, known after apply"]


def found(review: Review) -> list[tuple[str, str, str]]:
    """Every open finding by its rule, resource and message; what cannot be told left out."""
    findings = [each for each in review.verdicts.open if each.answer is Answer.FINDING]
    return [(each.rule.id, each.address, each.message) for each in findings]


def environments(review: Review, side: str) -> dict[str, dict[str, list[str]]]:
    """The services of each Environment, by the node that is let in."""
    (change,) = review.reach.changes
    return {
        opening.source.node: {tenant.environment: sorted(tenant.services) for tenant in opening.source.tenants}
        for opening in getattr(change, side)
        if opening.source.node
    }


PRODUCTION = {"fra-1": {"shop-production": ["shop-production-web", "shop-production-worker"]}}


def test_staging_lets_its_own_node_in_to_a_database_of_productions():
    review = reviewed("shop/staging.json")

    (change,) = review.reach.changes
    assert change.added.cidrs() == ("3.121.8.20/32",)
    assert (change.joined, change.left, change.undecided) == ((), (), ())
    assert environments(review, "before") == PRODUCTION
    assert environments(review, "after") == {**PRODUCTION, "fra-2": {"shop-staging": ["shop-staging-web"]}}
    assert review.exit_code() is ExitCode.WIDENED
    assert found(review) == [
        (
            "DFLOW040",
            "dflow_aws_security_group_allowlist.orders_Allowlist_4E4CF0B7",
            "fra-2 lets shop-staging in to orders, which shop-production reaches.",
        )
    ]


def test_canary_joins_a_node_that_is_let_in_already():
    review = reviewed("shop/canary.json")

    (change,) = review.reach.changes
    assert (change.added.size, change.movement) == (0, Movement.WIDENED)
    assert [(each.tenant.environment, each.tenant.node) for each in change.joined] == [("shop-canary", "fra-1")]
    assert environments(review, "before") == PRODUCTION
    assert environments(review, "after") == {"fra-1": {**PRODUCTION["fra-1"], "shop-canary": ["shop-canary-web"]}}
    assert review.exit_code() is ExitCode.WIDENED
    assert found(review) == [
        (
            "DFLOW041",
            "dflow_environment.canary",
            "fra-1 lets in shop-canary and shop-production alike; each of them reaches orders.",
        )
    ]


def test_destroying_the_shop_leaves_nobody_of_it():
    review = reviewed("shop/destroy.json")

    (change,) = review.reach.changes
    assert change.removed.cidrs() == ("18.195.4.7/32",)
    assert (change.joined, change.left) == ((), ())
    assert (environments(review, "before"), environments(review, "after")) == (PRODUCTION, {})
    assert review.exit_code() is ExitCode.NOTHING_WIDENED


def test_a_shop_that_stays_has_the_same_environments_on_both_sides():
    review = reviewed("shop/unchanged.json")

    assert environments(review, "before") == environments(review, "after") == PRODUCTION
    assert found(review) == []


def test_several_plans_are_one_review():
    review = reviewed("owned/neon/change.json", "owned/aiven/change.json")

    assert [change.added for change in review.reach.changes] == [ADDED, ADDED]
    assert len(review.plans) == 2


def test_a_synthesized_program_is_compared_with_the_one_before():
    review = reviewed("shop/staging.tf.json", base=("shop/production.tf.json",))

    assert review.exit_code() is ExitCode.CANNOT_TELL
    assert any("fra-2" in opening.source.spelling for change in review.reach.changes for opening in change.unknown)


def test_who_joins_a_node_is_told_of_synthesized_programs_too():
    review = reviewed("shop/canary.tf.json", base=("shop/production.tf.json",))

    (change,) = review.reach.changes
    assert [(each.tenant.environment, each.tenant.node) for each in change.joined] == [("shop-canary", "fra-1")]
    assert review.exit_code() is ExitCode.WIDENED
