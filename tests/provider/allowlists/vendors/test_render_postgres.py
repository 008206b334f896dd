"""Render Postgres: descriptions say whose an entry is, and everything else of the database is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dflow_sandbox.vendors.render_postgres import RenderPostgresServer

KEY = "render_postgres"
ADDRESS = "203.0.113.1/32"


def test_only_the_list_is_written_with_foreign_descriptions_kept(
    server: RenderPostgresServer, terraform: Any, config: Any
):
    foreign = server.listed()

    terraform.apply(config({"fra-1": ADDRESS}))

    (write,) = [request for request in server.take_requests() if request.method == "PATCH"]
    assert json.loads(write.body) == {
        "ipAllowList": [
            *foreign,
            {"cidrBlock": ADDRESS, "description": "dflow: orders from fra-1 (shop/orders)"},
        ]
    }


def test_two_owners_of_an_entry_stand_in_its_description(server: RenderPostgresServer, terraform: Any, config: Any):
    terraform.apply(config({"fra-1": ADDRESS}))
    terraform.apply(config({"fra-1": ADDRESS}, owner="blog/orders"))

    (rule,) = [rule for rule in server.rules if rule["cidrBlock"] == ADDRESS]
    assert rule["description"].endswith("(blog/orders, shop/orders)")


def test_a_description_somebody_rewrites_is_seen_and_put_right(
    server: RenderPostgresServer, terraform: Any, config: Any
):
    state = terraform.apply(config({"fra-1": {"cidr": ADDRESS, "description": "orders, until the move"}}))
    (rule,) = [rule for rule in server.rules if rule["cidrBlock"] == ADDRESS]
    assert rule["description"] == "dflow: orders, until the move (shop/orders)"
    rule["description"] = "dflow: what is this? (shop/orders)"

    state = terraform.refresh(state)
    terraform.apply(config({"fra-1": {"cidr": ADDRESS, "description": "orders, until the move"}}), state)

    (rule,) = [rule for rule in server.rules if rule["cidrBlock"] == ADDRESS]
    assert rule["description"] == "dflow: orders, until the move (shop/orders)"


def test_a_refused_client_waits_as_long_as_render_says(server: RenderPostgresServer, terraform: Any, config: Any):
    server.refuse_next("GET", status=429, body={"message": "rate limit exceeded"}, headers={"RateLimit-Reset": "0"})

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()
