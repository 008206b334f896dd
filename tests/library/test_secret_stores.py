"""Secrets from stores, files, other secrets and the program itself."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

from dflow_cdk.element import Provider
from dflow_cdk.inputs import Kind
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    AzureMySql,
    ConfigurationError,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Manager,
    OnePasswordField,
    Secret,
)

SCHEMAS = json.loads((Path(__file__).parent / "data" / "ephemeral_schemas.json").read_text(encoding="utf-8"))
ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/orders"
KEY_VAULT = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop"

STORES = [
    (
        Secret.from_aws_secrets_manager("shop/orders", region="eu-central-1", stored_version="abc"),
        "aws_secretsmanager_secret_version",
        {"secret_id": "shop/orders", "region": "eu-central-1", "version_id": "abc"},
        "{}.secret_string",
    ),
    (
        Secret.from_aws_secrets_manager("rds!db-1", key="password"),
        "aws_secretsmanager_secret_version",
        {"secret_id": "rds!db-1"},
        'jsondecode({}.secret_string)["password"]',
    ),
    (Secret.from_aws_ssm(ARN), "aws_ssm_parameter", {"arn": ARN}, "{}.value"),
    (
        Secret.from_google_secret_manager("orders", project="shop-1", key="password"),
        "google_secret_manager_secret_version",
        {"secret": "orders", "project": "shop-1", "version": "latest"},
        'jsondecode({}.secret_data)["password"]',
    ),
    (
        Secret.from_azure_key_vault(KEY_VAULT, "orders"),
        "azurerm_key_vault_secret",
        {"name": "orders", "key_vault_id": KEY_VAULT},
        "{}.value",
    ),
    (
        Secret.from_vault("kv", "shop/orders", key="password", stored_version=3),
        "vault_kv_secret_v2",
        {"mount": "kv", "name": "shop/orders", "version": 3},
        '{}.data["password"]',
    ),
    (
        Secret.from_onepassword("hfnjvi6aymbsnfc2xeeoheizda", title="Orders"),
        "onepassword_item",
        {"vault": "hfnjvi6aymbsnfc2xeeoheizda", "title": "Orders"},
        "{}.password",
    ),
    (
        Secret.from_onepassword("hfnjvi6aymbsnfc2xeeoheizda", uuid="u1", field=OnePasswordField.CREDENTIAL),
        "onepassword_item",
        {"vault": "hfnjvi6aymbsnfc2xeeoheizda", "uuid": "u1"},
        "{}.credential",
    ),
]


class Aws(Provider):
    """A configuration of the program's own."""

    TF_RESOURCE_TYPE: ClassVar[str] = "aws"
    SOURCE: ClassVar[str] = "hashicorp/aws"
    KINDS: ClassVar[dict[str, Kind]] = {"region": Kind.STRING}
    GENERATOR: ClassVar[dict[str, str]] = {"providerName": "aws"}


def variables_of(configuration: dict[str, Any]) -> dict[str, Any]:
    (variables,) = configuration["resource"]["dflow_service_variables"].values()
    return variables


def version_with(web: AppService, synthesize, secret: Secret) -> str:
    web.add_variable("TOKEN", secret)
    return variables_of(synthesize(web.environment.stack))["secret_variables_wo_version"]


@pytest.mark.parametrize(
    ("secret", "kind", "arguments", "value"), STORES, ids=[f"{kind} {value}" for _, kind, _, value in STORES]
)
def test_a_store_is_read_as_its_provider_documents_it(
    stack: DflowStack, web: AppService, synthesize, secret: Secret, kind: str, arguments: dict, value: str
):
    web.add_variable("TOKEN", secret)

    found = synthesize(stack)
    ((name, block),) = found["ephemeral"][kind].items()
    block.pop("//", None)
    assert block == arguments
    documented = SCHEMAS[kind]
    assert set(block) <= set(documented["arguments"])
    assert {argument for argument, facts in documented["arguments"].items() if facts["required"]} <= set(block)
    written = value.format(f"ephemeral.{kind}.{name}")
    assert re.search(rf"{re.escape(name)}\.({'|'.join(documented['values'])})\b", written)
    assert variables_of(found)["secret_variables_wo"] == {"TOKEN": f"${{{written}}}"}
    (provider,) = [name for name in found["terraform"]["required_providers"] if name != "dflow"]
    assert found["terraform"]["required_providers"][provider]["source"] == documented["source"]
    assert re.fullmatch(r">= \d+\.\d+, < \d+\.\d+", found["terraform"]["required_providers"][provider]["version"])
    assert list(found["provider"][provider]) == [{"features": [{}]} if provider == "azurerm" else {}]


