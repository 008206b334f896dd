"""An Environment that exists, on whatever node it is attached to."""

from __future__ import annotations

import pytest

from dflow_constructs import (
    AppService,
    Attached,
    AwsSecurityGroup,
    ConfigurationError,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Manager,
    Secret,
)

SOURCE = GitHub("acme/shop", branch="main")


@pytest.fixture
def attached(stack: DflowStack) -> Environment:
    return Environment(stack, "canary", application="shop", worker_nodes=Attached())


def test_the_environment_is_looked_up_and_left_as_it_is(stack, attached, synthesize):
    AppService(attached, "web", source=SOURCE)

    found = synthesize(stack)
    assert "dflow_environment" not in found["resource"]
    assert found["data"]["dflow_environment"]["canary"]["name"] == "shop-canary"
    (service,) = found["resource"]["dflow_app_service"].values()
    assert service["environment_id"] == "${data.dflow_environment.canary.id}"


def test_its_entry_follows_the_node_under_a_key_that_never_changes(stack, attached, orders, synthesize):
    AppService(attached, "web", source=SOURCE).connect_to(orders)

    found = synthesize(stack)
    ((name, node),) = found["data"]["dflow_worker_node"].items()
    assert node["id"] == "${one(data.dflow_environment.canary.worker_nodes)}"
    assert node["require_outbound_ip"] is True
    (allowlist,) = found["resource"]["dflow_aws_security_group_allowlist"].values()
    assert allowlist["entries"] == {"shop-canary": {"cidr": f"${{data.dflow_worker_node.{name}.outbound_cidr}}"}}
    (connection,) = stack.connections
    assert connection.entries == ("shop-canary",)


def test_it_works_for_an_official_provider_as_well(stack, attached, synthesize):
    group = AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL)
    AppService(attached, "web", source=SOURCE).connect_to(with_list(stack, group))

    ((_, table),) = synthesize(stack)["locals"].items()
    assert list(table) == ["shop-canary"]


def with_list(stack, allowlist) -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        "stock",
        engine=Engine.REDIS,
        host="stock.example.com",
        password=Secret.from_environment("STOCK_PASSWORD"),
        allowlist=allowlist,
    )


def test_a_declared_address_replaces_the_one_dflow_knows(stack, attached, orders, synthesize):
    attached.add_egress("shop-canary", "18.195.4.7")
    AppService(attached, "web", source=SOURCE).connect_to(orders)

    (allowlist,) = synthesize(stack)["resource"]["dflow_aws_security_group_allowlist"].values()
    assert allowlist["entries"] == {"shop-canary": {"cidr": "18.195.4.7/32"}}


def test_another_node_cannot_be_named_as_well(attached):
    with pytest.raises(ConfigurationError, match=r"worker_nodes is Attached\(\), and 'fra-1' would be another node"):
        attached.add_worker_node("fra-1")


@pytest.mark.parametrize("change", [{"description": "x"}, {"hard_delete": True}])
def test_what_would_change_the_environment_is_refused(stack, change):
    with pytest.raises(ConfigurationError, match="takes an Environment as it is, and description or hard_delete"):
        Environment(stack, "canary", application="shop", worker_nodes=Attached(), **change)


def test_a_node_called_like_the_environment_is_no_other_entry_s_key(stack, attached, orders):
    AppService(attached, "web", source=SOURCE).connect_to(orders)
    other = Environment(stack, "other", application="shop", worker_nodes=["shop-canary"])

    with pytest.raises(ConfigurationError, match="'shop-canary' is the key of two nodes' entries on the allowlist of"):
        AppService(other, "web", source=SOURCE).connect_to(orders)
