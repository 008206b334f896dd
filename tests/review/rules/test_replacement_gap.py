"""DFLOW006: entries are replaced without a gap."""

from __future__ import annotations

import pytest

from dflow_review.plan import Action
from dflow_review.rules.replacement_gap import entries_have_no_gap

ENTRY = "mongodbatlas_project_ip_access_list.fra"


def replaced(scene, before, after, action=Action.REPLACE_DELETE_FIRST):
    return scene.subject(scene.change(before, after), scene.resource(ENTRY, {}, {}, action=action))


@pytest.mark.parametrize("action", [Action.UPDATE, Action.REPLACE_CREATE_FIRST, Action.NO_OP])
def test_passes_an_entry_that_is_never_gone(scene, asked, action):
    entries = [scene.entry("203.0.113.7", resource=ENTRY)]

    assert asked(entries_have_no_gap, replaced(scene, entries, entries, action)) == []


def test_passes_an_entry_whose_address_another_one_covers(scene, asked):
    entries = [scene.entry("203.0.113.7", resource=ENTRY), scene.entry("203.0.113.0/24", resource="other.range")]

    assert asked(entries_have_no_gap, replaced(scene, entries, entries)) == []


def test_passes_an_address_that_is_to_leave(scene, asked):
    before, after = [scene.entry("203.0.113.7", resource=ENTRY)], [scene.entry("203.0.113.8", resource=ENTRY)]

    assert asked(entries_have_no_gap, replaced(scene, before, after)) == []


def test_finds_an_entry_that_is_gone_for_a_moment(scene):
    entries = [scene.entry("203.0.113.7", node="fra-1", resource=ENTRY)]

    found = list(entries_have_no_gap(replaced(scene, entries, entries)))

    assert [each.address for each in found] == [ENTRY]
    assert "fra-1 cannot reach orders in between" in found[0].message


def ours(scene, **before):
    entries = [scene.entry("203.0.113.7", node="fra-1"), scene.entry("203.0.113.8", node="fra-2")]
    theirs = scene.entry("198.51.100.7", is_foreign=True)
    values = {
        "entries": {"fra-1": {"cidr": "203.0.113.7/32"}, "fra-2": {"cidr": "203.0.113.8/32"}},
        "owned_entries": ["203.0.113.7", "203.0.113.8"],
        **before,
    }
    resource = scene.resource("dflow_neon_allowlist.orders", {}, values, action=Action.REPLACE_DELETE_FIRST)
    return scene.subject(scene.change([*entries, theirs], [*entries, theirs]), resource)


def test_names_nobody_whose_entry_the_dflow_provider_leaves_alone(scene):
    (found,) = entries_have_no_gap(ours(scene))

    assert found.message == "It is destroyed and created again: fra-1, fra-2 cannot reach orders in between."


@pytest.mark.parametrize("left", [{"owned_entries": ["203.0.113.8"]}, {"shared_with": {"203.0.113.7": ["billing"]}}])
def test_passes_an_entry_that_another_owner_keeps_on_the_list(scene, left):
    (found,) = entries_have_no_gap(ours(scene, **left))

    assert found.message == "It is destroyed and created again: fra-2 cannot reach orders in between."


def test_passes_a_list_of_which_others_keep_all(scene, asked):
    shared = {"203.0.113.7": ["billing"], "203.0.113.8": ["billing"]}

    assert asked(entries_have_no_gap, ours(scene, shared_with=shared)) == []


def test_cannot_tell_of_an_entry_whose_address_is_unknown(scene, asked):
    entries = [scene.entry("1 address of fra-1, known after apply", resource=ENTRY)]

    assert asked(entries_have_no_gap, replaced(scene, entries, entries)) == [f"{ENTRY} (cannot tell)"]


def test_cannot_tell_whether_an_unknown_entry_covers_it(scene, asked):
    entries = [scene.entry("203.0.113.7", resource=ENTRY), scene.entry("known after apply", resource="other.range")]

    assert asked(entries_have_no_gap, replaced(scene, entries, entries)) == [f"{ENTRY} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(entries_have_no_gap(subject)) for subject in odd_subjects]
