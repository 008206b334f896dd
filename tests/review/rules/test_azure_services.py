"""DFLOW002: other customers of Azure stay outside."""

from __future__ import annotations

import pytest

from dflow_review.finding import Severity
from dflow_review.reach import Database
from dflow_review.rules.azure_services import other_customers_stay_outside

RULE = "azurerm_postgresql_flexible_server_firewall_rule.azure"
ZEROS = "0.0.0.0"  # noqa: S104 - Azure's mark, not an address to listen at
PAIR = {"start_ip_address": ZEROS, "end_ip_address": ZEROS}


def test_passes_an_address(scene, asked):
    rule = scene.resource(RULE, {"start_ip_address": "203.0.113.7", "end_ip_address": "203.0.113.7"})

    assert asked(other_customers_stay_outside, scene.subject(rule)) == []


def test_passes_a_rule_that_goes(scene, asked):
    assert asked(other_customers_stay_outside, scene.subject(scene.resource(RULE, None, PAIR))) == []


@pytest.mark.parametrize(
    ("address", "values"),
    [
        (RULE, PAIR),
        ("azurerm_redis_firewall_rule.azure", {"start_ip": ZEROS, "end_ip": ZEROS}),
        ("azurerm_cosmosdb_account.orders", {"ip_range_filter": ["203.0.113.7", ZEROS]}),
        ("azurerm_cosmosdb_account.orders", {"ip_range_filter": "203.0.113.7, 0.0.0.0"}),
    ],
)
def test_finds_the_pair_of_zeros(scene, asked, address, values):
    assert asked(other_customers_stay_outside, scene.subject(scene.resource(address, values))) == [address]


def test_finds_less_in_a_pair_that_was_there_before(scene):
    found = list(other_customers_stay_outside(scene.subject(scene.resource(RULE, PAIR, PAIR))))

    assert [each.weight for each in found] == [Severity.LOW]


def test_finds_the_mark_among_entries_that_other_resources_tell_of(scene, asked):
    entry = scene.entry("all of Azure", resource="dflow_azure_sql_allowlist.orders", is_foreign=True)
    new = scene.change((), [entry], database=Database("1", "orders", "azure_sql"))
    old = scene.change([entry], [entry], database=Database("1", "orders", "azure_sql"))

    assert asked(other_customers_stay_outside, scene.subject(new)) == ["dflow_azure_sql_allowlist.orders"]
    assert asked(other_customers_stay_outside, scene.subject(old)) == []


def test_passes_the_same_spelling_at_another_vendor(scene, asked):
    entries = [scene.entry(ZEROS), scene.entry("all of Azure")]

    assert asked(other_customers_stay_outside, scene.subject(scene.change((), entries))) == []


def test_cannot_tell_of_addresses_that_are_known_after_apply(scene, asked):
    rule = scene.resource(RULE, {"end_ip_address": ZEROS}, unknown={"start_ip_address": True})
    account = scene.resource(
        "azurerm_cosmosdb_account.a", {"ip_range_filter": [None]}, unknown={"ip_range_filter": [True]}
    )

    assert asked(other_customers_stay_outside, scene.subject(rule, account)) == [
        "azurerm_cosmosdb_account.a (cannot tell)",
        f"{RULE} (cannot tell)",
    ]


def test_survives_values_of_the_wrong_type(odd_subjects):
    assert [list(other_customers_stay_outside(subject)) for subject in odd_subjects]
