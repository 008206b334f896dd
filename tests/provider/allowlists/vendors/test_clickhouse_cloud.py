"""What is particular to ClickHouse Cloud: a delta of entries named with their descriptions, and its own rate limit."""

from __future__ import annotations

import pytest

from dflow_provider.allowlists.allowlist_life import open_list
from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.allowlists.place import Place
from dflow_vendors import vendor_named

KEY = "clickhouse_cloud"


def test_a_change_is_one_call_that_names_what_is_added_and_what_goes_as_it_was_read(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.2/32"}), state)

    (patch,) = [request for request in server.take_requests() if request.method == "PATCH"]
    note = "dflow: orders from fra-1 (shop/orders)"
    assert patch.json == {
        "ipAccessList": {
            "add": [{"source": "203.0.113.2/32", "description": note}],
            "remove": [{"source": "203.0.113.1/32", "description": note}],
        }
    }


def test_an_entry_that_another_owner_joined_meanwhile_is_not_removed_with_ours(server, terraform, config):
    terraform.apply(config({"fra-1": "203.0.113.1/32"}, owner="shop/orders"))
    state = terraform.refresh(terraform.apply(config({"fra-1": "203.0.113.2/32"}, owner="blog/orders")))

    def join() -> None:
        for entry in server.entries:
            if entry["source"] == "203.0.113.2/32":
                entry["description"] = "dflow: orders from fra-1 (blog/orders, shop/orders)"

    server.before_next("PATCH", join)
    terraform.destroy(state)

    (left,) = [entry for entry in server.listed() if entry["source"] == "203.0.113.2/32"]
    assert left["description"].endswith("(shop/orders)")


def test_after_a_rate_limit_it_waits_a_second_longer_than_clickhouse_says(server, environment):
    server.refuse_next("GET", status=429, body={"error": "Too many requests"}, headers={"X-RateLimit-Reset": "3"})
    place = Place(vendor_named(KEY), server.locators, Author("shop/orders"), environment)

    with pytest.raises(TryLaterError, match="busy") as busy:
        open_list(place).read()

    assert busy.value.after_s == 4.0


def test_a_refusal_is_told_in_clickhouse_s_words(server, terraform, config):
    server.refuse_next("PATCH", status=400, body={"status": 400, "error": "BAD_REQUEST: too many entries"})

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    (problem,) = terraform.last_report.diagnostics
    assert "BAD_REQUEST: too many entries" in problem.detail


def test_the_older_names_of_the_key_are_read_too(server, terraform, config, environment):
    environment["CLICKHOUSE_TOKEN_KEY"] = environment.pop("CLICKHOUSE_CLOUD_API_KEY")
    environment["CLICKHOUSE_TOKEN_SECRET"] = environment.pop("CLICKHOUSE_CLOUD_API_SECRET")
    terraform.resource._backend.environment = environment

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "203.0.113.1/32" in server.cidrs()
