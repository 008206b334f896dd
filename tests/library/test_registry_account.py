"""Accounts that pull private images."""

import pytest

from dflow_constructs import (
    ConfigurationError,
    DflowStack,
    DockerService,
    Registry,
    RegistryAccount,
    Secret,
)

TOKEN = Secret.from_environment("GHCR_TOKEN")


@pytest.fixture
def ghcr(stack: DflowStack) -> RegistryAccount:
    return RegistryAccount(stack, "ghcr", registry=Registry.GITHUB, username="acme", password=TOKEN)


def test_an_account_keeps_its_password_out_of_the_output(stack, production, ghcr, synthesize):
    DockerService(production, "worker", image="ghcr.io/acme/worker:1.4.2", registry=ghcr)

    resources = synthesize(stack)["resource"]
    (account,) = resources["dflow_docker_registry"].values()
    assert account.pop("password_wo_version")
    assert account == {
        "name": "ghcr",
        "type": "github",
        "username": "acme",
        "password_wo": "${ephemeral.dflow_process_environment.secret-GHCR_TOKEN.value}",
    }
    (worker,) = resources["dflow_docker_service"].values()
    assert worker["docker_registry_id"] == "${dflow_docker_registry.ghcr.id}"


def test_an_image_may_be_named_by_its_digest(stack, production, synthesize):
    image = f"ghcr.io/acme/worker@sha256:{'a1' * 32}"
    DockerService(production, "worker", image=image)

    (worker,) = synthesize(stack)["resource"]["dflow_docker_service"].values()
    assert worker["image"] == image


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("acme/worker:1", "does not come from ghcr.io, where shop/ghcr is an account"),
        ("https://ghcr.io/acme/worker:1", "leave the scheme out, image='ghcr.io/acme/worker:1'"),
        ("ghcr.io/Acme/worker:1", "capital letters may stand in a tag only"),
        ("ghcr.io/acme/worker@sha256:abc", "a digest of 64 digits"),
        ("ghcr.io/acme/worker:", "is no image name"),
    ],
)
def test_an_image_that_could_not_be_pulled_is_refused(production, ghcr, image: str, words: str):
    with pytest.raises(ConfigurationError, match=words):
        DockerService(production, "worker", image=image, registry=ghcr)


def test_docker_hub_needs_no_host_in_the_name(stack, production):
    hub = RegistryAccount(stack, "hub", registry=Registry.DOCKER_HUB, username="acme", password=TOKEN)

    DockerService(production, "one", image="acme/worker:1", registry=hub)
    DockerService(production, "two", image="docker.io/acme/worker:1", registry=hub)


def test_one_account_pulls_an_image(production, ghcr):
    with pytest.raises(ConfigurationError, match="both name the account that pulls the image; leave one out"):
        DockerService(production, "worker", image="ghcr.io/a/b:1", registry=ghcr, docker_registry_id="reg1")


def test_a_password_in_the_program_is_refused(stack):
    with pytest.raises(ConfigurationError, match="password is not a Secret") as refusal:
        RegistryAccount(stack, "ghcr", registry=Registry.GITHUB, username="acme", password="hunter2")

    assert "hunter2" not in str(refusal.value)
