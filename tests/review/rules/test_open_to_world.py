"""DFLOW001: databases are closed to the world."""

from __future__ import annotations

import pytest

from dflow_review.finding import Severity
from dflow_review.rules.open_to_world import databases_are_closed


def test_passes_single_addresses_and_ranges_of_companies(scene, asked):
    change = scene.change(
        (), [scene.entry("203.0.113.7/32"), scene.entry("198.51.100.0/24"), scene.entry("16.0.0.0/8")]
    )

    assert asked(databases_are_closed, scene.subject(change)) == []


@pytest.mark.parametrize(
    "world", ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/7", "2000::/3", "0.0.0.0-255.255.255.255"]
)
def test_finds_an_entry_for_everybody_or_a_good_part(scene, world):
    found = list(databases_are_closed(scene.subject(scene.change((), [scene.entry(world)]))))

    assert [each.weight for each in found] == [Severity.CRITICAL]
    assert world in found[0].message
    assert found[0].database == "orders"


def test_finds_less_in_an_entry_that_was_there_before(scene):
    entries = [scene.entry("0.0.0.0/0", is_foreign=True)]

    found = list(databases_are_closed(scene.subject(scene.change(entries, entries))))

    assert [each.weight for each in found] == [Severity.MEDIUM]
    assert "already" in found[0].message


def test_finds_what_only_the_provider_saw(scene, asked):
    resource = scene.resource("dflow_neon_allowlist.orders", {"open_to_world": True}, {"open_to_world": True})

    assert asked(databases_are_closed, scene.subject(resource)) == ["dflow_neon_allowlist.orders"]


def test_finds_what_the_provider_saw_before_and_will_look_at_again(scene, asked):
    resource = scene.resource(
        "dflow_neon_allowlist.orders",
        {"open_to_world": None},
        {"open_to_world": True},
        unknown={"open_to_world": True},
    )

    assert asked(databases_are_closed, scene.subject(resource)) == ["dflow_neon_allowlist.orders"]


def test_finds_a_list_on_which_nothing_ever_was(scene):
    nothing = scene.entry("everybody: nothing is on the list of Neon IP Allow", resource="neon_project.orders")

    changes = [scene.change((), [nothing]), scene.change([nothing], [nothing])]
    new, old = (list(databases_are_closed(scene.subject(change))) for change in changes)

    assert [each.weight for each in (*new, *old)] == [Severity.CRITICAL, Severity.MEDIUM]
    assert "nothing is on the list of Neon IP Allow" in new[0].message


def test_passes_a_list_that_is_emptied_which_another_rule_finds(scene, asked):
    change = scene.change([scene.entry("203.0.113.7")], [scene.entry("everybody: nothing is on the list")])

    assert asked(databases_are_closed, scene.subject(change)) == []


def test_cannot_tell_of_an_address_that_is_known_after_apply(scene, asked):
    change = scene.change((), [scene.entry("1 address of fra-3, known after apply", node="fra-3")])

    assert asked(databases_are_closed, scene.subject(change)) == ["dflow_neon_allowlist.orders (cannot tell)"]


def test_passes_security_groups_and_what_was_unknown_before(scene, asked):
    unknown = scene.entry("an address of somebody, known after apply")
    change = scene.change([unknown], [unknown, scene.entry("sg-0123456789abcdef0")])

    assert asked(databases_are_closed, scene.subject(change)) == []


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(databases_are_closed(subject)) for subject in odd_subjects]
