"""DFLOW005: entries of others keep their access."""

from __future__ import annotations

from dflow_review.reach import Database
from dflow_review.rules.cut_off import others_keep_their_access

LIST = "scaleway_rdb_acl.orders"
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


def test_finds_a_first_entry_that_locks_everybody_out(scene, asked):
    change = scene.change((), [scene.entry("203.0.113.7")], open_before=True)

    assert asked(others_keep_their_access, scene.subject(change)) == ["dflow_neon_allowlist.orders"]


def test_cannot_tell_whether_a_list_that_is_not_in_the_plan_is_empty(scene, asked):
    change = scene.change((), [scene.entry("203.0.113.7")])

    assert asked(others_keep_their_access, scene.subject(change)) == ["dflow_neon_allowlist.orders (cannot tell)"]


def test_cannot_tell_whom_an_unknown_foreign_entry_let_in(scene, asked):
    change = scene.change([scene.entry("tag somebody", resource=LIST, is_foreign=True)], [], database=ORDERS)

    assert asked(others_keep_their_access, scene.subject(change)) == [f"{LIST} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(others_keep_their_access(subject)) for subject in odd_subjects]
