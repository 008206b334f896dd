"""Values that other stacks read."""

import json

import pytest

from dflow_constructs import (
    App,
    ConfigurationError,
    DflowStack,
    DockerService,
    Environment,
    Registry,
    RegistryAccount,
    Secret,
)


def outputs(directory, *, read: bool) -> dict:
    app = App(outdir=str(directory))
    shared = DflowStack(app, "shared")
    token = Secret.from_environment("GHCR_TOKEN")
    ghcr = RegistryAccount(shared, "ghcr", registry=Registry.GITHUB, username="acme", password=token)
    shared.offer(ghcr.account_id)
    shared.offer(ghcr.account_id)
    if read:
        environment = Environment(DflowStack(app, "live"), "live", application="shop", worker_nodes=["fra-1"])
        DockerService(environment, "worker", image="ghcr.io/acme/worker:1", docker_registry_id=ghcr.account_id)
    app.synth()
    return json.loads((directory / "stacks" / "shared" / "cdk.tf.json").read_text())["output"]


def test_a_value_that_is_offered_is_there_whether_its_reader_is_built_or_not(tmp_path):
    alone, along = outputs(tmp_path / "alone", read=False), outputs(tmp_path / "along", read=True)

    assert alone == along
    ((_, output),) = alone.items()
    assert output["value"] == "${dflow_docker_registry.ghcr.id}"


@pytest.mark.parametrize("value", ["text", "a ${dflow_docker_registry.ghcr.id}"])
def test_only_an_attribute_can_be_offered(stack, value: str):
    with pytest.raises(ConfigurationError, match="only an attribute of one resource can be offered, such as"):
        stack.offer(value)
