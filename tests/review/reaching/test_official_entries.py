"""Entries as the vendors' own providers spell them, written by hand or not."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching.rows import official_types

NOTE = "dflow: orders from fra-1 (shop/orders)"


def _rule(**more: Any) -> dict[str, Any]:
    return {
        "id": "sgr-1",
        "security_group_id": "sg-1",
        "ip_protocol": "tcp",
        "from_port": 5432,
        "to_port": 5432,
        "cidr_ipv4": "20.0.0.1/32",
        "cidr_ipv6": None,
        "prefix_list_id": None,
        "referenced_security_group_id": None,
        "description": NOTE,
        **more,
    }


RULE = "aws_vpc_security_group_ingress_rule.a"


def test_every_type_of_every_row_is_read() -> None:
    assert len(official_types()) >= 20


def test_node_database_and_owner_are_read_from_the_note(scene) -> None:
    change = scene.only(scene.resource(RULE, None, _rule(), unknown={"id": True}))
    (entry,) = change.after
    assert (change.database.name, change.port, entry.source.node, entry.owner) == (
        "orders",
        5432,
        "fra-1",
        "shop/orders",
    )


def test_tcp_by_its_number_is_tcp(scene) -> None:
    change = scene.only(scene.resource(RULE, None, _rule(ip_protocol="6")))
    assert (change.movement, change.added.cidrs()) == (Movement.WIDENED, ("20.0.0.1/32",))


def test_a_rule_that_moves_to_another_resource_is_no_widening(scene) -> None:
    change = scene.only(
        scene.resource("aws_vpc_security_group_ingress_rule.old", _rule(), None),
        scene.resource("aws_vpc_security_group_ingress_rule.new", None, _rule(id=None), unknown={"id": True}),
    )
    assert change.movement is Movement.MOVED


def test_a_rule_of_one_s_own_and_one_of_the_dflow_provider_are_one_list(scene) -> None:
    owned = {
        "security_group_id": "sg-1",
        "owner": "shop/orders",
        "database": "orders",
        "port": 5432,
        "entries": {"fra-1": {"cidr": "20.0.0.1/32"}},
        "foreign_entries": [],
    }
    change = scene.only(
        scene.resource(RULE, _rule(), None),
        scene.resource("dflow_aws_security_group_allowlist.a", None, owned, unknown={"id": True}),
    )
    assert change.movement is Movement.MOVED


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"ip_protocol": "udp"}, id="another protocol"),
        pytest.param({"from_port": 443, "to_port": 443, "description": "web"}, id="no port of a database"),
    ],
)
def test_what_opens_no_database_is_left_out(scene, more: dict[str, Any]) -> None:
    assert scene.reach(scene.resource(RULE, None, _rule(**more))).changes == ()


def test_every_protocol_is_every_port(scene) -> None:
    rule = _rule(ip_protocol="-1", from_port=None, to_port=None)
    assert scene.only(scene.resource(RULE, None, rule)).port is None


def test_both_families_are_read(scene) -> None:
    rule = _rule(cidr_ipv4=None, cidr_ipv6="2001:db8::/64")
    assert scene.only(scene.resource(RULE, None, rule)).added.cidrs() == ("2001:db8::/64",)


def test_an_unknown_address_is_known_by_its_node(scene, spelled) -> None:
    change = scene.only(scene.resource(RULE, None, _rule(cidr_ipv4=None), unknown={"cidr_ipv4": True}))
    assert change.movement is Movement.UNKNOWN
    assert change.unknown[0].source.node == "fra-1"
    assert spelled(change.unknown) == ["1 address of fra-1, known after apply"]


def test_members_of_another_group_are_let_in_by_name(scene, spelled) -> None:
    rule = _rule(cidr_ipv4=None, referenced_security_group_id="sg-2")
    assert spelled(scene.only(scene.resource(RULE, None, rule)).after) == ["sg-2"]


def test_first_and_last_address_are_a_range(scene) -> None:
    def rule(first: str, last: str) -> dict[str, Any]:
        server = "/subscriptions/s/resourceGroups/Shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/Orders"
        return {"name": "n", "server_id": server, "start_ip_address": first, "end_ip_address": last}

    kind = "azurerm_postgresql_flexible_server_firewall_rule.a"
    change = scene.only(scene.resource(kind, rule("20.0.0.1", "20.0.0.1"), rule("20.0.0.0", "20.0.0.255")))
    assert change.database.id == "azure_postgresql shop/orders"
    assert (change.movement, change.added.size) == (Movement.WIDENED, 255)


def test_address_and_prefix_length_are_a_range(scene) -> None:
    values = {"cluster_id": "c", "cidr_ip": "20.0.0.0", "cidr_mask": 24, "sql": True, "ui": False, "name": NOTE}
    assert scene.only(scene.resource("cockroach_allow_list.a", None, values)).added.cidrs() == ("20.0.0.0/24",)
    console = {**values, "sql": False, "ui": True}
    assert scene.reach(scene.resource("cockroach_allow_list.a", None, console)).changes == ()


def test_a_single_address_in_place_of_a_range_is_read(scene) -> None:
    values = {"project_id": "p", "cidr_block": None, "ip_address": "20.0.0.1", "comment": "by hand"}
    change = scene.only(scene.resource("mongodbatlas_project_ip_access_list.a", None, values))
    assert change.added.cidrs() == ("20.0.0.1/32",)
    assert change.after[0].owner == ""


def test_the_other_direction_lets_nobody_in(scene) -> None:
    values = {
        "network_security_group_id": "n",
        "direction": "EGRESS",
        "protocol": "6",
        "source": "0.0.0.0/0",
        "tcp_options": [{"destination_port_range": [{"min": 5432, "max": 5432}]}],
    }
    kind = "oci_core_network_security_group_security_rule.a"
    assert scene.reach(scene.resource(kind, None, values)).changes == ()
    inbound = {**values, "direction": "INGRESS"}
    assert scene.only(scene.resource(kind, None, inbound)).port == 5432


def test_the_last_rule_that_goes_opens_where_empty_means_open(scene) -> None:
    values = {
        "redis_cache_name": "c",
        "resource_group_name": "g",
        "name": "n",
        "start_ip": "20.0.0.1",
        "end_ip": "20.0.0.1",
    }
    change = scene.only(scene.resource("azurerm_redis_firewall_rule.a", values, None))
    assert change.movement is Movement.WIDENED
    assert "everybody" in change.after[0].source.spelling
    stays = {**values, "start_ip": "20.0.0.2", "end_ip": "20.0.0.2"}
    change = scene.only(
        scene.resource("azurerm_redis_firewall_rule.a", values, None),
        scene.resource("azurerm_redis_firewall_rule.b", stays, stays),
    )
    assert change.movement is Movement.NARROWED


def _filter(*sources: str) -> dict[str, Any]:
    return {"id": "f-1", "name": "n", "region": "r", "type": "ip", "rule": [{"source": each} for each in sources]}


def test_a_list_is_its_database_s_while_it_is_attached(scene, spelled) -> None:
    tie = {"deployment_id": "d-1", "traffic_filter_id": "f-1"}
    change = scene.only(
        scene.resource("ec_deployment_traffic_filter.f", _filter("20.0.0.1"), _filter("20.0.0.1")),
        scene.resource("ec_deployment_traffic_filter_association.t", tie, None),
    )
    assert change.database.id == "elastic_cloud d-1"
    assert change.movement is Movement.WIDENED
    assert spelled(change.after) == ["everybody: nothing is on the list of Elastic Cloud traffic filters"]


def test_a_database_with_another_list_stays_guarded(scene, spelled) -> None:
    first, second = _filter("20.0.0.1"), {**_filter("20.0.0.2"), "id": "f-2"}
    change = scene.only(
        scene.resource("ec_deployment_traffic_filter.f", first, None),
        scene.resource("ec_deployment_traffic_filter.g", second, second),
        scene.resource(
            "ec_deployment.d",
            {"id": "d-1", "name": "orders", "traffic_filter": ["f-1", "f-2"]},
            {"id": "d-1", "name": "orders", "traffic_filter": ["f-2"]},
        ),
    )
    assert change.database.name == "orders"
    assert change.movement is Movement.NARROWED
    assert spelled(change.after) == ["20.0.0.2"]


def test_the_note_of_a_whole_list_is_about_no_entry_in_particular(scene) -> None:
    values = {
        "id": "r",
        "name": "N",
        "database": "D",
        "schema": "S",
        "type": "IPV4",
        "mode": "INGRESS",
        "value_list": ["20.0.0.1", "20.0.0.2"],
        "comment": "dflow: orders from fra-1, fra-2 (shop/orders)",
    }
    change = scene.only(scene.resource("snowflake_network_rule.a", None, values))
    assert [(each.source.node, each.owner) for each in change.after] == [("", "shop/orders"), ("", "shop/orders")]


def test_addresses_in_one_text_are_taken_apart(scene) -> None:
    values = {"id": "t", "template_name": "n", "ip_white_list": "20.0.0.1, 20.0.0.2/32"}
    change = scene.only(scene.resource("alicloud_rds_whitelist_template.a", None, values))
    assert change.added.size == 2


def test_a_type_that_looks_like_an_allowlist_and_changes_is_named(scene) -> None:
    values = {"ip": "0.0.0.0/0"}
    kind = "nimbus_database_firewall_rule.a"
    assert scene.reach(scene.resource(kind, None, values)).unread[0][0] == kind
    assert scene.reach(scene.resource(kind, values, values)).unread == ()
