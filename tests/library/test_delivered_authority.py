"""A vendor's own authority, read by Terraform and delivered to services."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    Aiven,
    App,
    AppService,
    AwsSecurityGroup,
    CertificateAuthority,
    CockroachDbCloud,
    ConfigurationError,
    DatabaseVariables,
    DflowStack,
    DigitalOcean,
    Endpoint,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    GoogleCloudSql,
    LockOut,
    Manager,
    Manual,
    Neon,
    OpenToWorld,
    RenderPostgres,
    Secret,
    Supabase,
    Tls,
)

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"allow_first": LockOut("new"), "allow_empty": OpenToWorld("new")}
UUID = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"
OCEAN = DigitalOcean(UUID, **WORDS)
CLUSTER = "35c4abb2-bb66-46d7-afed-25ebef5ed2aa"
NEON = Neon("quiet-river-12345678", **WORDS)
GROUP = AwsSecurityGroup("sg-0123456789abcdef0")
RDS = "orders.abc.eu-central-1.rds.amazonaws.com"
FRANKFURT = "https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem"
OF_VENDOR = CertificateAuthority.of_vendor(file="/tmp/orders.pem")
PEM = "${base64encode(data.dflow_certificate_authority.orders_CertificateAuthority"


def database(
    scope: Any,
    allowlist: Any,
    authority: CertificateAuthority = OF_VENDOR,
    *,
    name: str = "orders",
    tls: Tls = Tls.VERIFY_FULL,
    host: str = "db.example.com",
    **facts: Any,
) -> ExternalDatabase:
    return ExternalDatabase(
        scope,
        name,
        **{
            "engine": Engine.POSTGRES,
            "host": host,
            "username": "shop",
            "password": Secret.from_environment("P"),
            "database": "orders",
            "allowlist": allowlist,
            "tls": tls.trusting(authority),
            **facts,
        },
    )


def asked(stack: DflowStack, synthesize: Any) -> list[dict[str, Any]]:
    """What Terraform is to read."""
    found = synthesize(stack).get("data", {}).get("dflow_certificate_authority", {})
    return [{name: value for name, value in each.items() if name != "//"} for each in found.values()]


def variables(web: AppService, synthesize: Any, *sources: ExternalDatabase) -> dict[str, str]:
    for source in sources:
        prefix = source.node.id.upper()
        web.connect_to(source, variables=DatabaseVariables.url(f"{prefix}_URL"))
    (block,) = synthesize(web.environment.stack)["resource"]["dflow_service_variables"].values()
    return {**block.get("variables", {}), **block.get("secret_variables_wo", {})}


def test_the_vendor_s_authority_is_read_and_delivered_in_a_variable(stack, web, synthesize):
    found = variables(web, synthesize, database(stack, OCEAN))

    assert asked(stack, synthesize) == [{"vendor": "digitalocean", "locators": {"cluster_id": UUID}}]
    assert found["ORDERS_CA_BASE64"].startswith(PEM)
    assert found["ORDERS_CA_BASE64"].endswith(".pem)}")
    assert found["ORDERS_URL"].endswith("?sslmode=verify-full&sslrootcert=%2Ftmp%2Forders.pem")


def test_databases_of_one_place_share_one_question(stack, web, synthesize):
    orders, carts = (database(stack, OCEAN, name=name) for name in ("orders", "carts"))
    other = database(stack, DigitalOcean(UUID.replace("9", "8"), **WORDS), name="other")

    found = variables(web, synthesize, orders, carts, other)

    assert len(asked(stack, synthesize)) == 2
    assert found["ORDERS_CA_BASE64"] == found["CARTS_CA_BASE64"] != found["OTHER_CA_BASE64"]


def test_databases_that_terraform_is_to_make_share_one_question_too(stack, synthesize):
    cluster = cdk.TerraformVariable(stack, "cluster", type="string")
    for name in ("orders", "carts"):
        database(stack, DigitalOcean(cluster.string_value, **WORDS), name=name)

    assert asked(stack, synthesize) == [{"vendor": "digitalocean", "locators": {"cluster_id": "${var.cluster}"}}]


def test_each_stack_reads_for_itself(app, synthesize):
    stacks = [DflowStack(app, name) for name in ("shop", "blog")]
    for stack in stacks:
        database(stack, OCEAN)

    assert [len(asked(stack, synthesize)) for stack in stacks] == [1, 1]


def test_a_service_of_another_stack_gets_the_certificate_as_well(tmp_path: Path):
    app = App(outdir=str(tmp_path))
    shop, blog = DflowStack(app, "shop"), DflowStack(app, "blog")
    environment = Environment(blog, "production", application="blog", worker_nodes=["fra-1"])
    web = AppService(environment, "web", source=GitHub("acme/blog", branch="main"))

    web.connect_to(database(shop, OCEAN))
    app.synth()

    kept, used = (json.loads((tmp_path / "stacks" / name / "cdk.tf.json").read_text()) for name in ("shop", "blog"))
    assert list(kept["data"]["dflow_certificate_authority"]) == ["orders_CertificateAuthority_131049F7"]
    (output,) = kept["output"]
    (block,) = used["resource"]["dflow_service_variables"].values()
    (state,) = used["data"]["terraform_remote_state"]
    expected = f"${{base64encode(data.terraform_remote_state.{state}.outputs.{output})}}"
    assert block["variables"]["DATABASE_CA_BASE64"] == expected
    assert "dflow_certificate_authority" not in used["data"]


def test_what_a_locator_s_environment_variable_says_is_left_to_terraform(stack, synthesize):
    database(stack, GoogleCloudSql("orders", **WORDS))

    assert asked(stack, synthesize) == [{"vendor": "google_cloud_sql", "locators": {"instance": "orders"}}]


@pytest.mark.parametrize(
    "make",
    [
        lambda stack: database(stack, NEON),
        lambda stack: database(stack, GROUP, host="orders.proxy-abc.eu-central-1.rds.amazonaws.com"),
    ],
    ids=["neon", "a proxy of RDS"],
)
def test_where_every_system_trusts_the_authority_nothing_is_delivered(stack, web, synthesize, make):
    found = variables(web, synthesize, make(stack))

    assert asked(stack, synthesize) == []
    assert found["ORDERS_URL"].endswith("?sslmode=verify-full&sslrootcert=system")
    assert "ORDERS_CA_BASE64" not in found


def test_of_amazon_rds_the_bundle_of_the_region_is_read_once(stack, synthesize):
    database(stack, GROUP, host=RDS, replicas={"eu": Endpoint("orders-2.abc.eu-central-1.rds.amazonaws.com")})
    database(stack, GROUP, host=RDS.upper().replace("ORDERS", "carts"), name="carts")

    assert asked(stack, synthesize) == [{"url": FRANKFURT}]


def test_a_host_that_terraform_learns_is_given_to_terraform(stack, synthesize):
    host = cdk.TerraformVariable(stack, "host", type="string").string_value
    database(stack, GROUP, host=host)

    assert asked(stack, synthesize) == [{"vendor": "aws_security_group", "host": "${var.host}"}]


def test_what_the_vendor_publishes_is_downloaded(stack, synthesize):
    database(stack, Supabase("abcdefghijklmnopqrst", **WORDS))

    (one,) = asked(stack, synthesize)
    assert one["url"].endswith("/prod/ssl/prod-ca-2021.crt")


def test_any_other_address_can_be_given_with_what_it_has_to_be(stack, web, synthesize):
    url, digest = "https://pki.example.com/db.pem", "0f" * 32
    authority = CertificateAuthority.from_url(url, sha256=digest, file="/tmp/orders.pem")

    found = variables(web, synthesize, database(stack, Manual("Ask #dba."), authority))

    assert asked(stack, synthesize) == [{"url": url, "sha256": digest}]
    assert found["ORDERS_CA_BASE64"].startswith(PEM)
    assert found["ORDERS_URL"].endswith("sslrootcert=%2Ftmp%2Forders.pem")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda stack: database(stack, Manual("Ask #dba.")),
            "shop/orders: CertificateAuthority.of_vendor(…): the allowlist is Manual, which says of no vendor that the",
        ),
        (
            lambda stack: database(stack, RenderPostgres("dpg-cq1m2n3p4q5r6s7t8u9v-a", **WORDS)),
            "the vendor documents neither a call nor a download for its authority's certificate (not documented); take",
        ),
        (
            lambda stack: database(stack, GROUP),
            "AWS security group: nothing is known of the authority that vouches for db.example.com; give its address",
        ),
        (
            lambda stack: database(stack, GROUP, host=RDS, replicas={"us": Endpoint(RDS.replace("eu-cen", "ap-cen"))}),
            "rds.amazonaws.com and orders.abc.ap-central-1.rds.amazonaws.com have their certificates from different",
        ),
        (
            lambda stack: database(stack, OCEAN, pooler=Endpoint("pooler.example.com", allowlist=NEON)),
            "its places are at several vendors, DigitalOcean trusted sources and Neon IP Allow, each with an authority",
        ),
        (
            lambda stack: database(stack, NEON, tls=Tls.VERIFY_CA),
            "Neon IP Allow: the system's trust store; everybody can get a certificate from one of the system's",
        ),
        (
            lambda _: CertificateAuthority.from_url("http://example.com/ca.pem"),
            "'http://example.com/ca.pem' is no https address without user and password; whoever is on the way",
        ),
        (
            lambda _: CertificateAuthority.from_url("https://example.com/ca.pem", sha256="0F" * 32),
            "and not 64 small hexadecimal digits, as sha256sum prints of the file",
        ),
        (lambda _: CertificateAuthority.of_vendor(file="orders.pem"), "'orders.pem' is no path from the root of"),
        (lambda _: Tls.REQUIRE.trusting(OF_VENDOR), "no certificate is checked, so nobody would ask the authority"),
    ],
)
def test_what_nobody_could_deliver_is_refused_with_what_to_do(stack, make, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        make(stack)

    assert words in str(refusal.value)


def test_a_refusal_names_what_works_instead(stack):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, Manual("Ask #dba."))

    assert (
        'give its address, CertificateAuthority.from_url("https://…", file="/tmp/orders.pem"), or its text, Cer'
        in str(refusal.value)
    )


def test_entries_that_the_vendor_s_own_provider_keeps_say_which_database_is_meant_too(stack, synthesize):
    database(stack, CockroachDbCloud(CLUSTER, manager=Manager.OFFICIAL), tls=Tls.VERIFY_CA)

    assert asked(stack, synthesize) == [{"vendor": "cockroachdb_cloud", "locators": {"cluster_id": CLUSTER}}]


@pytest.mark.parametrize(
    ("allowlist", "host", "remedy"),
    [
        (OCEAN, "db.example.com", 'of_vendor(file="/tmp/orders.pem"))'),
        (Aiven("shop", "orders-pg", **WORDS), "db.example.com", 'of_vendor(file="/tmp/orders.pem"))'),
        (NEON, "db.example.com", "of_system())"),
        (GROUP, RDS, 'of_vendor(file="/tmp/orders.pem"))'),
        (GROUP, "orders.proxy-abc.eu-central-1.rds.amazonaws.com", "of_system())"),
        (GROUP, "db.example.com", None),
    ],
)
def test_synthesis_proposes_the_line_that_works(stack, allowlist, host: str, remedy: str | None):
    plain = {"engine": Engine.POSTGRES, "username": "u", "password": Secret.from_environment("P"), "database": "o"}
    orders = ExternalDatabase(stack, "orders", host=host, allowlist=allowlist, **plain)

    warnings = [str(entry.data) for entry in orders.node.metadata if "warn" in entry.type.lower()]

    assert [each.endswith(f"CertificateAuthority.{remedy}") for each in warnings] == ([True] if remedy else [])
    if remedy:
        authority = eval(f"CertificateAuthority.{remedy[:-1]}")  # noqa: S307 - what synthesis proposes has to be valid
        database(stack, allowlist, authority, name="again", host=host)
