"""Changes that no table knows: what looks like an allowlist, and settings that keep everybody out until they change."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.review import ExitCode

UNKNOWN_LIST = "looks like an allowlist, and this review does not know it"
COSMOS = {
    "resource_group_name": "shop",
    "name": "orders",
    "ip_range_filter": ["20.0.0.1"],
    "is_virtual_network_filter_enabled": True,
    "virtual_network_rule": [],
}
GROUPS = "names the groups of a database that this review does not know"
SWITCH = "changes, so that somebody may get in whom it kept out"


@pytest.mark.parametrize(
    ("address", "before", "after", "reason"),
    [
        ("azurerm_mssql_virtual_network_rule.a", None, {"subnet_id": "s"}, UNKNOWN_LIST),
        ("confluent_ip_filter.a", None, {}, UNKNOWN_LIST),
        ("stackit_postgresflex_instance.a", {"acl": ["20.0.0.1/32"]}, {"acl": ["0.0.0.0/0"]}, UNKNOWN_LIST),
        ("stackit_postgresflex_instance.a", None, {"acl": ["0.0.0.0/0"]}, UNKNOWN_LIST),
        ("snowflake_network_policy.a", {"allowed_ip_list": ["20.0.0.1"]}, {"allowed_ip_list": ["::/0"]}, UNKNOWN_LIST),
        ("stackit_postgresflex_instance.a", {"acl": ["20.0.0.1"]}, {"acl": []}, UNKNOWN_LIST),
        ("stackit_postgresflex_instance.a", {"acl": ["20.0.0.1"]}, {"acl": None}, UNKNOWN_LIST),
        ("azurerm_cosmosdb_account.a", COSMOS, {**COSMOS, "virtual_network_rule": [{"id": "s"}]}, UNKNOWN_LIST),
        ("azurerm_cosmosdb_account.a", COSMOS, {**COSMOS, "is_virtual_network_filter_enabled": False}, SWITCH),
        ("alicloud_polardb_cluster.a", {"security_ips": []}, {"security_ips": ["20.0.0.1"]}, UNKNOWN_LIST),
        ("aws_docdb_elastic_cluster.a", {"vpc_security_group_ids": ["sg-1"]}, {"vpc_security_group_ids": []}, GROUPS),
        ("aws_db_proxy.a", None, {"vpc_security_group_ids": ["sg-1"]}, GROUPS),
        ("aws_db_instance.a", {"publicly_accessible": False}, {"publicly_accessible": True}, SWITCH),
        ("aws_rds_cluster_instance.a", {"publicly_accessible": False}, {"publicly_accessible": True}, SWITCH),
        (
            "azurerm_postgresql_flexible_server.a",
            {"public_network_access_enabled": False},
            {"public_network_access_enabled": True},
            SWITCH,
        ),
        (
            "azurerm_mysql_flexible_server.a",
            {"public_network_access": "Disabled"},
            {"public_network_access": "Enabled"},
            SWITCH,
        ),
        (
            "neon_project.a",
            {"id": "p", "allowed_ips": ["20.0.0.1"]},
            {"id": "p", "allowed_ips": ["20.0.0.1"], "allowed_ips_protected_branches_only": "yes"},
            SWITCH,
        ),
    ],
)
def test_a_change_that_no_table_knows_is_no_pass(scene, address: str, before: Any, after: Any, reason: str) -> None:
    review = scene.review(scene.resource(address, before, after))
    ((where, why),) = review.reach.unread
    assert (where, review.exit_code()) == (address, ExitCode.CANNOT_TELL)
    assert why.endswith(reason)


def test_a_hidden_list_of_an_unknown_type_is_compared_and_not_shown(scene) -> None:
    sides = ({"acl": ["20.0.0.1"]}, {"acl": ["0.0.0.0/0"]})
    reach = scene.reach(scene.resource("stackit_postgresflex_instance.a", *sides, sensitive={"acl": True}))
    assert reach.unread == (("stackit_postgresflex_instance.a", f"acl {UNKNOWN_LIST}"),)


def test_a_setting_that_is_known_after_apply_is_no_pass(scene) -> None:
    resource = scene.resource(
        "aws_db_instance.a",
        {"publicly_accessible": False},
        {},
        unknown={"publicly_accessible": True},
        refers={"publicly_accessible": "data.a_b.c"},
    )
    assert scene.reach(resource).unread == (("aws_db_instance.a", f"publicly_accessible {SWITCH}"),)


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("aws_db_instance.a", {"publicly_accessible": True}, {"publicly_accessible": False}),
        ("aws_db_instance.a", {"publicly_accessible": False, "x": 1}, {"publicly_accessible": False, "x": 2}),
        ("aws_db_instance.a", None, {"publicly_accessible": True}),
        ("stackit_postgresflex_instance.a", {"acl": ["20.0.0.1"], "x": 1}, {"acl": ["20.0.0.1"], "x": 2}),
        ("stackit_postgresflex_instance.a", None, {"acl": []}),
        ("stackit_postgresflex_instance.a", {"acl": ["20.0.0.1"]}, None),
        (
            "azurerm_storage_account.a",
            {"public_network_access_enabled": False},
            {"public_network_access_enabled": True},
        ),
        ("aws_s3_bucket.a", {"acl": "private"}, {"acl": "public-read"}),
        ("azurerm_storage_account_virtual_network_rule.a", None, {"subnet_id": "s"}),
        ("kubernetes_network_policy.a", None, {"allowed_ips": ["0.0.0.0/0"]}),
    ],
)
def test_what_opens_no_database_is_not_asked_about(scene, address: str, before: Any, after: Any) -> None:
    assert scene.reach(scene.resource(address, before, after)).unread == ()


def test_what_a_provider_computes_is_no_list_of_anybody_s(scene) -> None:
    resource = scene.resource(
        "stackit_postgresflex_instance.a", {"acl": ["20.0.0.1"], "x": 1}, {"x": 2}, unknown={"acl": True}
    )
    assert scene.reach(resource).unread == ()
