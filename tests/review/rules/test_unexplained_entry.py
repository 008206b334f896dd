"""DFLOW023: entries say whom they let in."""

from __future__ import annotations

from dflow_review.reach import Database
from dflow_review.rules.unexplained_entry import entries_say_whom_they_let_in

GROUP = Database("1", "orders", "aws_security_group")
RULE = "aws_vpc_security_group_ingress_rule.fra"


def test_passes_entries_with_a_note_or_an_owner(scene, asked):
    entries = [
        scene.entry("203.0.113.7", resource=RULE, note="the office"),
        scene.entry("203.0.113.8", resource=RULE, owner="shop/orders"),
        scene.entry("203.0.113.9", resource=RULE, is_foreign=True),
    ]

    assert asked(entries_say_whom_they_let_in, scene.subject(scene.change((), entries, database=GROUP))) == []


def test_passes_entries_that_were_there_before(scene, asked):
    old = [scene.entry("203.0.113.7", resource=RULE)]

    assert asked(entries_say_whom_they_let_in, scene.subject(scene.change(old, old, database=GROUP))) == []


def test_passes_a_vendor_without_room_for_a_note(scene, asked):
    assert asked(entries_say_whom_they_let_in, scene.subject(scene.change((), [scene.entry("203.0.113.7")]))) == []


def test_finds_an_entry_without_any(scene, asked):
    change = scene.change((), [scene.entry("203.0.113.7", resource=RULE)], database=GROUP)

    assert asked(entries_say_whom_they_let_in, scene.subject(change, scene.resource(RULE, {}))) == [RULE]


def test_cannot_tell_of_a_description_that_is_known_after_apply(scene, asked):
    change = scene.change((), [scene.entry("203.0.113.7", resource=RULE)], database=GROUP)
    rule = scene.resource(RULE, {}, unknown={"description": True})

    assert asked(entries_say_whom_they_let_in, scene.subject(change, rule)) == [f"{RULE} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(entries_say_whom_they_let_in(subject)) for subject in odd_subjects]
