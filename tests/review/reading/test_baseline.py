"""One outcome compared with another."""

from __future__ import annotations

from dflow_review.plan import Action
from dflow_review.reading import read_plans


def _actions(plans) -> dict[str, Action]:
    return {each.address: each.action for plan in plans for each in plan.resources}


def test_the_base_s_outcome_is_what_is_there_before(plan_file, change) -> None:
    base = plan_file(
        change("a_b.stays", ["create"], None, {"x": 1}),
        change("a_b.changes", ["create"], None, {"x": 1}),
        change("a_b.goes", ["create"], None, {"x": 1}),
        name="base.json",
    )
    head = plan_file(
        change("a_b.stays", ["create"], None, {"x": 1}),
        change("a_b.changes", ["create"], None, {"x": 2}),
        change("a_b.comes", ["create"], None, {"x": 1}),
        name="head.json",
    )
    assert _actions(read_plans([head], base=[base])) == {
        "a_b.stays": Action.NO_OP,
        "a_b.changes": Action.UPDATE,
        "a_b.goes": Action.DELETE,
        "a_b.comes": Action.CREATE,
    }


def test_stacks_are_compared_by_name_and_one_that_is_gone_goes(plan_file, change) -> None:
    base = [
        plan_file(change(f"a_b.{name}", ["create"], None, {}), name=f"old/{name}.json") for name in ("blog", "shop")
    ]
    head = [plan_file(change("a_b.shop", ["create"], None, {}), name="new/shop.json")]
    plans = read_plans(head, base=base)
    assert [each.name for each in plans] == ["shop", "blog"]
    assert _actions(plans) == {"a_b.shop": Action.NO_OP, "a_b.blog": Action.DELETE}


def test_a_moved_resource_is_compared_with_where_it_was(plan_file, change) -> None:
    base = plan_file(change("a_b.old", ["create"], None, {"x": 1}), name="base.json")
    head = plan_file(change("a_b.new", ["no-op"], {"x": 1}, {"x": 1}, previous_address="a_b.old"), name="head.json")
    assert _actions(read_plans([head], base=[base])) == {"a_b.new": Action.NO_OP}
