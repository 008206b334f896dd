"""What only dFlow's dashboard puts in force, asked of a program that no type checker has seen."""

from typing import Any

import pytest

from dflow_constructs import (
    AppService,
    ConfigurationError,
    DatabaseService,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    GitHub,
)

SERVICES = {
    AppService: {"source": GitHub("acme/shop", branch="main")},
    DockerService: {"image": "ghcr.io/acme/worker:1.4.2"},
    DatabaseService: {"engine": Engine.REDIS},
}
every_service = pytest.mark.parametrize("kind", SERVICES, ids=lambda kind: kind.__name__)


@every_service
@pytest.mark.parametrize(("setting", "effect"), [("volumes", "would mount them"), ("domains", "would lead to the")])
def test_a_program_that_asks_for_it_is_told_why_there_is_no_such_argument(
    production: Environment, kind: Any, setting: str, effect: str
):
    with pytest.raises(
        ConfigurationError,
        match=rf"{kind.__name__}\('web'\): {setting} is no argument: dFlow's REST API would store the record and "
        rf"nothing {effect}.*; leave it out, and set {setting} of the Service in dFlow's dashboard, where Terraform",
    ):
        kind(production, "web", **SERVICES[kind], **{setting: ["/data"]})


def test_it_is_told_whichever_way_the_arguments_are_given(production: Environment):
    with pytest.raises(ConfigurationError, match=r"AppService\('web'\): domains is no argument"):
        AppService(environment=production, id="web", domains=["shop.example.com"])
    with pytest.raises(ConfigurationError, match=r"AppService\('…'\): volumes is no argument"):
        AppService(volumes={})


@every_service
def test_nothing_is_left_in_the_stack_by_a_refused_service(
    stack: DflowStack, production: Environment, kind: Any, synthesize
):
    with pytest.raises(ConfigurationError):
        kind(production, "web", **SERVICES[kind], volumes=["/data"])
    kind(production, "web", **SERVICES[kind])

    assert len(synthesize(stack)["resource"]) == 2


@every_service
def test_any_other_argument_is_an_error_of_pythons(production: Environment, kind: Any):
    with pytest.raises(TypeError, match="colour"):
        kind(production, "web", **SERVICES[kind], colour="red")
