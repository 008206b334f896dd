"""Who leaves from where, and what is let in, as outputs of Terraform."""

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
                "host": "orders.example.com",
                "port": 5432,
                "allowlist": "dflow_aws_security_group_allowlist.orders_Allowlist_4E4CF0B7",
                "allow": {name: {"cidr": cidr, "expires_at": "${null}"} for name, cidr in addresses.items()},
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
