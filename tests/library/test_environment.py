"""Environments, their nodes and their addresses."""

from collections.abc import Callable

import pytest

from dflow_constructs import ConfigurationError, DflowStack, Environment


def test_an_environment_runs_on_the_node_it_names(stack: DflowStack, production: Environment, synthesize):
    found = synthesize(stack)

    block = found["resource"]["dflow_environment"]["production"]
    assert block["name"] == "shop-production"
    assert block["worker_nodes"] == ["${data.dflow_worker_node.worker-node-fra-1.id}"]
    assert found["data"]["dflow_worker_node"]["worker-node-fra-1"]["name"] == "fra-1"


def test_a_node_is_looked_up_once_for_all_environments(stack: DflowStack, production, synthesize):
    Environment(stack, "canary", application="shop", worker_nodes=["fra-1"])

    assert list(synthesize(stack)["data"]["dflow_worker_node"]) == ["worker-node-fra-1"]


def test_nodes_whose_names_differ_in_a_dot_stay_two(stack: DflowStack, synthesize):
    """The CDK drops characters that Terraform's names cannot have."""
    for number, name in enumerate(["fra1", "fra.1", "fra 1"]):
        Environment(stack, f"e{number}", application="shop", worker_nodes=[name])

    nodes = synthesize(stack)["data"]["dflow_worker_node"]
    assert sorted(node["name"] for node in nodes.values()) == ["fra 1", "fra.1", "fra1"]


def test_naming_the_same_node_again_changes_nothing(production: Environment):
    production.add_worker_node("fra-1")

    assert production.worker_nodes == ("fra-1",)


def test_an_environment_without_a_node_is_refused_at_once(stack: DflowStack):
    with pytest.raises(ConfigurationError) as refusal:
        Environment(stack, "production", application="shop", worker_nodes=[])

    assert str(refusal.value) == (
        "shop/production: worker_nodes=[]: an Environment runs on a Worker Node and this one has none, so nothing "
        'could be deployed and nobody let in; name one, worker_nodes=["fra-1"]'
    )


def test_a_name_that_is_no_list_is_not_taken_for_its_letters(stack: DflowStack):
    with pytest.raises(ConfigurationError, match=r"is one name and not a list; write worker_nodes=\['fra-1'\]"):
        Environment(stack, "production", application="shop", worker_nodes="fra-1")


def test_an_environment_whose_node_was_never_named_is_refused_at_synthesis(stack: DflowStack, synthesize):
    Environment(stack, "production", application="shop")

    with pytest.raises(
        RuntimeError, match="shop/production: an Environment runs on a Worker Node and this one has none"
    ):
        synthesize(stack)


def at_once(stack: DflowStack) -> None:
    Environment(stack, "production", application="shop", worker_nodes=["fra-1", "fra-2"])


def one_after_the_other(stack: DflowStack) -> None:
    Environment(stack, "production", application="shop", worker_nodes=["fra-1"]).add_worker_node("fra-2")


@pytest.mark.parametrize("name_two", [at_once, one_after_the_other])
def test_two_nodes_are_refused_with_what_holds_one(stack: DflowStack, name_two: Callable[[DflowStack], None]):
    with pytest.raises(ConfigurationError) as refusal:
        name_two(stack)

    assert str(refusal.value) == (
        "shop/production: worker_nodes=['fra-1', 'fra-2']: the public control plane attaches exactly one Worker Node "
        "to an Environment; keep one and build an Environment of its own for each other node, and declare further "
        'addresses its services leave from with egress={"nat-a": "…"}'
    )


def test_a_node_without_a_name_is_refused(stack: DflowStack):
    with pytest.raises(ConfigurationError, match="a Worker Node has no name; write the one it has in dFlow"):
        Environment(stack, "production", application="shop", worker_nodes=[" "])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("0.0.0.0/0", "egress 'nat-a': '0.0.0.0/0' lets in everybody"),
        ("999.999.999.999", "egress 'nat-a': '999.999.999.999' is what dFlow notes for a node without an address"),
        ("10.0.0.7", "egress 'nat-a': '10.0.0.7' is private"),
    ],
)
def test_an_address_no_database_could_see_is_refused(stack: DflowStack, address: str, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        Environment(stack, "production", application="shop", worker_nodes=["fra-1"], egress={"nat-a": address})

    assert str(refusal.value).startswith(f"shop/production: {words}")


def test_one_name_holds_one_address(production: Environment):
    production.add_egress("nat-a", "18.195.4.7")
    production.add_egress("nat-a", "18.195.4.7/32")

    assert production.egress == {"nat-a": "18.195.4.7/32"}
    with pytest.raises(ConfigurationError, match=r"egress 'nat-a' is already '18\.195\.4\.7/32' and cannot be"):
        production.add_egress("nat-a", "18.195.4.8")


def test_an_address_without_a_name_is_refused(production: Environment):
    with pytest.raises(ConfigurationError, match=r"egress '18\.195\.4\.7' has no name; give it one"):
        production.add_egress(" ", "18.195.4.7")


def test_what_a_reader_gets_is_a_copy(production: Environment):
    production.egress["nat-a"] = "18.195.4.7/32"

    assert production.egress == {}


def test_an_environment_may_be_removed_for_good(stack: DflowStack, synthesize):
    Environment(stack, "production", application="shop", worker_nodes=["fra-1"], hard_delete=True, description="Live")

    block = synthesize(stack)["resource"]["dflow_environment"]["production"]
    assert (block["hard_delete"], block["description"]) == (True, "Live")


@pytest.mark.parametrize("name", [1, None, " "])
def test_a_worker_node_has_a_name(stack: DflowStack, name):
    with pytest.raises(
        ConfigurationError, match='a Worker Node has no name; write the one it has in dFlow, \\["fra-1"'
    ):
        Environment(stack, "production", application="shop", worker_nodes=[name])
