"""DFLOW005: entries of others keep their access."""

from __future__ import annotations

import pytest

from dflow_review.plan import Action
from dflow_review.reach import Database
from dflow_review.rules.cut_off import others_keep_their_access

LIST = "scaleway_rdb_acl.orders"
EVERYBODY = "everybody: nothing is on the list of Neon IP Allow"
ORDERS = Database("1", "orders", "scaleway_rdb")


def test_passes_an_entry_that_stays_under_another_spelling(scene, asked):
    theirs = scene.entry("198.51.100.9", is_foreign=True)
    change = scene.change([theirs], [scene.entry("198.51.100.0/24")])

    assert asked(others_keep_their_access, scene.subject(change)) == []


def test_passes_an_entry_of_ones_own_that_goes(scene, asked):
    assert asked(others_keep_their_access, scene.subject(scene.change([scene.entry("203.0.113.7")], []))) == []


def test_finds_a_foreign_entry_that_goes(scene):
    theirs = scene.entry("198.51.100.9/32", resource=LIST, is_foreign=True, note="the office")
    change = scene.change([theirs], [scene.entry("203.0.113.7/32", resource=LIST)], database=ORDERS)

    found = list(others_keep_their_access(scene.subject(change)))

    assert [(each.address, each.answer.value) for each in found] == [(LIST, "finding")]
    assert "198.51.100.9/32 (the office) on the list of orders" in found[0].message


def test_finds_a_foreign_range_that_shrinks(scene):
    theirs = scene.entry("198.51.100.0/24", resource=LIST, is_foreign=True)
    change = scene.change([theirs], [scene.entry("198.51.100.0/25", resource=LIST)], database=ORDERS)

    assert "198.51.100.128/25 no longer gets in" in next(iter(others_keep_their_access(scene.subject(change)))).message


def overwritten(scene, theirs="198.51.100.9/32", left=("203.0.113.7/32",), **writer):
    """An allowlist of ours knows an entry of somebody else's, and another resource writes the list whole."""
    ours = scene.entry("203.0.113.7/32", resource="dflow_scaleway_rdb_allowlist.orders")
    foreign = scene.entry(theirs, resource="dflow_scaleway_rdb_allowlist.orders", is_foreign=True)
    written = [scene.entry(each, resource=LIST) for each in left]
    before = [scene.entry("203.0.113.7/32", resource=LIST)] if writer.get("before") is not None else []
    change = scene.change([ours, foreign, *before], [ours, foreign, *written], database=ORDERS)
    owned = scene.resource("dflow_scaleway_rdb_allowlist.orders", {}, {})
    return scene.subject(change, owned, scene.resource(LIST, **writer))


def test_finds_a_foreign_entry_that_a_new_whole_list_leaves_out(scene):
    (found,) = others_keep_their_access(overwritten(scene, after={}))

    assert (found.address, found.answer.value) == (LIST, "finding")
    assert found.message == (
        f"198.51.100.9/32 on the list of orders belongs to nobody in this plan, and {LIST}, which writes the whole "
        "list, leaves it out."
    )


def test_finds_a_foreign_entry_that_goes_when_a_whole_list_is_destroyed(scene):
    (found,) = others_keep_their_access(overwritten(scene, left=(), before={}, after=None))

    assert f"and destroying {LIST} empties the list" in found.message


def test_finds_a_foreign_entry_that_a_changed_whole_list_leaves_out(scene, asked):
    changed = overwritten(scene, left=("203.0.113.8/32",), before={}, after={})

    assert asked(others_keep_their_access, changed) == [LIST]


def test_passes_a_foreign_entry_that_a_whole_list_holds(scene, asked):
    assert asked(others_keep_their_access, overwritten(scene, left=("198.51.100.0/24",), after={})) == []


def test_passes_a_foreign_entry_beside_a_whole_list_that_nothing_happens_to(scene, asked):
    same = overwritten(scene, before={}, after={}, action=Action.NO_OP)
    renamed = overwritten(scene, before={}, after={}, action=Action.UPDATE)

    assert asked(others_keep_their_access, same) == asked(others_keep_their_access, renamed) == []


def test_cannot_tell_whether_a_whole_list_leaves_out_what_it_is_not_known_to_hold(scene, asked):
    unknown = overwritten(scene, left=("1 address, known after apply",), after={})

    assert asked(others_keep_their_access, unknown) == [f"{LIST} (cannot tell)"]


@pytest.mark.parametrize("after", [None, {}])
def test_passes_foreign_entries_that_the_dflow_provider_leaves_on_the_list(scene, asked, after):
    ours, theirs = scene.entry("203.0.113.7"), scene.entry("198.51.100.9", is_foreign=True)
    change = scene.change([ours, theirs], [theirs])
    gone = scene.resource("dflow_neon_allowlist.orders", after, {})

    assert asked(others_keep_their_access, scene.subject(change, gone)) == []


def test_finds_a_first_entry_that_locks_everybody_out(scene, asked):
    ours, entries = "dflow_neon_allowlist.orders", [scene.entry("203.0.113.7")]
    change = scene.change([scene.entry(EVERYBODY)], entries)

    assert asked(others_keep_their_access, scene.subject(change, scene.resource(ours, {}, {}))) == [ours]


def test_cannot_tell_of_a_list_that_nobody_has_read(scene, asked):
    change = scene.change([scene.entry(EVERYBODY, resource=LIST)], [scene.entry("203.0.113.7", resource=LIST)])

    assert asked(others_keep_their_access, scene.subject(change, scene.resource(LIST, {}))) == [f"{LIST} (cannot tell)"]


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("dflow_neon_allowlist.orders", {"allow_first": True}),
        ('azurerm_redis_firewall_rule.orders["fra-1"]', {}),
    ],
)
def test_cannot_tell_whether_a_list_that_is_not_in_the_plan_is_empty(scene, asked, address, values):
    vendor = Database("1", "orders", "neon" if "neon" in address else "azure_redis")
    change = scene.change((), [scene.entry("203.0.113.7", resource=address)], database=vendor)

    assert asked(others_keep_their_access, scene.subject(change, scene.resource(address, values))) == [
        f"{address} (cannot tell)"
    ]


@pytest.mark.parametrize(
    ("database", "values"),
    [("1", {}), ("1", {"allow_first": False}), ("neon @neon_project.new", {"allow_first": True})],
)
def test_passes_a_first_entry_that_the_provider_refuses_and_one_of_a_new_database(scene, asked, database, values):
    change = scene.change((), [scene.entry("203.0.113.7")], database=Database(database, "orders", "neon"))
    ours = scene.resource("dflow_neon_allowlist.orders", values)

    assert asked(others_keep_their_access, scene.subject(change, ours)) == []


def test_cannot_tell_whom_an_unknown_foreign_entry_let_in(scene, asked):
    change = scene.change(
        [scene.entry("1 address, known after apply", resource=LIST, is_foreign=True)], [], database=ORDERS
    )

    assert asked(others_keep_their_access, scene.subject(change)) == [f"{LIST} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(others_keep_their_access(subject)) for subject in odd_subjects]
