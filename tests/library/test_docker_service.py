"""Services that run an image."""

import pytest

from dflow_constructs import ConfigurationError, DflowStack, DockerService, Environment, PublishedPort, Scheme


def only(configuration: dict, resource_type: str) -> dict:
    (found,) = configuration["resource"][resource_type].values()
    return found


def test_a_docker_service_says_which_image_and_ports(stack: DflowStack, production: Environment, synthesize):
    DockerService(
        production,
        "worker",
        image="ghcr.io/acme/worker:1.4.2",
        ports=[PublishedPort(80, 8080), PublishedPort(443, 8080, Scheme.HTTPS)],
        docker_registry_id="reg1",
    )

    assert only(synthesize(stack), "dflow_docker_service") == {
        "environment_id": "${dflow_environment.production.id}",
        "name": "shop-production-worker",
        "description": "Kept by Terraform: stack shop, construct shop/production/worker",
        "image": "ghcr.io/acme/worker:1.4.2",
        "docker_registry_id": "reg1",
        "ports": [
            {"host_port": 80, "container_port": 8080, "scheme": "http"},
            {"host_port": 443, "container_port": 8080, "scheme": "https"},
        ],
    }


def test_a_worker_nobody_calls_has_no_ports(stack: DflowStack, production: Environment, synthesize):
    DockerService(production, "worker", image="acme/worker")

    assert "ports" not in only(synthesize(stack), "dflow_docker_service")


@pytest.mark.parametrize("image", ["", "acme/worker latest"])
def test_what_is_no_image_is_refused(production: Environment, image: str):
    with pytest.raises(ConfigurationError, match="is no image name; write one with its tag, or"):
        DockerService(production, "worker", image=image)


def test_a_port_that_does_not_exist_is_refused():
    with pytest.raises(ConfigurationError, match=r"PublishedPort\(0, 8080\): port 0 does not exist; use 1 to 65535"):
        PublishedPort(0, 8080)


def test_what_is_no_port_to_publish_is_refused(production: Environment):
    with pytest.raises(
        ConfigurationError, match=r"ports holds 80; write the node's port and the container's, Published"
    ):
        DockerService(production, "worker", image="acme/worker:1", ports=[80])


def test_a_port_of_the_node_leads_to_one_of_the_container(production: Environment):
    with pytest.raises(ConfigurationError, match="the node's port 80 leads to both 8080 and 9090; give one of them an"):
        DockerService(
            production, "worker", image="acme/worker:1", ports=[PublishedPort(80, 8080), PublishedPort(80, 9090)]
        )
