"""Who leaves from where, and what is let in, as outputs of Terraform."""

from collections.abc import Callable
from typing import Any

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AccessOutputs,
    App,
    AppService,
    AwsSecurityGroup,
    Connection,
    DflowStack,
    Endpoint,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    InlineList,
    Manual,
    Neon,
    NoAllowlist,
    OpenToWorld,
    Secret,
)

SOURCE = GitHub("acme/shop", branch="main")


def test_outputs_say_what_to_allow_where(stack, production, web, orders, synthesize):
    AccessOutputs(stack)
    production.add_egress("nat-a", "18.195.4.7")
    web.connect_to(orders)
    production.add_egress("nat-b", "18.195.4.8")

    outputs = synthesize(stack)["output"]
    node = "${data.dflow_worker_node.worker-node-fra-1.outbound_cidr}"
    addresses = {"fra-1": node, "nat-a": "18.195.4.7/32", "nat-b": "18.195.4.8/32"}
    assert outputs["outbound_addresses"]["value"] == {"shop-production": addresses}
    assert outputs["database_access"]["value"] == {
        "shop/orders": {
            "database": {
                "stack": "shop",
                "host": "orders.example.com",
                "port": 5432,
                "allowlist": "dflow_aws_security_group_allowlist.orders_Allowlist_4E4CF0B7",
                "list": {
                    "vendor": "aws_security_group",
                    "name": "AWS security group",
                    "fields": {"security_group_id": "sg-0123456789abcdef0", "region": "eu-central-1"},
                    "instructions": "${null}",
                },
                "allow": {
                    name: {"cidr": cidr, "expires_at": "${null}", "environments": ["shop-production"]}
                    for name, cidr in addresses.items()
                },
            }
        }
    }


def test_an_address_that_nobody_needs_may_be_unknown(stack, production, synthesize):
    AccessOutputs(stack)

    (node,) = synthesize(stack)["data"]["dflow_worker_node"].values()
    assert "require_outbound_ip" not in node


def test_each_place_that_is_opened_has_its_own(stack, web, synthesize):
    AccessOutputs(stack)
    orders = ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="db.example.com",
        username="shop",
        password=Secret.from_environment("PW"),
        allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        pooler=Endpoint("pooler.example.com", port=6543),
    )
    web.connect_to(orders.pooler)

    (doors,) = synthesize(stack)["output"]["database_access"]["value"].values()
    assert {name: (door["host"], door["port"]) for name, door in doors.items()} == {
        "pooler": ("pooler.example.com", 6543)
    }


def test_a_stack_says_what_it_opens_itself(app, stack, web, orders, synthesize):
    """A database that another stack describes is opened by the stack whose services use it."""
    web.connect_to(orders)
    second = DflowStack(app, "second")
    AccessOutputs(stack)
    AccessOutputs(second)
    other = Environment(second, "staging", application="shop", worker_nodes=["fra-2"])
    AppService(other, "web", source=SOURCE).connect_to(orders)

    (first,) = synthesize(stack)["output"]["database_access"]["value"].values()
    (there,) = synthesize(second)["output"]["database_access"]["value"].values()
    assert (list(first["database"]["allow"]), list(there["database"]["allow"])) == (["fra-1"], ["fra-2"])


@pytest.fixture
def behind(stack, web) -> Callable[..., ExternalDatabase]:
    """Connect a service to a database behind a list."""

    def connected(allowlist: Any) -> ExternalDatabase:
        database = ExternalDatabase(
            stack,
            "reports",
            engine=Engine.POSTGRES,
            host="reports.example.com",
            username="shop",
            password=Secret.from_environment("PW"),
            allowlist=allowlist,
        )
        web.connect_to(database)
        return database

    return connected


def the_door(configuration: dict[str, Any]) -> Any:
    (doors,) = configuration["output"]["database_access"]["value"].values()
    return doors["database"]


def test_what_stands_on_the_list_is_said_and_not_just_who_asked(stack, behind, synthesize):
    """An end that holds for the whole list, and everybody where that was asked for."""
    AccessOutputs(stack)
    behind(Neon("quiet-river-1", expires_at="2030-01-01T00:00:00Z", open_to_world=OpenToWorld(reason="a test")))

    door = the_door(synthesize(stack))
    assert door["list"]["fields"] == {"project_id": "quiet-river-1"}
    assert {name: entry["environments"] for name, entry in door["allow"].items()} == {
        "everybody": [],
        "fra-1": ["shop-production"],
    }
    assert {entry["expires_at"] for entry in door["allow"].values()} == {"2030-01-01T00:00:00Z"}


def test_environments_on_one_node_leave_from_one_address(stack, web, orders, synthesize):
    AccessOutputs(stack)
    web.connect_to(orders)
    canary = Environment(stack, "canary", application="shop", worker_nodes=["fra-1"], egress={"nat-a": "18.195.4.7"})
    AppService(canary, "web", source=SOURCE).connect_to(orders)

    allow = the_door(synthesize(stack))["allow"]
    assert {name: entry["environments"] for name, entry in allow.items()} == {
        "fra-1": ["shop-canary", "shop-production"],
        "nat-a": ["shop-canary"],
    }


def test_a_list_that_a_person_keeps_says_what_to_do(stack, behind, synthesize):
    AccessOutputs(stack)
    behind(Manual("Ask #dba."))

    door = the_door(synthesize(stack))
    assert (door["allowlist"], door["list"]["vendor"], door["list"]["instructions"]) == (
        "${null}",
        "${null}",
        "Ask #dba.",
    )


def test_a_list_that_the_program_writes_names_the_instance(stack, behind, synthesize):
    AccessOutputs(stack)
    behind(InlineList(cdk.TerraformResource(stack, "db", terraform_resource_type="acme_database")))

    assert the_door(synthesize(stack))["list"]["fields"] == {"instance": "acme_database.db"}


def test_a_database_that_nothing_restricts_has_no_list_to_speak_of(stack, behind, synthesize):
    AccessOutputs(stack)
    database = behind(NoAllowlist("reached through a tunnel on the node"))

    assert database.doors == ()
    assert synthesize(stack)["output"]["database_access"]["value"] == {}


def test_an_app_knows_who_reaches_what_in_every_stack(tmp_path):
    app = App(outdir=str(tmp_path))
    reached = []
    for name in ("one", "two"):
        stack = DflowStack(app, name)
        orders = ExternalDatabase(
            stack,
            "orders",
            engine=Engine.POSTGRES,
            host="orders.example.com",
            username="shop",
            password=Secret.from_environment("PW"),
            allowlist=AwsSecurityGroup("sg-0123456789abcdef0"),
        )
        environment = Environment(stack, "e", application=name, worker_nodes=["fra-1"])
        AppService(environment, "web", source=SOURCE).connect_to(orders)
        reached.append(Connection(f"{name}/e/web", f"{name}/orders", ("DATABASE_URL",), ("fra-1",)))

    assert app.connections == tuple(reached)