def test_fields_of_one_secret_are_read_at_once(stack: DflowStack, web: AppService, synthesize):
    web.add_variables(
        {key.upper(): Secret.from_aws_secrets_manager("shop/orders", key=key) for key in ("username", "password")}
    )

    assert len(synthesize(stack)["ephemeral"]["aws_secretsmanager_secret_version"]) == 1


def test_a_store_is_read_with_the_program_s_own_provider(stack: DflowStack, web: AppService, synthesize):
    here = Aws(stack, "ireland", inputs={"region": "eu-west-1"}, alias="ireland")
    web.add_variables(
        {
            "HERE": Secret.from_aws_secrets_manager("orders", provider=here),
            "A": Secret.from_aws_secrets_manager("orders"),
        }
    )

    blocks = synthesize(stack)["ephemeral"]["aws_secretsmanager_secret_version"].values()
    assert sorted(block.get("provider", "") for block in blocks) == ["", "aws.ireland"]


def test_an_allowlist_and_a_store_share_a_provider_of_versions_that_fit_both(
    stack: DflowStack, web: AppService, synthesize
):
    web.connect_to(
        ExternalDatabase(
            stack,
            "orders",
            engine=Engine.MYSQL,
            host="db.example.com",
            username="shop",
            password=Secret.from_azure_key_vault(KEY_VAULT, "orders"),
            allowlist=AzureMySql(
                subscription_id="0f8fad5b-d9cb-469f-a165-70867728950e",
                resource_group="shop",
                server_name="orders",
                manager=Manager.OFFICIAL,
            ),
        )
    )

    found = synthesize(stack)
    assert found["provider"]["azurerm"] == [{"features": [{}]}]
    assert sorted(found["terraform"]["required_providers"]["azurerm"]["version"].split(", ")) == [
        "< 6.0",
        "< 6.0",
        ">= 4.0",
        ">= 4.20",
    ]


def test_a_provider_of_another_stack_is_refused(app, stack: DflowStack, web: AppService):
    elsewhere = Aws(DflowStack(app, "other", tenant="x"), "aws", inputs={}, alias=None)

    with pytest.raises(ConfigurationError, match="with the provider other/aws, which is configured in another stack"):
        web.add_variable("TOKEN", Secret.from_aws_secrets_manager("orders", provider=elsewhere))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Secret.from_vault("kv", "a", key="x"), Secret.from_vault("kv", "a", key="x", stored_version=2)),
        (Secret.from_vault("kv", "a", key="x"), Secret.from_vault("kv", "a", key="x", version="2")),
        (Secret.from_vault("kv", "a", key="x"), Secret.from_vault("kv", "a", key="y")),
        (Secret.from_file("/run/a"), Secret.from_file("/run/a", version="2")),
        (Secret.from_file("/run/a"), Secret.from_environment("a")),
    ],
)
def test_another_place_or_version_is_another_version_of_the_variables(app, synthesize, one: Secret, other: Secret):
    def version(tenant: str, secret: Secret) -> str:
        environment = Environment(
            DflowStack(app, f"stack-{tenant}", tenant=tenant), "e", application="shop", worker_nodes=["fra-1"]
        )
        return version_with(AppService(environment, "web", source=GitHub("a/b", branch="main")), synthesize, secret)

    assert version("a", one) != version("b", other)


