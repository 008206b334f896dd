"""CockroachDB Cloud's own traps."""

from __future__ import annotations

import json

KEY = "cockroachdb_cloud"
ADDRESS = "203.0.113.1/32"


def test_an_entry_lets_in_to_sql_alone_and_is_waited_for(server, terraform, config):
    terraform.plan(config({}))
    server.take_requests()

    terraform.apply(config({"fra-1": ADDRESS}))

    requests = server.take_requests()
    written = [json.loads(each.body) for each in requests if each.method == "POST"]
    assert [(each["sql"], each["ui"], each["cidr_mask"]) for each in written] == [(True, False, 32)]
    after = [each.method for each in requests[[each.method for each in requests].index("POST") :]]
    assert after.count("GET") >= 3  # it propagates for two looks


def test_an_entry_for_the_console_alone_lets_nobody_in_and_is_in_the_way(server, terraform, config):
    before = server.listed()

    terraform.plan(config({"fra-1": "198.51.100.9/32"}))
    state = terraform.apply(config({"fra-1": "198.51.100.9/32"}))

    assert terraform.last_report.diagnostics[-1].title == "Entry is for the console only"
    assert state["active_entries"] == {}
    assert server.listed() == before


def test_a_shared_entry_keeps_what_it_lets_in_to(server, terraform, config):
    terraform.apply(config({"fra-1": ADDRESS}))
    entry = next(each for each in server._entries if each["cidr_ip"] == "203.0.113.1")
    entry["ui"] = True  # somebody turned it on

    terraform.apply(config({"fra-1": ADDRESS}, owner="blog/orders"))

    assert entry["ui"] is True
    assert entry["name"] == "dflow: orders from fra-1 (blog/orders, shop/orders)"


def test_a_basic_cluster_that_was_born_open_is_reported(server, terraform, config):
    server.put_by_hand("0.0.0.0/0", "allow all")

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert state["open_to_world"] is True
    assert "0.0.0.0/0" in state["foreign_entries"]


def test_all_pages_are_read(server, terraform, config):
    for number in range(150):
        server.put_by_hand(f"45.67.89.{number + 1}/32")

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert len(state["foreign_entries"]) == len(server.listed()) - 1
