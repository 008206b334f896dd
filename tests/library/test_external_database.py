"""A database outside dFlow, and the entries that let nodes in."""

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    Database,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    OpenToWorld,
    Secret,
)

SOURCE = GitHub("acme/shop", branch="main")
GROUP = AwsSecurityGroup("sg-0123456789abcdef0")
FACTS = {
    "engine": Engine.POSTGRES,
    "host": "orders.example.com",
    "username": "shop",
    "password": Secret.from_environment("ORDERS_PASSWORD"),
    "allowlist": GROUP,
}


def allowlists(configuration: dict) -> dict:
    found = configuration["resource"].get("dflow_aws_security_group_allowlist", {})
    return {name: {key: value for key, value in block.items() if key != "//"} for name, block in found.items()}


def learnt(node: str) -> dict[str, str]:
    return {"cidr": f"${{data.dflow_worker_node.worker-node-{node}.outbound_cidr}}"}


def test_it_is_a_database_without_inheriting_it(orders: ExternalDatabase):
    assert isinstance(orders, Database)
    assert Database not in type(orders).__mro__


def test_nothing_is_opened_before_a_service_connects(stack: DflowStack, orders, web, synthesize):
    assert allowlists(synthesize(stack)) == {}


def test_a_connection_opens_one_entry_for_each_node(stack: DflowStack, orders, web, staging, synthesize):
    web.connect_to(orders)
    AppService(staging, "web", source=SOURCE).connect_to(orders)

    assert allowlists(synthesize(stack)) == {
        "orders_Allowlist_4E4CF0B7": {
            "security_group_id": "sg-0123456789abcdef0",
            "region": "eu-central-1",
            "owner": "shop/orders",
            "database": "orders",
            "port": 5432,
            "entries": {"fra-1": learnt("fra-1"), "fra-2": learnt("fra-2")},
        }
    }


def test_two_environments_on_one_node_share_its_entry(stack: DflowStack, orders, web, synthesize):
    canary = Environment(stack, "canary", application="shop", worker_nodes=["fra-1"])
    web.connect_to(orders)
    AppService(canary, "web", source=SOURCE).connect_to(orders)

    found = synthesize(stack)
    (allowlist,) = allowlists(found).values()
    assert allowlist["entries"] == {"fra-1": learnt("fra-1")}
    assert list(found["data"]["dflow_worker_node"]) == ["worker-node-fra-1"]


def test_a_node_named_after_the_connection_is_let_in(stack: DflowStack, orders, synthesize):
    late = Environment(stack, "late", application="shop")
    AppService(late, "web", source=SOURCE).connect_to(orders)
    late.add_worker_node("fra-3")
    late.add_egress("nat-a", "18.195.4.7")

    (allowlist,) = allowlists(synthesize(stack)).values()
    assert allowlist["entries"] == {"fra-3": learnt("fra-3"), "nat-a": {"cidr": "18.195.4.7/32"}}


def test_a_declared_address_replaces_the_one_dflow_knows(stack: DflowStack, orders, synthesize):
    """Then the node needs no address in dFlow, and a node without one is no error."""
    behind_nat = Environment(
        stack, "nat", application="shop", worker_nodes=["fra-1"], egress={"fra-1": "18.195.4.7", "spare": "18.195.4.8"}
    )
    AppService(behind_nat, "web", source=SOURCE).connect_to(orders)

    found = synthesize(stack)
    (allowlist,) = allowlists(found).values()
    assert allowlist["entries"] == {"fra-1": {"cidr": "18.195.4.7/32"}, "spare": {"cidr": "18.195.4.8/32"}}
    assert "require_outbound_ip" not in found["data"]["dflow_worker_node"]["worker-node-fra-1"]


def test_an_address_declared_after_the_connection_replaces_the_one_dflow_knows(
    stack, orders, web, production, synthesize
):
    web.connect_to(orders)
    production.add_egress("fra-1", "18.195.4.7")

    found = synthesize(stack)
    (allowlist,) = allowlists(found).values()
    assert allowlist["entries"] == {"fra-1": {"cidr": "18.195.4.7/32"}}
    assert "require_outbound_ip" not in found["data"]["dflow_worker_node"]["worker-node-fra-1"]


def test_a_node_needs_an_address_only_where_a_connection_uses_it(stack: DflowStack, orders, web, staging, synthesize):
    web.connect_to(orders)

    nodes = synthesize(stack)["data"]["dflow_worker_node"]
    assert nodes["worker-node-fra-1"]["require_outbound_ip"] is True
    assert "require_outbound_ip" not in nodes["worker-node-fra-2"]


def test_one_name_for_two_addresses_is_refused_with_both_places(stack: DflowStack, orders):
    one = Environment(stack, "one", application="a", worker_nodes=["fra-1"], egress={"nat": "18.195.4.7"})
    two = Environment(stack, "two", application="a", worker_nodes=["fra-1"], egress={"nat": "18.195.4.8"})
    AppService(one, "web", source=SOURCE).connect_to(orders)

    with pytest.raises(ConfigurationError) as refusal:
        AppService(two, "web", source=SOURCE).connect_to(orders)

    assert str(refusal.value) == (
        "shop/two: egress 'nat' is '18.195.4.8/32' here and '18.195.4.7/32' in shop/one, and both are let in to "
        "shop/orders; give one of them another name"
    )


