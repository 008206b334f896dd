"""DFLOW101: lists and variables change through Terraform alone."""

from __future__ import annotations

import pytest

from dflow_review.plan import Action
from dflow_review.rules.drift import changes_come_through_terraform

LIST = "dflow_neon_allowlist.orders"


def drifted(scene, address, was, found, wanted, **more):
    return [
        scene.resource(address, found, was, is_drift=True),
        scene.resource(address, wanted, found, **more),
    ]


def test_passes_what_the_plan_takes_note_of(scene, asked):
    resources = drifted(scene, LIST, {"a": 1}, {"a": 2}, {"a": 2}, action=Action.NO_OP)

    assert asked(changes_come_through_terraform, scene.subject(*resources)) == []


def test_passes_a_change_of_something_else(scene, asked):
    resources = drifted(scene, LIST, {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 3})

    assert asked(changes_come_through_terraform, scene.subject(*resources)) == []


def test_passes_drift_that_is_no_concern_of_the_review(scene, asked):
    resources = drifted(scene, "acme_thing.a", {"a": 1}, {"a": 2}, {"a": 1})

    assert asked(changes_come_through_terraform, scene.subject(*resources)) == []


@pytest.mark.parametrize("address", [LIST, "dflow_service_variables.web"])
def test_finds_what_the_plan_takes_back(scene, address):
    resources = drifted(scene, address, {"entries": 1}, {"entries": 2}, {"entries": 1})

    found = list(changes_come_through_terraform(scene.subject(*resources)))

    assert [(each.address, each.message) for each in found] == [
        (address, "It was changed by hand (entries), and this plan takes it back.")
    ]


def test_finds_drift_of_the_vendors_own_lists(scene, asked):
    address = "neon_project.orders"
    resources = drifted(scene, address, {"allowed_ips": 1}, {"allowed_ips": 2}, {"allowed_ips": 1})
    change = scene.change([scene.entry("203.0.113.7", resource=address)])

    assert asked(changes_come_through_terraform, scene.subject(*resources, change)) == [address]


def test_finds_what_was_removed_by_hand(scene):
    gone = scene.resource(LIST, None, {"a": 1}, is_drift=True)

    found = list(changes_come_through_terraform(scene.subject(gone, scene.resource(LIST, {"a": 1}))))

    assert [each.message for each in found] == ["It was removed by hand, and this plan takes it back."]


def test_cannot_tell_of_what_is_known_after_apply(scene, asked):
    resources = drifted(scene, LIST, {"a": 1}, {"a": 2}, {"a": None}, unknown={"a": True})

    assert asked(changes_come_through_terraform, scene.subject(*resources)) == [f"{LIST} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(changes_come_through_terraform(subject)) for subject in odd_subjects]
