"""Traps of Azure's firewall rules: names, ranges, operations, one change at a time, clouds and principals."""

from __future__ import annotations

import pytest

from dflow_provider.schema import ProviderError

KEY = "azure_postgresql"
ADDRESS = "203.0.113.1/32"


def rule(server, ending):
    return next(each for each in server.listed() if each["name"].endswith(ending))


def test_a_range_becomes_its_first_and_last_address_under_the_owners_name(server, terraform, config):
    terraform.apply(config({"fra-1": "203.0.113.64/26"}))

    made = rule(server, "203-0-113-64-26")
    assert made["properties"] == {"startIpAddress": "203.0.113.64", "endIpAddress": "203.0.113.127"}
    assert made["name"].startswith("dflow-shop-orders-")


def test_all_azure_services_and_odd_ranges_are_foreign(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert state["foreign_entries"] == ["198.51.100.20-198.51.100.29", "198.51.100.7/32", "all Azure services"]


def test_one_change_runs_at_a_time_and_is_waited_for(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS, "fra-2": "203.0.113.2/32"}))  # a busy server would refuse

    terraform.destroy(state)

    looks = [each for each in server.take_requests() if "/operations/" in each.path]
    assert len(looks) == 2 * 4


def test_a_rule_of_ours_that_somebody_turned_to_another_address_is_turned_back_and_stays(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    name = rule(server, "203-0-113-1-32")["name"]
    server._rules[name] = ("198.51.100.99", "198.51.100.99")

    state = terraform.apply(config({"fra-1": ADDRESS}), terraform.refresh(state))

    assert state["owned_entries"] == [ADDRESS]
    assert server._rules[name] == ("203.0.113.1", "203.0.113.1")


def test_an_operation_that_fails_is_told_in_azures_words(server, terraform, config):
    planned = terraform.plan(config({"fra-1": ADDRESS}))
    assert planned
    server.failing_operation = {"code": "FirewallRuleQuotaReached", "message": "No more rules."}

    terraform.apply(config({"fra-1": ADDRESS}))

    last = terraform.last_report.diagnostics[-1]
    assert last.title == "Azure did not apply the change"
    assert "No more rules. (FirewallRuleQuotaReached)" in last.detail


def test_an_operation_that_fails_because_the_server_is_busy_is_tried_again(server, terraform, config):
    server.failing_operation = {"code": "ServerIsBusy", "message": "busy"}

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert not terraform.last_report.has_errors
    assert state["owned_entries"] == [ADDRESS]


def test_an_unknown_subscription_does_not_mean_that_the_list_is_gone(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    other = {**state, "subscription_id": "00000000-0000-0000-0000-000000000000"}

    with pytest.raises(ProviderError, match="Azure does not find the subscription"):
        terraform.refresh(other)


def test_the_subscription_comes_from_the_environment_where_it_is_left_out(server, terraform, config, environment):
    environment["ARM_SUBSCRIPTION_ID"] = server.locators["subscription_id"]

    state = terraform.apply(config({"fra-1": ADDRESS}, subscription_id=None))

    assert state["subscription_id"] == server.locators["subscription_id"]


def test_pages_are_followed(server, terraform, config):
    for number in range(150):
        server.put_by_hand(f"45.67.89.{number}/32")

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert len(state["foreign_entries"]) == len(server.listed()) - 1


def test_one_token_serves_all_requests(server, terraform, config):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    terraform.destroy(state)

    assert sum(each.path.endswith("/token") for each in server.take_requests()) == 1


def test_a_cloud_nobody_knows_is_named(terraform, config, environment):
    environment["ARM_ENVIRONMENT"] = "moon"

    with pytest.raises(ProviderError, match="Azure cloud is unknown") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "usgovernment" in refused.value.detail


def test_azures_trace_stays_out_of_the_message(terraform, config, environment):
    environment["ARM_CLIENT_SECRET"] = "canary"

    with pytest.raises(ProviderError, match="Vendor refuses the credential") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "AADSTS7000215: Invalid client secret provided. Check ARM_CLIENT_ID" in refused.value.detail
    assert "Trace" not in refused.value.detail
