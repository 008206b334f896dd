"""DFLOW064: stacks accept no new risk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dflow_review.finding import Severity
from dflow_review.plan import Action, PlannedResource
from dflow_review.rules.accepted_risk import stacks_accept_no_new_risk
from dflow_review.values import Block

POLICY = "shop/legacy: RequireTls"
LITERAL = "shop: a secret stands in the program"
MARCH = "moves to TLS in March, ticket 4711"


def output(scene, after, before=None, *, name="accepted_risks", unknown=False, sensitive=False):
    said = PlannedResource(
        f"output.{name}",
        "",
        "",
        Action.NO_OP,
        None if before is None else Block({name: before}),
        Block({name: after}, {name: unknown}, {name: sensitive}),
    )
    subject = scene.subject()
    return replace(subject, plans=(replace(subject.plans[0], besides=(said,)),))


def test_passes_a_stack_that_accepts_nothing(scene, asked):
    assert asked(stacks_accept_no_new_risk, scene.subject()) == []
    assert asked(stacks_accept_no_new_risk, output(scene, {POLICY: [MARCH]}, name="url")) == []


def test_passes_what_was_accepted_before(scene, asked):
    accepted = {POLICY: [MARCH]}

    assert asked(stacks_accept_no_new_risk, output(scene, accepted, accepted)) == []
    assert asked(stacks_accept_no_new_risk, output(scene, None, accepted)) == []


def test_finds_each_new_risk_with_its_reason(scene):
    found = list(stacks_accept_no_new_risk(output(scene, {POLICY: [MARCH, "x"], LITERAL: ["a demo"]}, {POLICY: ["x"]})))

    assert [(each.address, each.message, each.weight) for each in found] == [
        (f'output.accepted_risks["{POLICY}"]', f"It is accepted because: {MARCH}", Severity.LOW),
        (f'output.accepted_risks["{LITERAL}"]', "It is accepted because: a demo", Severity.LOW),
    ]


@pytest.mark.parametrize(
    ("after", "unknown"), [(None, True), ({POLICY: [None]}, {POLICY: [True]}), ("${local.risks}", False)]
)
def test_cannot_tell_of_risks_that_are_known_after_apply(scene, asked, after, unknown):
    assert asked(stacks_accept_no_new_risk, output(scene, after, unknown=unknown)) == [
        "output.accepted_risks (cannot tell)"
    ]


def test_shows_no_reason_that_is_hidden_or_holds_a_secret(scene):
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    subjects = (
        output(scene, {POLICY: [MARCH]}, sensitive=True),
        output(scene, {POLICY: [f"it is {token}"]}),
        output(scene, {f"shop: {token}": ["postgres://shop:x7Yq@db/orders"]}),
    )

    found = [each for subject in subjects for each in stacks_accept_no_new_risk(subject)]

    assert [each.message for each in found] == ["It is accepted because: …"] * 3
    assert not any(secret in repr(found) for secret in (MARCH, token, "x7Yq"))


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [None], {"": None}, {"a": [{"b": 1}, None, 7]}, {"a": {"b": 1}}])
def test_survives_values_of_the_wrong_type(scene, odd):
    for before in (None, odd):
        assert not any(
            "b" in each.message.partition(":")[2] for each in stacks_accept_no_new_risk(output(scene, odd, before))
        )


def test_survives_subjects_of_the_wrong_type(odd_subjects):
    assert [list(stacks_accept_no_new_risk(subject)) for subject in odd_subjects]
