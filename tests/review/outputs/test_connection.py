from dataclasses import replace

from dflow_review.outputs.connection import (
    Cause,
    Status,
    changed,
    changing,
    connections_of,
    everybody_in,
    unchanged,
)
from dflow_review.outputs.wording import movement
from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import DatabaseChange, Movement, Reach


def said(change):
    return [(each.who, each.status) for each in connections_of(change)]


def test_an_entry_more_is_added_and_the_others_stay(build):
    first = build.opening(build.orders, "203.0.113.7/32", "fra-1")
    second = build.opening(build.orders, "203.0.113.9/32", "fra-3")

    change = build.change(build.orders, (first,), (first, second), Movement.WIDENED)

    assert said(change) == [("fra-3", Status.ADDED), ("fra-1", Status.SAME)]


def test_one_range_in_place_of_the_two_it_is_made_of_is_no_change(build):
    halves = tuple(build.opening(build.orders, cidr) for cidr in ("203.0.113.0/25", "203.0.113.128/25"))
    whole = build.opening(build.orders, "203.0.113.0/24")

    change = build.change(build.orders, halves, (whole,), Movement.MOVED)

    assert said(change) == [("203.0.113.0/24", Status.SAME)]


def test_a_wider_range_in_place_of_a_narrower_one_is_added_and_nothing_is_removed(build):
    narrow, wide = build.opening(build.orders, "203.0.113.0/25"), build.opening(build.orders, "203.0.113.0/24")

    change = build.change(build.orders, (narrow,), (wide,), Movement.WIDENED)

    assert said(change) == [("203.0.113.0/24", Status.ADDED)]


def test_an_address_known_after_apply_is_neither_added_nor_left_out(build):
    coming = build.opening(build.orders, None, "fra-4")

    change = build.change(build.orders, (), (coming,), Movement.UNKNOWN)

    assert said(change) == [("fra-4", Status.UNKNOWN)]


def test_a_source_that_is_no_address_stays_while_it_is_on_both_sides_and_else_comes_or_goes(build):
    group = build.opening(build.orders, None, "sg-1")

    assert said(build.change(build.orders, (group,), (group,), Movement.SAME)) == [("sg-1", Status.SAME)]
    assert said(build.change(build.orders, (group,), (), Movement.NARROWED)) == [("sg-1", Status.REMOVED)]


def test_emptying_a_list_that_then_keeps_nobody_out_lets_everybody_in(build):
    only = build.opening(build.orders, "203.0.113.7/32", "fra-1")
    added = AddressSet.everybody() - AddressSet.of(["203.0.113.7"])
    change = DatabaseChange(build.orders, 5432, (only,), (), Movement.WIDENED, added, NOBODY)

    assert said(change) == [("everybody", Status.ADDED)]
    assert movement(change) == "open to everybody"


def test_the_first_entry_of_such_a_list_locks_everybody_else_out(build):
    first = build.opening(build.orders, "203.0.113.7/32", "fra-1")
    removed = AddressSet.everybody() - AddressSet.of(["203.0.113.7"])
    change = DatabaseChange(build.orders, 5432, (), (first,), Movement.NARROWED, NOBODY, removed)

    assert said(change) == [("everybody", Status.REMOVED), ("fra-1", Status.SAME)]


def test_opening_to_the_world_is_called_so_also_if_somebody_got_in_before(build):
    node = build.opening(build.orders, "203.0.113.7/32", "fra-1")
    world = build.opening(build.orders, "0.0.0.0/0")

    change = build.change(build.orders, (node,), (node, world), Movement.WIDENED)

    assert movement(change) == "open to everybody on IPv4"
    assert said(change)[0] == ("everybody on IPv4", Status.ADDED)


def test_two_halves_of_the_world_are_everybody():
    assert everybody_in(AddressSet.of(["0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8"])) == "everybody on IPv4"
    assert everybody_in(AddressSet.of(["::/0"])) == "everybody on IPv6"
    assert everybody_in(AddressSet.of(["0.0.0.0/1"])) == ""


def test_what_widens_comes_first_and_what_stays_apart(ordinary):
    assert [each.database.name for each in changed(ordinary.reach)] == ["orders", "billing", "reports"]
    assert [each.database.name for each in unchanged(ordinary.reach)] == ["ledger"]
    assert changed(Reach(())) == ()


def test_what_two_resources_say_alike_changes_once(build):
    one, other = (build.opening(build.orders, "203.0.113.9/32", "fra-3", resource=f"a.b{n}") for n in (1, 2))
    change = build.change(build.orders, (), (one, other), Movement.WIDENED)

    assert len(connections_of(change)) == 2
    assert [each.resource for each in changing(change)] == ["a.b1"]


def test_what_comes_and_goes_behind_an_entry_that_stays_is_told_apart(joined):
    (change,) = joined.reach.changes

    assert [
        (each.status, each.cause, [(tenant.environment, *tenant.services) for tenant in each.tenants])
        for each in connections_of(change)
    ] == [
        (Status.ADDED, Cause.ENVIRONMENT, [("canary", "canary-web")]),
        (Status.ADDED, Cause.INSIDE, [("production", "worker")]),
        (Status.UNKNOWN, Cause.ENVIRONMENT, [("lost", "job")]),
        (Status.REMOVED, Cause.ENVIRONMENT, [("old", "batch")]),
        (Status.SAME, Cause.ENTRY, [("production", "web")]),
    ]
    assert {each.entry for each in connections_of(change)} == {Status.SAME, Status.UNKNOWN}


def test_what_changes_inside_of_an_environment_is_no_change_of_reach(joined):
    (change,) = joined.reach.changes

    assert [each.environments for each in changing(change)] == [("canary",), ("lost",), ("old",)]


def test_two_environments_that_join_one_node_are_two_changes(build, joined):
    (change,) = joined.reach.changes
    first = change.joined[0]
    second = replace(first, tenant=replace(first.tenant, id="5", environment="canary-2"))
    source = replace(change.after[0].source, tenants=(*change.after[0].source.tenants, second.tenant))
    change = replace(change, after=(replace(change.after[0], source=source),), joined=(first, second), left=())

    added = [each.environments for each in changing(change) if each.status is Status.ADDED]

    assert added == [("canary",), ("canary-2",)]
