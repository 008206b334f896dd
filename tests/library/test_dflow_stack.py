"""The stack and its provider."""

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    App,
    AppService,
    ConfigurationError,
    DatabaseService,
    DflowStack,
    DockerService,
    Engine,
    Environment,
    GitHub,
)


def test_a_stack_brings_the_provider_and_reads_settings_when_terraform_runs(stack: DflowStack, synthesize):
    found = synthesize(stack)

    assert found["terraform"]["required_providers"]["dflow"]["source"] == "dflow-cdktf/dflow"
    assert found["provider"]["dflow"] == [{}]


def test_settings_may_stand_in_the_program(app: App, synthesize):
    stack = DflowStack(app, "shop", endpoint="https://dflow.example.com", tenant="acme", ca_file="/etc/ca.pem")

    assert synthesize(stack)["provider"]["dflow"] == [
        {"endpoint": "https://dflow.example.com", "tenant": "acme", "ca_file": "/etc/ca.pem"}
    ]


def test_an_api_key_cannot_stand_in_the_program(app: App):
    with pytest.raises(TypeError, match="api_key"):
        DflowStack(app, "shop", api_key="secret")


def test_a_backend_of_the_users_choice_is_kept(app: App, synthesize):
    stack = DflowStack(app, "shop")
    cdk.S3Backend(stack, bucket="state", key="shop.tfstate", region="eu-central-1")

    assert list(synthesize(stack)["terraform"]["backend"]) == ["s3"]


def test_whoever_looks_into_dflow_reads_who_keeps_it(app: App, synthesize):
    stack = DflowStack(app, "shop", description="Kept in github.com/acme/infra")
    production = Environment(stack, "production", application="shop", worker_nodes=["fra-1"])
    AppService(production, "web", source=GitHub("acme/shop", branch="main"))
    DockerService(production, "worker", image="ghcr.io/acme/worker:1.4.2")
    DatabaseService(production, "cache", engine=Engine.REDIS)
    DatabaseService(production, "other", engine=Engine.REDIS, description="Ask #shop")
    existing = Environment.from_name(stack, "marketing", "marketing-7cis")
    DatabaseService.from_name(existing, "db", "marketing-7cis-db", engine=Engine.MYSQL)

    found = synthesize(stack)

    described = {
        block["name"]: block["description"]
        for blocks in found["resource"].values()
        for block in blocks.values()
        if "description" in block
    }
    assert described == {
        **dict.fromkeys(
            ("shop-production", "shop-production-web", "shop-production-worker", "shop-production-cache"),
            "Kept in github.com/acme/infra",
        ),
        "shop-production-other": "Ask #shop",
    }
    assert all("description" not in block for blocks in found["data"].values() for block in blocks.values())


def test_an_environment_may_stand_deep_in_a_stack(stack: DflowStack, synthesize):
    inner = cdk.TerraformElement(stack, "region")
    Environment(inner, "production", application="shop", worker_nodes=["fra-1"])

    assert list(synthesize(stack)["resource"]["dflow_environment"]) == ["region_production_AAA065B1"]


def test_an_environment_outside_a_dflow_stack_is_refused(app: App):
    with pytest.raises(
        ConfigurationError, match=r"plain/production: there is no DflowStack around it; create one, Dflow"
    ):
        Environment(cdk.TerraformStack(app, "plain"), "production", application="shop", worker_nodes=["fra-1"])
