"""DFLOW100: deployments wait for their entries."""

from __future__ import annotations

import pytest

from dflow_review.plan import Action
from dflow_review.rules.deployment_order import deployments_wait_for_entries

DEPLOYMENT = "dflow_deployment.web"
LIST = "dflow_neon_allowlist.orders"


def planned(scene, *, environments=("shop",), services=(), node="fra-1", variables_wait_for=(), **deployment):
    entry = scene.entry("203.0.113.7", node=node, environments=environments, services=services)
    of_service = {"service_id": ("dflow_app_service.web",)}
    deployment = {"after": {}, "references": {"service_id": ("dflow_service_variables.web",)}, **deployment}
    return scene.subject(
        scene.change((), [entry]),
        scene.resource(LIST, {}),
        scene.resource("dflow_environment.shop", {"name": "shop"}),
        scene.resource(
            "dflow_app_service.web", {"name": "shop-web"}, references={"environment_id": ("dflow_environment.shop",)}
        ),
        scene.resource("dflow_service_variables.web", {}, references=of_service, depends_on=variables_wait_for),
        scene.resource(DEPLOYMENT, **deployment),
    )


def test_passes_a_deployment_that_waits(scene, asked):
    assert asked(deployments_wait_for_entries, planned(scene, depends_on=(LIST,))) == []


def test_passes_a_deployment_that_waits_for_what_waits(scene, asked):
    subject = planned(scene, variables_wait_for=(f'{LIST}["a"]',))

    assert asked(deployments_wait_for_entries, subject) == []


def test_passes_entries_of_another_environment_and_of_no_node(scene, asked):
    assert asked(deployments_wait_for_entries, planned(scene, environments=("billing",))) == []
    assert asked(deployments_wait_for_entries, planned(scene, environments=(), node="")) == []


@pytest.mark.parametrize("action", [Action.UPDATE, Action.DELETE, Action.NO_OP])
def test_passes_a_deployment_that_does_not_run(scene, asked, action):
    assert asked(deployments_wait_for_entries, planned(scene, action=action)) == []


@pytest.mark.parametrize("who", [{"environments": ("shop",)}, {"environments": (), "services": ("shop-web",)}])
def test_finds_a_deployment_that_does_not_wait(scene, who):
    found = list(deployments_wait_for_entries(planned(scene, **who)))

    assert [(each.address, each.answer.value) for each in found] == [(DEPLOYMENT, "finding")]
    assert f"does not wait for {LIST}, which lets fra-1 in to orders" in found[0].message


def test_cannot_tell_which_environments_leave_from_a_node(scene, asked):
    assert asked(deployments_wait_for_entries, planned(scene, environments=())) == [f"{DEPLOYMENT} (cannot tell)"]


def test_cannot_tell_which_service_an_id_is(scene, asked):
    subject = planned(scene, references={}, after={"service_id": "6650f2a9c1d4e80012ab34ce"})

    assert asked(deployments_wait_for_entries, subject) == [f"{DEPLOYMENT} (cannot tell)"]


def test_survives_circles_and_values_of_the_wrong_type(scene, odd_subjects):
    circle = [
        scene.resource(
            "dflow_deployment.a", {}, depends_on=("x.b",), references={"service_id": ("dflow_deployment.a",)}
        ),
        scene.resource("x.b", {}, depends_on=("dflow_deployment.a",)),
    ]

    assert [list(deployments_wait_for_entries(subject)) for subject in [*odd_subjects, scene.subject(*circle)]]
