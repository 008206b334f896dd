"""DFLOW005: entries of others keep their access."""

from __future__ import annotations

import pytest

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
