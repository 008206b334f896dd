"""The stack and its provider."""

from collections.abc import Callable

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

SOURCE = GitHub("acme/shop", branch="main")


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


@pytest.fixture
def described(synthesize) -> Callable[[DflowStack], dict[str, str | None]]:
    """Return what dFlow would show beside each Environment and Service that a stack makes, by their names there."""

    def descriptions(stack: DflowStack) -> dict[str, str | None]:
        found = synthesize(stack)
        assert all("description" not in block for blocks in found.get("data", {}).values() for block in blocks.values())
        kinds = ("environment", "app_service", "docker_service", "database_service")
        made = (block for kind in kinds for block in found["resource"].get(f"dflow_{kind}", {}).values())
        return {block["name"]: block.get("description") for block in made}

    return descriptions


def test_whoever_looks_into_dflow_reads_who_keeps_it_and_where(stack: DflowStack, described):
    production = Environment(stack, "production", application="shop", worker_nodes=["fra-1"])
    AppService(production, "web", source=SOURCE)
    DockerService(production, "worker", image="ghcr.io/acme/worker:1.4.2")
    DatabaseService(production, "cache", engine=Engine.REDIS, name="redis")

    assert described(stack) == {
        "shop-production": "Kept by Terraform: stack shop, construct shop/production",
        "shop-production-web": "Kept by Terraform: stack shop, construct shop/production/web",
        "shop-production-worker": "Kept by Terraform: stack shop, construct shop/production/worker",
        "shop-production-redis": "Kept by Terraform: stack shop, construct shop/production/cache",
    }


def test_a_stack_may_say_it_in_words_of_its_own(app: App, described):
    stack = DflowStack(app, "shop", description="Kept in github.com/acme/infra")
    production = Environment(stack, "production", application="shop", worker_nodes=["fra-1"])
    DatabaseService(production, "cache", engine=Engine.REDIS)
    DatabaseService(production, "other", engine=Engine.REDIS, description="Ask #shop")

    assert described(stack) == {
        "shop-production": "Kept in github.com/acme/infra",
        "shop-production-cache": "Kept in github.com/acme/infra",
        "shop-production-other": "Ask #shop",
    }


def test_empty_text_is_for_no_description(app: App, stack: DflowStack, described):
    silent = DflowStack(app, "silent", description="")
    for home in (stack, silent):
        live = Environment(home, "live", application=home.node.id, worker_nodes=["fra-1"])
        AppService(live, "web", source=SOURCE, description="")
        DatabaseService(live, "cache", engine=Engine.REDIS, description="the cache")

    assert described(stack) == {
        "shop-live": "Kept by Terraform: stack shop, construct shop/live",
        "shop-live-web": None,
        "shop-live-cache": "the cache",
    }
    assert described(silent) == {"silent-live": None, "silent-live-web": None, "silent-live-cache": "the cache"}


def test_what_exists_already_keeps_its_description(stack: DflowStack, described):
    existing = Environment.from_name(stack, "marketing", "marketing-7cis")
    AppService.from_name(existing, "site", "marketing-7cis-site", variables={"LOG_LEVEL": "info"})
    DatabaseService.from_name(existing, "db", "marketing-7cis-db", engine=Engine.MYSQL)

    assert described(stack) == {}


def test_a_long_way_is_shortened_in_its_middle(stack: DflowStack, described):
    inner = cdk.TerraformElement(stack, "region-" + "x" * 300)
    Environment(inner, "production", application="shop", worker_nodes=["fra-1"])

    (description,) = described(stack).values()
    assert len(description) == 199
    assert description.startswith("Kept by Terraform: stack shop, construct shop/region-xxx")
    assert description.endswith("xxx/production")
    assert description.count("…") == 1


def test_an_environment_may_stand_deep_in_a_stack(stack: DflowStack, synthesize):
    inner = cdk.TerraformElement(stack, "region")
    Environment(inner, "production", application="shop", worker_nodes=["fra-1"])

    assert list(synthesize(stack)["resource"]["dflow_environment"]) == ["region_production_AAA065B1"]


def test_an_environment_outside_a_dflow_stack_is_refused(app: App):
    with pytest.raises(
        ConfigurationError, match=r"plain/production: there is no DflowStack around it; create one, Dflow"
    ):
        Environment(cdk.TerraformStack(app, "plain"), "production", application="shop", worker_nodes=["fra-1"])


def test_a_login_in_the_endpoint_is_refused_and_not_shown(app: App):
    with pytest.raises(ConfigurationError, match=r"^shop: endpoint holds a user name or password") as refusal:
        DflowStack(app, "shop", endpoint="https://me:canary-77@dflow.example.com")

    assert "canary-77" not in str(refusal.value)