def test_a_database_of_another_stack_gets_entries_of_each_stack(app, stack: DflowStack, orders, web, synthesize):
    other = DflowStack(app, "billing")
    environment = Environment(other, "production", application="bill", worker_nodes=["fra-9"], name="bill")
    web.connect_to(orders)
    AppService(environment, "web", source=SOURCE).connect_to(orders)

    (own,) = allowlists(synthesize(stack)).values()
    ((name, theirs),) = allowlists(synthesize(other)).items()
    assert (own["owner"], list(own["entries"])) == ("shop/orders", ["fra-1"])
    assert (name, theirs["owner"], list(theirs["entries"])) == (
        "allowlist-shop--orders",
        "billing/shop/orders",
        ["fra-9"],
    )
    assert "ORDERS_PASSWORD" in str(synthesize(other)["ephemeral"])


def test_opening_to_the_world_takes_a_word_and_a_reason(stack: DflowStack, web, synthesize):
    group = AwsSecurityGroup("sg-0123456789abcdef0", open_to_world=OpenToWorld("load test until Friday"))
    web.connect_to(ExternalDatabase(stack, "orders", **{**FACTS, "allowlist": group}))

    (allowlist,) = allowlists(synthesize(stack)).values()
    assert allowlist["open_to_world_reason"] == "load test until Friday"
    assert allowlist["entries"]["everybody"] == {"cidr": "0.0.0.0/0"}
    with pytest.raises(ConfigurationError, match="could try passwords on the database and nobody could tell why; say"):
        OpenToWorld(reason=" ")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            {"password": "hunter2"},
            (
                "shop/orders: password is not a Secret, and would be readable in the program, its output and the "
                'state; put it in an environment variable and pass password=Secret.from_environment("ORDERS_PASSWORD")'
            ),
        ),
        (
            {"host": "postgres://orders.example.com:5432/orders"},
            "host 'postgres://orders.example.com:5432/orders' is no host name; leave out the scheme, the port and the",
        ),
        ({"host": ""}, "host '' is no host name"),
        ({"host": "postgres://shop:hunter2@db/orders"}, "host 'postgres://…@db/orders' is no host name"),
        ({"host": None}, "host is None and no text; write host="),
        ({"username": ""}, "username is '', and neither a text nor left out; write username="),
        ({"database": 0}, "database is 0, and neither a text nor left out"),
        (
            {"engine": Engine.REDIS, "database": "cache"},
            "database is 'cache', and those of redis are numbers; clients would take the first one, write database=",
        ),
        ({"port": "5432"}, "port '5432' is no number; write it as one, 5432"),
        ({"allowlist": "sg-0123456789abcdef0"}, "allowlist is 'sg-0123456789abcdef0', and nothing would let"),
        ({"tls": "require"}, "tls is 'require'; choose Tls.VERIFY_FULL, VERIFY_CA, REQUIRE or DISABLED(reason="),
        ({"port": 70_000}, "port 70000 does not exist; use 1 to 65535"),
        ({"port": 0}, "port 0 does not exist"),
        ({"username": None}, 'a postgres database asks for a user and none is given; add username="shop"'),
    ],
)
def test_a_fact_that_cannot_be_is_refused(stack: DflowStack, fact: dict, words: str):
    with pytest.raises(ConfigurationError) as refusal:
        ExternalDatabase(stack, "orders", **{**FACTS, **fact})

    assert words in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_host_and_port_may_come_from_another_resource(stack: DflowStack, web, synthesize):
    """Then only Terraform can tell whether the URL has changed."""
    instance = cdk.TerraformResource(stack, "db", terraform_resource_type="aws_db_instance")
    database = ExternalDatabase(
        stack,
        "orders",
        **{**FACTS, "host": instance.get_string_attribute("address"), "port": instance.get_number_attribute("port")},
    )
    web.connect_to(database)

    found = synthesize(stack)
    (variables,) = found["resource"]["dflow_service_variables"].values()
    assert (
        "@${aws_db_instance.db.address}:${aws_db_instance.db.port}/?"
        in variables["secret_variables_wo"]["DATABASE_URL"]
    )
    assert variables["secret_variables_wo_version"].startswith("${sha256(")
    (allowlist,) = allowlists(found).values()
    assert allowlist["port"] == "${aws_db_instance.db.port}"


def test_a_security_group_is_known_by_its_id():
    with pytest.raises(ConfigurationError, match=r"'orders-db'.*not the id of a security group; copy the one from"):
        AwsSecurityGroup("orders-db")


def test_a_database_belongs_into_a_dflow_stack(app):
    with pytest.raises(ConfigurationError, match="plain/orders: there is no DflowStack around it; create one"):
        ExternalDatabase(cdk.TerraformStack(app, "plain"), "orders", **FACTS)
