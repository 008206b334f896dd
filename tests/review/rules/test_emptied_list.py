"""DFLOW003 and DFLOW004: lists that are open when empty."""

from __future__ import annotations

import pytest

from dflow_review.finding import Severity
from dflow_review.rules.emptied_list import destroying_leaves_databases_closed, lists_keep_an_entry

LIST = "dflow_neon_allowlist.orders"
EVERYBODY = "everybody: nothing is on the list of Neon IP Allow"
UNSAID = "nobody or everybody: nothing is on the list, and the vendor does not say what that means"
CHECKS = [lists_keep_an_entry, destroying_leaves_databases_closed]


def emptied(scene, *left, **resource):
    change = scene.change([scene.entry("203.0.113.7/32")], [scene.entry(each) for each in left])
    return scene.subject(change, scene.resource(LIST, **resource))


@pytest.mark.parametrize("check", CHECKS)
def test_passes_a_list_that_keeps_an_entry(scene, asked, check):
    change = scene.change(
        [scene.entry("203.0.113.7/32"), scene.entry("203.0.113.8/32")], [scene.entry("203.0.113.8/32")]
    )

    assert asked(check, scene.subject(change, scene.resource(LIST, {}, {}))) == []


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("after", [None, {}])
def test_passes_a_list_that_is_closed_when_empty_or_gone(scene, asked, check, after):
    assert asked(check, emptied(scene, after=after, before={})) == []


@pytest.mark.parametrize("check", CHECKS)
def test_passes_a_database_that_was_open_before(scene, asked, check):
    change = scene.change([scene.entry("0.0.0.0/0"), scene.entry("::/0")], [scene.entry(EVERYBODY)])

    assert asked(check, scene.subject(change, scene.resource(LIST, None, {}))) == []


@pytest.mark.parametrize("check", CHECKS)
def test_passes_an_entry_for_everybody_which_another_rule_finds(scene, asked, check):
    change = scene.change([scene.entry("203.0.113.7/32")], [scene.entry("0.0.0.0/0")])

    assert asked(check, scene.subject(change, scene.resource(LIST, {}, {}))) == []


def test_finds_the_last_entry_going(scene, asked):
    subject = emptied(scene, EVERYBODY, after={}, before={})

    assert asked(lists_keep_an_entry, subject) == [LIST]
    assert asked(destroying_leaves_databases_closed, subject) == []


def test_finds_a_destroy_that_opens(scene, asked):
    subject = emptied(scene, EVERYBODY, after=None, before={})

    assert asked(lists_keep_an_entry, subject) == []
    assert asked(destroying_leaves_databases_closed, subject) == [LIST]
    assert [each.weight for each in destroying_leaves_databases_closed(subject)] == [Severity.CRITICAL]


def test_cannot_tell_where_nobody_says_what_an_empty_list_means(scene, asked):
    destroyed, changed = (emptied(scene, UNSAID, after=after, before={}) for after in (None, {}))

    assert asked(destroying_leaves_databases_closed, destroyed) == [f"{LIST} (cannot tell)"]
    assert asked(lists_keep_an_entry, changed) == [f"{LIST} (cannot tell)"]


@pytest.mark.parametrize("check", CHECKS)
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
