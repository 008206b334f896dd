"""DFLOW080: references find what they ask for."""

from __future__ import annotations

import pytest

from dflow_review.rules.broken_reference import references_find_their_target

VARIABLES = "dflow_service_variables.web"


@pytest.fixture
def services(scene):
    return [
        scene.resource("dflow_app_service.web", {"name": "shop-web"}),
        scene.resource("dflow_database_service.db", {"name": "shop-db", "engine": "postgres"}),
        scene.resource("dflow_database_service.open", {"name": "shop-open", "engine": "mysql", "exposed_ports": ["3"]}),
        scene.resource("dflow_docker_service.old", None, {"name": "shop-old"}),
        scene.resource("dflow_app_service.new", {"name": "shop-new"}, {"name": "shop-former"}),
        scene.resource("data.dflow_service.other", {"name": "shop-other"}),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "no reference",
        "{{ shop-web.DFLOW_PUBLIC_DOMAIN }}",
        "{{ shop-web.ANY_NAME }}",
        "{{ shop-other.ANY_NAME }}",
        "{{ shop-db.POSTGRES_URI }}",
        "postgresql://{{ shop-db.POSTGRES_HOST }}:{{ shop-db.POSTGRES_PORT }}/x",
        "{{ shop-open.MYSQL_PUBLIC_URI }}",
        "{{ shop-new.ANY_NAME }}",
        '{{ secret(8, "abc") }}',
    ],
)
def test_passes_references_to_what_is_there(scene, services, asked, value):
    subject = scene.subject(*services, scene.variables({"A": value}))

    assert asked(references_find_their_target, subject) == []


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("{{ shop-old.ANY_NAME }}", "removes or renames"),
        ("{{ shop-former.ANY_NAME }}", "removes or renames"),
        ("{{ shop-db.MYSQL_URI }}", "a postgres database has POSTGRES_URI"),
        ("{{ shop-db.POSTGRES_PUBLIC_URL }}", "a postgres database has POSTGRES_URI"),
        ("{{ shop-db.POSTGRES_PUBLIC_URI }}", "not exposed"),
        ("{{ shop-web.POSTGRES_URI }}", "is no database"),
        ("{{ something else }}", "an expression that dFlow does not know"),
        ("{{ 2nd.POSTGRES_URI }}", "an expression that dFlow does not know"),
    ],
)
def test_finds_references_that_come_out_empty(scene, services, value, why):
    subject = scene.subject(*services, scene.variables({"A": f"text {value}"}))

    found = list(references_find_their_target(subject))

    assert [(each.address, each.answer.value) for each in found] == [(VARIABLES, "finding")]
    assert why in found[0].message


@pytest.mark.parametrize("value", ["{{ elsewhere.ANY_NAME }}", "{{ shop-unknown.POSTGRES_URI }}"])
def test_cannot_tell_of_services_and_engines_that_are_not_in_the_plan(scene, asked, value):
    unknown = scene.resource("dflow_database_service.u", {"name": "shop-unknown"}, unknown={"engine": True})
    subject = scene.subject(unknown, scene.variables({"A": value}))

    assert asked(references_find_their_target, subject) == [f"{VARIABLES} (cannot tell)"]


def test_cannot_tell_of_values_that_are_known_after_apply(scene, asked):
    subject = scene.subject(scene.variables({"A": None}, unknown=["A"]))

    assert asked(references_find_their_target, subject) == [f"{VARIABLES} (cannot tell)"]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(references_find_their_target(subject)) for subject in odd_subjects]
