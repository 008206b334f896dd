"""A list that the program writes itself, and one that a person keeps."""

from __future__ import annotations

import pytest

from dflow_cdk import cdk
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    DflowStack,
    Egress,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    InlineList,
    Manual,
    Secret,
)

LEARNT = "${data.dflow_worker_node.worker-node-fra-1.outbound_cidr}"


def instance(stack: DflowStack) -> cdk.TerraformResource:
    return cdk.TerraformResource(stack, "instance", terraform_resource_type="neon_project")


def database(stack, allowlist) -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="orders.example.com",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=allowlist,
    )


def test_the_program_writes_the_list_and_it_holds_what_is_added_later(stack, production, web, synthesize):
    project = instance(stack)
    orders = database(stack, InlineList(project))
    project.add_override("allowed_ips", orders.allowed_addresses.cidrs)
    web.connect_to(orders)
    production.add_egress("nat-a", "18.195.4.7")

    found = synthesize(stack)
    assert found["locals"] == {"orders_Allowlist_4E4CF0B7": {"fra-1": LEARNT, "nat-a": "18.195.4.7/32"}}
    block = found["resource"]["neon_project"]["instance"]
    assert block["allowed_ips"] == "${distinct(values(local.orders_Allowlist_4E4CF0B7))}"


def test_a_block_goes_through_the_local_value(stack, web, synthesize):
    """What Cloud SQL wants: a block for each address, with its name."""
    project = instance(stack)
    orders = database(stack, InlineList(project))
    project.add_override(
        "dynamic.authorized_networks",
        {
            "for_each": orders.allowed_addresses.by_name,
            "content": {"name": "${authorized_networks.key}", "value": "${authorized_networks.value}"},
        },
    )
    web.connect_to(orders)

    block = synthesize(stack)["resource"]["neon_project"]["instance"]
    assert block["dynamic"]["authorized_networks"]["for_each"] == f"${{{orders.allowed_addresses.local}}}"


def test_variables_wait_for_the_instance(stack, web, synthesize):
    web.connect_to(database(stack, InlineList(instance(stack))))

    (variables,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert variables["depends_on"] == ["neon_project.instance"]


def test_addresses_whose_end_has_come_are_left_out(stack, production, web, synthesize):
    orders = database(stack, InlineList(instance(stack)))
    web.connect_to(orders)
    production.add_egress("guest", Egress("18.195.4.7", expires_at="2030-01-01T00:00:00Z"))

    found = synthesize(stack)["locals"]
    table = f"{orders.allowed_addresses.local.removeprefix('local.')}"
    entries = next(name for name in found if name != table)
    assert found[table] == (
        f"${{{{for key, entry in local.{entries} : key => entry.cidr "
        "if try(timecmp(plantimestamp(), entry.expires_at) < 0, true)}}"
    )
    assert found[entries]["guest"] == {"cidr": "18.195.4.7/32", "expires_at": "2030-01-01T00:00:00Z"}


def test_an_instance_of_another_stack_is_refused(app, stack):
    with pytest.raises(ConfigurationError, match="shop/orders: the instance other/instance is built in another stack"):
        database(stack, InlineList(instance(DflowStack(app, "other"))))


def test_a_connection_from_another_stack_is_refused(app, stack):
    orders = database(stack, InlineList(instance(stack)))
    billing = DflowStack(app, "billing")
    environment = Environment(billing, "production", application="bill", worker_nodes=["fra-9"])

    with pytest.raises(ConfigurationError, match="billing connects from another stack, whose addresses are not known"):
        AppService(environment, "web", source=GitHub("acme/shop", branch="main")).connect_to(orders)


@pytest.mark.parametrize("allowlist", [lambda: AwsSecurityGroup("sg-0123456789abcdef0"), lambda: Manual("Ask #dba.")])
def test_addresses_are_handed_out_where_the_program_writes_the_list(stack, allowlist):
    with pytest.raises(ConfigurationError, match=r"is written here; pass allowlist=InlineList\(instance\)"):
        _ = database(stack, allowlist()).allowed_addresses


def test_what_a_person_has_to_add_is_an_output(stack, production, web, synthesize):
    web.connect_to(database(stack, Manual("Ask #dba to add these to pg_hba.conf of db-7.")))
    production.add_egress("nat-a", "18.195.4.7")

    found = synthesize(stack)
    ((name, allowed),) = found["locals"].items()
    ((_, output),) = found["output"].items()
    assert allowed == {"fra-1": LEARNT, "nat-a": "18.195.4.7/32"}
    assert output == {
        "description": "What to let in to orders by hand",
        "value": {
            "database": "orders",
            "port": 5432,
            "instructions": "Ask #dba to add these to pg_hba.conf of db-7.",
            "allow": f"${{local.{name}}}",
        },
    }
    (variables,) = found["resource"]["dflow_service_variables"].values()
    assert "depends_on" not in variables


def test_a_list_kept_by_hand_counts_as_one(stack, web):
    web.connect_to(database(stack, Manual("Ask #dba.")))

    (connection,) = stack.connections
    assert connection.entries == ("fra-1",)


def test_instructions_that_say_nothing_are_refused(stack):
    with pytest.raises(ConfigurationError, match=r"shop/orders: Manual.*nobody could tell who or where; say it"):
        database(stack, Manual(" "))
