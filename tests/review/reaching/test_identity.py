"""One list, named in several ways; two lists, named alike."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching.identity import canonical


@pytest.mark.parametrize(
    ("token", "spelled"),
    [
        ("/subscriptions/s/resourceGroups/Shop/providers/Microsoft.Sql/servers/Orders", "shop/orders"),
        ("projects/p/locations/l/clusters/c", "p/l/c"),
        ("fr-par/6f0b8a2e", "6f0b8a2e"),
        ("sg-1", "sg-1"),
        ("shop/orders", "shop/orders"),
    ],
)
def test_ids_are_spelled_alike(token: str, spelled: str) -> None:
    assert canonical(token) == spelled


def _rule(group: str, server: str) -> dict[str, Any]:
    return {
        "name": "n",
        "server_name": server,
        "resource_group_name": group,
        "start_ip_address": "20.0.0.1",
        "end_ip_address": "20.0.0.1",
    }


RULE = "azurerm_mysql_flexible_server_firewall_rule"


def test_two_servers_of_a_new_group_are_two_databases(scene) -> None:
    def rule(name: str) -> dict[str, Any]:
        return scene.resource(
            f"{RULE}.{name}",
            None,
            {**_rule("", name), "resource_group_name": None},
            unknown={"resource_group_name": True},
            refers={"resource_group_name": "azurerm_resource_group.g.name"},
        )

    group = scene.resource("azurerm_resource_group.g", None, {"name": None}, unknown={"id": True, "name": True})
    assert len(scene.reach(group, rule("orders"), rule("blog")).changes) == 2


def test_an_azure_server_is_the_same_by_name_and_by_the_dflow_provider(scene) -> None:
    owned = {
        "subscription_id": "s",
        "resource_group": "Shop",
        "server_name": "orders",
        "owner": "o",
        "entries": {"fra-1": {"cidr": "20.0.0.1/32"}},
        "foreign_entries": [],
    }
    change = scene.only(
        scene.resource(f"{RULE}.a", _rule("shop", "orders"), None),
        scene.resource("dflow_azure_mysql_allowlist.a", None, owned),
    )
    assert change.movement is Movement.MOVED


def test_an_inline_list_and_a_dflow_one_that_leaves_out_the_project_are_one(scene) -> None:
    networks = [{"value": "20.0.0.1/32", "name": "x"}]
    instance = {
        "id": "orders",
        "project": "shop",
        "name": "orders",
        "settings": [{"ip_configuration": [{"ipv4_enabled": True, "authorized_networks": networks}]}],
    }
    owned = {
        "project": None,
        "instance": "orders",
        "owner": "shop/orders",
        "entries": {"fra-1": {"cidr": "20.0.0.2/32"}},
        "foreign_entries": ["20.0.0.1/32"],
    }
    change = scene.only(
        scene.resource("google_sql_database_instance.i", instance, instance),
        scene.resource("dflow_google_cloud_sql_allowlist.a", None, owned),
    )
    assert change.added.cidrs() == ("20.0.0.2/32",)


def test_what_a_name_is_made_of_is_not_what_it_names(scene) -> None:
    values = {"project_id": "shop-4f2a", "owner": "o", "entries": {}, "foreign_entries": ["20.0.0.1"]}
    change = scene.only(
        scene.resource("dflow_neon_allowlist.a", values, values, refers={"project_id": "random_id.suffix.hex"}),
        scene.resource("random_id.suffix", {"id": "x", "hex": "4f2a"}, None),
    )
    assert (change.movement, change.database.name) == (Movement.SAME, "shop-4f2a")
