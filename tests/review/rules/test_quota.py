"""DFLOW008: lists have room for their entries."""

from __future__ import annotations

from dflow_review.finding import Severity
from dflow_review.reach import Database
from dflow_review.rules.quota import lists_have_room

GROUP = Database("1", "orders", "aws_security_group")
LIST = "dflow_aws_security_group_allowlist.orders"


def entries(scene, count, form="203.0.113.{}/32"):
    return [scene.entry(form.format(number), resource=LIST, database=GROUP) for number in range(count)]


def test_passes_a_list_with_room(scene, asked):
    assert asked(lists_have_room, scene.subject(scene.change((), entries(scene, 54), database=GROUP))) == []


def test_passes_a_full_list_that_does_not_grow(scene, asked):
    full = entries(scene, 60)

    assert asked(lists_have_room, scene.subject(scene.change(full, full, database=GROUP))) == []


def test_passes_two_families_that_are_counted_apart(scene, asked):
    both = [*entries(scene, 40), *entries(scene, 40, "2001:db8::{}/128")]

    assert asked(lists_have_room, scene.subject(scene.change((), both, database=GROUP))) == []


def test_passes_more_entries_than_usual_where_the_vendor_granted_them(scene, asked):
    change = scene.change((), entries(scene, 61), database=GROUP)

    assert asked(lists_have_room, scene.subject(change, scene.resource(LIST, {"rule_quota": 100}))) == []


def test_passes_a_vendor_that_says_no_number(scene, asked):
    many = [scene.entry(f"203.0.113.{number}") for number in range(200)]

    assert asked(lists_have_room, scene.subject(scene.change((), many))) == []


def test_finds_one_entry_too_many(scene):
    found = list(lists_have_room(scene.subject(scene.change((), entries(scene, 61), database=GROUP))))

    assert [(each.address, each.weight) for each in found] == [(LIST, Severity.HIGH)]
    assert "61 IPv4 entries" in found[0].message


def test_finds_one_too_many_over_all_ports(scene, asked):
    changes = [
        scene.change((), entries(scene, 31), database=GROUP, port=5432),
        scene.change((), entries(scene, 31, "198.51.100.{}/32"), database=GROUP, port=5433),
    ]

    assert asked(lists_have_room, scene.subject(*changes)) == [LIST]


def test_finds_little_in_a_list_that_is_nearly_full(scene):
    found = list(lists_have_room(scene.subject(scene.change((), entries(scene, 55), database=GROUP))))

    assert [each.weight for each in found] == [Severity.LOW]


def test_cannot_tell_of_entries_that_are_known_after_apply(scene, asked):
    unknown = [scene.entry(f"known after apply {number}", resource=LIST, database=GROUP) for number in range(2)]
    change = scene.change((), [*entries(scene, 59), *unknown], database=GROUP)

    assert asked(lists_have_room, scene.subject(change)) == [f"{LIST} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(lists_have_room(subject)) for subject in odd_subjects]