def test_a_file_is_read_where_terraform_runs(stack: DflowStack, web: AppService, synthesize):
    web.add_variable("TOKEN", Secret.from_file("/run/secrets/orders"))

    found = synthesize(stack)
    ((name, block),) = found["ephemeral"]["dflow_process_file"].items()
    assert block["path"] == "/run/secrets/orders"
    assert variables_of(found)["secret_variables_wo"] == {"TOKEN": f"${{ephemeral.dflow_process_file.{name}.value}}"}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Secret.from_file("orders"), "no path from the root or the home folder"),
        (lambda: Secret.from_file("hunter2"), "If it was the secret itself: put it in a file"),
        (lambda: Secret.from_aws_secrets_manager(" "), "secret is empty; write the one it has in the store"),
        (lambda: Secret.from_aws_secrets_manager("a", key='"'), "key '\"' is empty or holds more than"),
        (lambda: Secret.from_aws_ssm("/shop/hunter2"), "no ARN of a parameter"),
        (lambda: Secret.from_azure_key_vault("shop", "orders"), "key_vault_id is no resource id"),
        (lambda: Secret.from_vault("kv/", "orders", key="a"), "mount 'kv/' is empty or has a slash at an end"),
        (lambda: Secret.from_vault("kv", "orders", key=""), "key '' is empty"),
        (lambda: Secret.from_onepassword("v"), "give exactly one of them"),
        (lambda: Secret.from_onepassword("v", title="a", uuid="b"), "give exactly one of them"),
        (lambda: Secret.insecure_literal("", reason="x"), "the value is empty"),
        (lambda: Secret.insecure_literal("hunter2", reason=" "), "nobody could tell why; say it, reason="),
        (lambda: Secret.derived(Secret.from_environment("S"), "a b"), "label 'a b' or version '1' holds more than"),
        (lambda: Secret.derived(Secret.from_environment("S"), "a", length=16), "length 16 is not from 32"),
        (lambda: Secret.derived("hunter2", "a"), "seed is not a Secret"),
    ],
)
def test_a_place_that_cannot_be_is_refused_and_a_secret_not_repeated(make, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        make()

    assert str(refusal.value).startswith("Secret.")
    assert words in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_a_derived_secret_is_computed_by_terraform(stack: DflowStack, web: AppService, synthesize):
    """Twice with the seed, so that none can be computed from another; the digits are safe for the node's shell."""
    seed = Secret.from_environment("SHOP_SEED")
    web.add_variables({"A": Secret.derived(seed, "session-key"), "B": Secret.derived(seed, "csrf", length=128)})

    found = variables_of(synthesize(stack))["secret_variables_wo"]
    name = "ephemeral.dflow_process_environment.secret-SHOP_SEED.value"
    assert found["A"] == (f'${{substr(sha512("${{{name}}}/${{sha512("${{{name}}}/session-key/1")}}"), 0, 64)}}')
    assert found["B"].endswith(", 0, 128)}")


def test_an_insecure_literal_is_an_output_of_every_plan(stack: DflowStack, web: AppService, synthesize):
    web.add_variable("TOKEN", Secret.insecure_literal("it's 100%{x}", reason="the sandbox"))
    web.add_variable("OTHER", Secret.insecure_literal("b", reason="the sandbox"))

    found = synthesize(stack)
    assert variables_of(found)["secret_variables_wo"] == {"OTHER": '${"b"}', "TOKEN": '${"it\'s 100%%{x}"}'}
    (output,) = found["output"].values()
    assert output["value"] == {"shop: a secret stands in the program": ["the sandbox"]}


def test_an_insecure_literal_in_a_url_is_encoded(stack: DflowStack, web: AppService, synthesize):
    web.connect_to(
        ExternalDatabase(
            stack,
            "orders",
            engine=Engine.POSTGRES,
            host="db.example.com",
            username="shop",
            password=Secret.insecure_literal('a$"\\${b}', reason="the sandbox"),
            allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        )
    )

    assert variables_of(synthesize(stack))["secret_variables_wo"]["DATABASE_URL"] == (
        'postgresql://shop:${replace(urlencode("a$\\"\\\\$${b}"), "+", "%20")}@db.example.com:5432/?sslmode=verify-full'
    )


@pytest.mark.parametrize("value", ["pa$$", "a`b", "x{{ y }}", "007", "two\nlines"])
def test_an_insecure_literal_that_would_not_arrive_is_refused_and_not_repeated(web: AppService, value: str):
    with pytest.raises(ConfigurationError) as refusal:
        web.add_variable("X", Secret.insecure_literal(value, reason="the sandbox"))

    assert "variable 'X' " in str(refusal.value)


ALL = [secret for secret, *_ in STORES] + [
    Secret.from_environment("TOKEN"),
    Secret.from_file("/run/secrets/token"),
    Secret.derived(Secret.insecure_literal("hunter2", reason="r"), "label"),
    Secret.insecure_literal("hunter2", reason="r"),
]


@pytest.mark.parametrize("secret", ALL, ids=lambda secret: secret.name)
def test_no_secret_shows_itself(secret: Secret):
    for write in (str, "{}".format):
        with pytest.raises(TypeError, match="is not text"):
            write(secret)
    assert "hunter2" not in repr(secret) + repr(secret.origin) + secret.outline
    assert hashlib.sha256(b"hunter2").hexdigest() not in repr(secret)
