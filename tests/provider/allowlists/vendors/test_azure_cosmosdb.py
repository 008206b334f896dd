"""Azure Cosmos DB's own traps."""

from __future__ import annotations

import json

KEY = "azure_cosmosdb"
ADDRESS = "203.0.113.1/32"
SUBNET = {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/backend"}


def test_only_the_rules_are_written_and_odd_ones_go_back_as_they_came(server, terraform, config):
    foreign = server.listed()

    terraform.apply(config({"fra-1": ADDRESS}))

    (written,) = [json.loads(each.body) for each in server.take_requests() if each.method == "PATCH"]
    assert written == {"properties": {"ipRules": [*foreign, {"ipAddressOrRange": "203.0.113.1"}]}}


def test_an_account_that_is_being_changed_is_waited_for_and_read_anew(server, terraform, config):
    planned = config({"fra-1": ADDRESS})
    terraform.plan(planned)
    server._operations["of-somebody-else"] = 4

    terraform.apply(planned)

    assert not terraform.last_report.has_errors
    assert ADDRESS in server.cidrs()


def test_no_ip_rule_does_not_mean_open_as_long_as_a_subnet_is_let_in(server, terraform, config):
    server.clear_by_hand()
    server.properties["virtualNetworkRules"] = [SUBNET]

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert state["foreign_entries"] == ["subnet backend"]
    assert server.properties["virtualNetworkRules"] == [SUBNET]
    terraform.destroy(state)
    assert server.listed() == []


def test_a_list_that_lets_nobody_in_is_told_at_plan(server, terraform, config):
    server.properties["publicNetworkAccess"] = "Disabled"

    terraform.plan(config({"fra-1": ADDRESS}))

    assert any("public network access" in each.detail for each in terraform.last_report.diagnostics)


def test_azures_datacentres_are_no_address(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert "Azure datacentres" in state["foreign_entries"]
