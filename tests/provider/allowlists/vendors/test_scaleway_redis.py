"""What is particular to Scaleway's Redis: rules with ids, and a cluster that is not ready between two changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dflow_sandbox.vendors.scaleway_redis import ScalewayRedisServer

KEY = "scaleway_redis"


def test_rules_are_added_in_one_call_and_go_by_their_ids(server: ScalewayRedisServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32", "fra-2": "203.0.113.2/32"}))
    ids = {rule["ip_cidr"]: rule["id"] for rule in server.listed()}
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.1/32", "fra-3": "203.0.113.3/32"}), state)

    cluster = "/redis/v1/zones/fr-par-1/clusters/9c1e2d3f-4a5b-4c7d-8e9f-0a1b2c3d4e5f"
    assert server.writes() == [
        f"POST {cluster}/acls",
        f"DELETE /redis/v1/zones/fr-par-1/acls/{ids['203.0.113.2/32']}",
    ]


def test_a_rule_that_somebody_made_anew_is_theirs(server: ScalewayRedisServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    server.remove_by_hand("203.0.113.1/32")
    server.put_by_hand("203.0.113.1/32", "the accountants")

    terraform.destroy(terraform.refresh(state))

    assert [rule["description"] for rule in server.listed()] == ["office", "the accountants"]


def test_a_rule_that_somebody_removes_while_we_do_stops_nothing(
    server: ScalewayRedisServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32", "fra-2": "203.0.113.2/32"}))
    server.before_next("DELETE", lambda: server.remove_by_hand("203.0.113.1/32"))

    terraform.destroy(state)

    assert server.cidrs() == {"198.51.100.7/32"}


def test_a_cluster_that_is_not_ready_is_waited_for(server: ScalewayRedisServer, terraform: Any, config: Any):
    server.looks_until_ready = 5

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "203.0.113.1/32" in server.cidrs()
