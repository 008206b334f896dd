"""DFLOW081 and DFLOW082: variables arrive as they were written, and stay so."""

from __future__ import annotations

import pytest

from dflow_review.rules.altered_variable import secrets_stay_the_same, variables_arrive_unaltered

VARIABLES = "dflow_service_variables.web"


@pytest.mark.parametrize(
    "value",
    [
        "info",
        "",
        "7",
        "0",
        "0.5",
        "a#b",
        "it's",
        "{{ shop-cache.REDIS_URI }}",
        " {{shop-cache.REDIS_URI}} ",
        "https://{{ shop-web.DFLOW_PUBLIC_DOMAIN }}/path",
        "{{ a.B }}{{ c.D }} and more",
        "x" * 19_982,
    ],
)
def test_passes_what_arrives_unaltered(scene, asked, value):
    assert asked(variables_arrive_unaltered, scene.subject(scene.variables({"A": value}))) == []


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("pa$$word", "a dollar sign"),
        ("`id`", "a backtick"),
        ('say "hi"', "a double quote"),
        ("C:\\temp", "a backslash"),
        ("two\nlines", "a line break"),
        ("'#fff'", "cuts off"),
        ("007", "takes away"),
        ("+5", "takes away"),
        ("-0", "takes away"),
        ("x" * 19_983, "takes no more than 19,982"),
        ("{{ open", "without a matching"),
        ("{{ shop-db.POSTGRES_URI }}?sslmode=require", "drops what follows"),
        ("\ufeff{{ shop-db.POSTGRES_URI }}/0", "drops what follows"),
    ],
)
def test_finds_what_dflow_or_the_node_alters_and_shows_no_value(scene, value, why):
    found = list(variables_arrive_unaltered(scene.subject(scene.variables({"GREETING": value}))))

    assert [each.address for each in found] == [VARIABLES]
    assert found[0].message.startswith("variables.GREETING ")
    assert why in found[0].message
    assert value not in found[0].message


@pytest.mark.parametrize("name", ["PAYLOAD-SECRET", "2FA", "a b"])
def test_finds_names_that_no_variable_can_have(scene, asked, name):
    assert asked(variables_arrive_unaltered, scene.subject(scene.variables({name: "x"}))) == [VARIABLES]


@pytest.mark.parametrize("value", ["secret", "secret(", "{{ shop-web.SECRET }}"])
def test_passes_what_dflow_makes_no_value_for(scene, asked, value):
    assert asked(secrets_stay_the_same, scene.subject(scene.variables({"A": value}))) == []


@pytest.mark.parametrize("value", ['{{ secret(32, "abc") }}', "{{secret(8, 'xyz')}}-suffix", "{{ secret(32) }}"])
def test_finds_values_that_dflow_makes_up_anew(scene, asked, value):
    assert asked(secrets_stay_the_same, scene.subject(scene.variables({"A": value}))) == [VARIABLES]


@pytest.mark.parametrize("check", [variables_arrive_unaltered, secrets_stay_the_same])
def test_cannot_tell_of_values_that_are_known_after_apply(scene, check):
    variables = scene.variables({"LOG_LEVEL": "info", "B": None, "A": None}, unknown=["A", "B"])
    all_of_them = scene.resource("dflow_service_variables.api", {}, unknown={"variables": True})

    found = list(check(scene.subject(variables, all_of_them)))

    assert [(each.address, each.answer.value) for each in found] == [
        (VARIABLES, "cannot tell"),
        ("dflow_service_variables.api", "cannot tell"),
    ]
    assert "A, B" in found[0].message


@pytest.mark.parametrize("check", [variables_arrive_unaltered, secrets_stay_the_same])
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
