"""DigitalOcean: rules that are no addresses, tools that erase descriptions, a list written by two at a time."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_sandbox.vendors.digitalocean import DigitalOceanServer

KEY = "digitalocean"
ADDRESS = "203.0.113.1/32"
OTHER = "203.0.113.2/32"


def test_apps_clusters_and_tags_go_back_with_all_they_came_with(
    server: DigitalOceanServer, terraform: Any, config: Any
):
    foreign = server.listed()

    terraform.apply(config({"fra-1": ADDRESS}))

    (put,) = [json.loads(request.body) for request in server.take_requests() if request.method == "PUT"]
    ours = {"type": "ip_addr", "value": "203.0.113.1", "description": "dflow: orders from fra-1 (shop/orders)"}
    assert put == {"rules": [*foreign, ours]}


def test_rules_that_are_no_addresses_are_shown_as_what_they_are(terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert "tag backend" in state["foreign_entries"]
    assert "app a6c1b8a4-9d2c-4b5e-8f5e-2d6f1d0e7c11" in state["foreign_entries"]


def test_an_erased_description_makes_no_entry_somebody_else_s(server: DigitalOceanServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS, "fra-2": OTHER}))
    server.erase_descriptions()

    state = terraform.refresh(state)
    assert sorted(state["owned_entries"]) == ["203.0.113.1", "203.0.113.2"]
    state = terraform.apply(config({"fra-1": ADDRESS}), state)

    assert OTHER not in server.cidrs()
    assert server.listed()[-1]["description"] == "dflow: orders from fra-1 (shop/orders)"
    terraform.destroy(state)
    assert ADDRESS not in server.cidrs()


def test_an_entry_without_a_description_that_nobody_recorded_is_somebody_else_s(
    server: DigitalOceanServer, terraform: Any, config: Any
):
    server.put_by_hand(ADDRESS, "")

    state = terraform.apply(config({"fra-1": ADDRESS}))
    terraform.destroy(state)

    assert ADDRESS in server.cidrs()


def test_a_rule_of_somebody_s_that_is_lost_to_a_write_at_the_same_time_is_reported(
    server: DigitalOceanServer, terraform: Any, config: Any
):
    server.after_next("PUT", lambda: server.rules.remove(server.rules[0]))

    state = terraform.apply(config({"fra-1": ADDRESS}))

    (problem,) = terraform.last_report.diagnostics
    assert problem.title == "Foreign entries are gone"
    assert "app a6c1b8a4" in problem.detail
    assert state["active_entries"] == {"fra-1": ADDRESS}


def test_the_moment_a_limit_resets_is_not_taken_for_seconds_to_wait(
    server: DigitalOceanServer, terraform: Any, config: Any
):
    server.refuse_next(
        "GET",
        status=429,
        body={"id": "too_many_requests", "message": "API Rate limit exceeded."},
        headers={"ratelimit-reset": str(int(time.time()) + 3600)},
    )

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()


def test_a_full_list_is_refused_at_plan_with_digitalocean_s_number(
    server: DigitalOceanServer, terraform: Any, config: Any
):
    for number in range(95):
        server.put_by_hand(f"198.51.100.{number + 10}/32")

    with pytest.raises(ProviderError, match="quota") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "101" in refused.value.detail
    assert "100 trusted sources of a database cluster" in refused.value.detail
    assert not server.writes()


def test_a_refused_rule_is_told_in_digitalocean_s_words(server: DigitalOceanServer, terraform: Any, config: Any):
    planned = config({"fra-1": ADDRESS})
    server.refuse_next("PUT", status=422, body={"id": "unprocessable_entity", "message": "invalid IPv4 address"})

    terraform.apply(planned)

    (problem,) = terraform.last_report.diagnostics
    assert "invalid IPv4 address (unprocessable_entity)" in problem.detail
