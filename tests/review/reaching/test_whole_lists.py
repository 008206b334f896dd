"""Lists that one resource writes whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching.inline_table import WHOLES
from dflow_review.reaching.rows import row_named


def test_rows_that_the_table_names_are_there() -> None:
    assert {each.vendor for each in WHOLES if each.vendor and row_named(each.vendor) is None} == set()


def _sql(*networks: str, **more: Any) -> dict[str, Any]:
    listed = [{"value": each, "name": f"dflow: orders from n{each} (shop/orders)"} for each in networks]
    return {
        "project": "shop",
        "name": "orders",
        "settings": [{"ip_configuration": [{"ipv4_enabled": True, "authorized_networks": listed, **more}]}],
    }


SQL = "google_sql_database_instance.a"


def test_a_list_inside_blocks_is_found(scene) -> None:
    change = scene.only(scene.resource(SQL, _sql("20.0.0.1/32"), _sql("20.0.0.1/32", "20.0.0.2/32")))
    assert change.database.id == "google_cloud_sql shop/orders"
    assert change.added.cidrs() == ("20.0.0.2/32",)
    assert change.after[0].source.node == "n20.0.0.1/32"


def test_a_list_without_effect_lets_nobody_in(scene) -> None:
    reach = scene.reach(scene.resource(SQL, _sql("20.0.0.1/32"), _sql("20.0.0.1/32", ipv4_enabled=False)))
    assert [each.movement for each in reach.changes] == [Movement.NARROWED]


def test_a_database_that_is_destroyed_lets_nobody_in(scene) -> None:
    project = {"id": "p", "name": "orders", "allowed_ips": ["20.0.0.1"]}
    change = scene.only(scene.resource("neon_project.a", project, None))
    assert (change.movement, change.after) == (Movement.NARROWED, ())


def test_an_inline_list_that_is_emptied_opens_where_the_vendor_says_so(scene) -> None:
    before = {"id": "p", "name": "orders", "allowed_ips": ["20.0.0.1"]}
    for empty in ({"allowed_ips": []}, {"allowed_ips": None}):
        change = scene.only(scene.resource("neon_project.a", before, {**before, **empty}))
        assert change.movement is Movement.WIDENED
        assert change.added.size == 2**32 - 1  # IPv4 is all that Neon takes


def test_an_inline_list_of_which_the_vendor_does_not_say_what_empty_means_cannot_be_told(scene) -> None:
    before = {"id": "v", "label": "orders", "trusted_ips": ["20.0.0.1"]}
    change = scene.only(scene.resource("vultr_database.a", before, {**before, "trusted_ips": []}))
    assert change.movement is Movement.UNKNOWN


def test_a_list_that_is_not_set_may_mean_something_else_than_an_empty_one(scene) -> None:
    def service(**config: Any) -> dict[str, Any]:
        return {"project": "shop", "service_name": "orders", "pg_user_config": [config]}

    filled = service(ip_filter_object=[{"network": "20.0.0.1/32", "description": "x"}])
    unset = scene.only(scene.resource("aiven_pg.a", filled, service()))
    assert unset.movement is Movement.WIDENED
    emptied = scene.only(scene.resource("aiven_pg.a", filled, service(ip_filter_object=[])))
    assert emptied.movement is Movement.NARROWED
    other = scene.only(scene.resource("aiven_pg.a", filled, service(ip_filter_string=["20.0.0.1"])))
    assert other.movement is Movement.SAME


def _firewall(*rules: tuple[str, str]) -> dict[str, Any]:
    return {"cluster_id": "c-1", "rule": [{"type": kind, "value": value} for kind, value in rules]}


FIREWALL = "digitalocean_database_firewall.a"


def test_a_whole_list_that_is_destroyed_opens(scene) -> None:
    change = scene.only(scene.resource(FIREWALL, _firewall(("ip_addr", "20.0.0.1")), None))
    assert change.movement is Movement.WIDENED


def test_a_whole_list_that_is_created_shuts_the_others_out(scene) -> None:
    change = scene.only(scene.resource(FIREWALL, None, _firewall(("ip_addr", "20.0.0.1"))))
    assert change.movement is Movement.NARROWED


def test_a_list_for_a_database_that_is_created_with_it_widens_from_nobody(scene) -> None:
    firewall = scene.resource(
        FIREWALL,
        None,
        {**_firewall(("ip_addr", "20.0.0.1")), "cluster_id": None},
        unknown={"cluster_id": True},
        refers={"cluster_id": "digitalocean_database_cluster.c"},
    )
    cluster = scene.resource("digitalocean_database_cluster.c", None, {"name": "orders"}, unknown={"id": True})
    change = scene.only(firewall, cluster)
    assert (change.movement, change.database.name) == (Movement.WIDENED, "orders")


def test_a_list_that_goes_with_its_database_opens_nothing(scene) -> None:
    change = scene.only(
        scene.resource(
            FIREWALL,
            _firewall(("ip_addr", "20.0.0.1")),
            None,
            refers={"cluster_id": "digitalocean_database_cluster.c"},
        ),
        scene.resource("digitalocean_database_cluster.c", {"id": "c-1", "name": "orders"}, None),
    )
    assert (change.movement, change.after) == (Movement.NARROWED, ())


def test_what_is_no_address_is_let_in_by_name(scene, spelled) -> None:
    change = scene.only(scene.resource(FIREWALL, _firewall(("ip_addr", "20.0.0.1")), _firewall(("droplet", "7"))))
    assert spelled(change.after) == ["droplet 7"]
    assert change.movement is Movement.BOTH


def test_a_list_that_is_turned_off_lets_everybody_in(scene) -> None:
    def astra(*, enabled: bool) -> dict[str, Any]:
        return {"database_id": "d", "enabled": enabled, "addresses": [{"address": "20.0.0.1", "enabled": True}]}

    change = scene.only(scene.resource("astra_access_list.a", astra(enabled=True), astra(enabled=False)))
    assert change.movement is Movement.WIDENED


def test_a_list_in_a_json_text_is_read_and_stays_when_its_resource_goes(scene, spelled) -> None:
    values = {"project_ref": "ref", "network": json.dumps({"restrictions": ["20.0.0.1/32", "2001:db8::/64"]})}
    change = scene.only(scene.resource("supabase_settings.a", values, None))
    assert change.movement is Movement.SAME
    assert spelled(change.after) == ["20.0.0.1/32", "2001:db8::/64"]


@pytest.mark.parametrize("network", ["{", "[]", '{"restrictions": ["x"]}', '{"restrictions": [1]}', "[" * 100_000])
def test_a_json_text_that_cannot_be_read_is_named(scene, network: str) -> None:
    reach = scene.reach(scene.resource("supabase_settings.a", None, {"project_ref": "ref", "network": network}))
    assert reach.unread


def test_a_list_that_is_hidden_is_not_looked_at(scene, spelled) -> None:
    before = {"id": "p", "allowed_ips": ["20.0.0.1"]}
    after = {"id": "p", "allowed_ips": ["20.0.0.2"]}
    reach = scene.reach(scene.resource("neon_project.a", before, after, sensitive={"allowed_ips": True}))
    assert "20.0.0" not in repr(reach)


def test_a_dflow_list_and_the_vendor_s_own_are_one(scene, spelled) -> None:
    owned = {
        "project_id": "p",
        "owner": "shop/orders",
        "entries": {"fra-1": {"cidr": "20.0.0.2/32"}},
        "foreign_entries": ["20.0.0.1"],
    }
    project = {"id": "p", "name": "orders", "allowed_ips": ["20.0.0.1"]}
    change = scene.only(
        scene.resource("neon_project.a", project, project), scene.resource("dflow_neon_allowlist.a", None, owned)
    )
    assert change.added.cidrs() == ("20.0.0.2/32",)
    assert spelled(change.before) == ["20.0.0.1"]


def test_settings_with_the_id_of_their_project_do_not_stand_for_it(scene) -> None:
    values = {"id": "ref", "project_ref": "ref", "network": json.dumps({"restrictions": ["20.0.0.1/32"]})}
    change = scene.only(scene.resource("supabase_settings.a", values, None))
    assert change.movement is Movement.SAME


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("20.0.0.300/32", "'20.0.0.300/32'"),
        ("20.0.0.1, 20.0.0.2", "'20.0.0.1, 20.0.0.2'"),
        ("2001:db8::/129", "'2001:db8::/129'"),
        ("ANY", "'ANY'"),
        ("", "''"),
        ("postgres://shop:correct-horse@orders.example/shop", "a text of 49 characters"),
        ("0123456789abcdef0123456789abcdef", "a text of 32 characters"),
        ("1." * 50, "a text of 100 characters"),
    ],
)
def test_what_is_no_address_is_shown_only_if_it_looks_like_one(scene, found: str, shown: str) -> None:
    reach = scene.reach(scene.resource("neon_project.a", None, {"id": "p", "allowed_ips": [found]}))
    assert reach.unread == (("neon_project.a", f"{shown} is no address, CIDR or range"),)


@pytest.mark.parametrize(("networks_only", "movement"), [(True, Movement.NARROWED), (False, Movement.WIDENED)])
def test_an_account_that_only_its_networks_reach_is_not_open_without_addresses(
    scene, networks_only: bool, movement: Movement
) -> None:
    sides = (
        {
            "resource_group_name": "shop",
            "name": "orders",
            "ip_range_filter": addresses,
            "is_virtual_network_filter_enabled": networks_only,
        }
        for addresses in (["20.0.0.1"], [])
    )
    assert scene.only(scene.resource("azurerm_cosmosdb_account.a", *sides)).movement is movement
