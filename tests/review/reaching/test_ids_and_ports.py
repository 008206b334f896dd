"""Ids and ports of databases, in each way that providers write them."""

from __future__ import annotations

import pytest


def test_a_list_that_a_database_names_by_a_number_guards_it(scene) -> None:
    template = {"id": "4711", "template_name": "n", "ip_white_list": "20.0.0.1"}
    wider = {**template, "ip_white_list": "20.0.0.1,20.0.0.2"}
    database = {"id": "rm-1", "instance_name": "orders", "port": "5432", "template_id_list": [4711]}
    reach = scene.reach(
        scene.resource("alicloud_rds_whitelist_template.a", template, wider),
        scene.resource("alicloud_db_instance.orders", database, database),
    )
    (change,) = [each for each in reach.changes if each.added]
    assert (change.database.name, change.port, change.added.cidrs()) == (
        "alicloud_db_instance.orders",
        5432,
        ("20.0.0.2/32",),
    )


@pytest.mark.parametrize(
    ("kind", "where", "port"),
    [
        ("aws_elasticache_serverless_cache", {"endpoint": [{"address": "a", "port": 6379}]}, 6379),
        ("aws_elasticache_serverless_cache", {}, None),
        ("aws_opensearch_domain", {"vpc_options": [{"security_group_ids": ["sg-1"]}]}, None),
    ],
)
def test_the_port_of_a_database_is_where_its_provider_keeps_it(scene, kind, where, port) -> None:
    database = {"id": "db-1", "name": "cache", "security_group_ids": ["sg-1"], **where}
    rule = {"id": "r-1", "security_group_id": "sg-1", "ip_protocol": "-1", "cidr_ipv4": "20.0.0.1/32"}
    change = scene.only(
        scene.resource("aws_vpc_security_group_ingress_rule.a", None, rule),
        scene.resource(f"{kind}.cache", database, database),
    )
    assert (change.database.name, change.port, change.added.cidrs()) == ("cache", port, ("20.0.0.1/32",))
