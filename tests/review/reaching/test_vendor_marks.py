"""Azure's mark for everything in Azure, which looks like one address."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dflow_review.outputs import html, markdown, terminal
from dflow_review.outputs import json as json_output
from dflow_review.ranges import NOBODY
from dflow_review.reach import Movement
from dflow_review.review import ExitCode

ZEROS = "0.0.0.0"  # noqa: S104 - Azure's mark, not an address to listen at
SERVER = "/subscriptions/s/resourceGroups/shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders"
RULE = "azurerm_postgresql_flexible_server_firewall_rule.azure"


def _rule(first: str, last: str) -> dict[str, Any]:
    return {"name": "azure", "server_id": SERVER, "start_ip_address": first, "end_ip_address": last}


def _account(*entries: str) -> dict[str, Any]:
    return {"name": "orders", "resource_group_name": "shop", "ip_range_filter": [*entries]}


def _ours(*foreign: str) -> dict[str, Any]:
    entries = {"entries": {"fra-1": {"cidr": "20.0.0.1/32"}}, "foreign_entries": [*foreign], "owner": "shop/orders"}
    return {"resource_group": "shop", "server_name": "orders", **entries}


@pytest.mark.parametrize(
    ("address", "without", "with_it"),
    [
        pytest.param(RULE, None, _rule(ZEROS, ZEROS), id="a rule for the pair"),
        pytest.param("azurerm_cosmosdb_account.a", _account("20.0.0.1"), _account("20.0.0.1", ZEROS), id="a list"),
        pytest.param(
            "azurerm_cosmosdb_account.a",
            {**_account(), "ip_range_filter": "20.0.0.1"},
            {**_account(), "ip_range_filter": f"20.0.0.1,{ZEROS}"},
            id="a list in one text",
        ),
    ],
)
def test_all_of_azure_is_no_address_and_is_compared_by_its_name(scene, address, without, with_it) -> None:
    opened = scene.only(scene.resource(address, without, with_it))
    shut = scene.only(scene.resource(address, with_it, without))
    still = scene.only(scene.resource(address, with_it, with_it))

    assert (opened.movement, opened.added) == (Movement.WIDENED, NOBODY)
    assert "all of Azure" in {opening.source.spelling for opening in opened.after}
    assert (shut.movement, shut.removed) == (Movement.NARROWED, NOBODY)
    assert still.movement is Movement.SAME


@pytest.mark.parametrize("spelling", ["all Azure services", "Azure datacentres", ZEROS])
def test_what_our_provider_found_on_the_list_is_called_the_same(scene, spelled, spelling) -> None:
    change = scene.only(scene.resource("dflow_azure_postgresql_allowlist.a", _ours(spelling), _ours(spelling)))

    assert spelled(change.after) == ["20.0.0.1/32", "all of Azure"]


def test_the_pair_gives_way_to_an_address(scene) -> None:
    change = scene.only(scene.resource(RULE, _rule(ZEROS, ZEROS), _rule("20.0.0.1", "20.0.0.1")))

    assert (change.movement, change.added.cidrs()) == (Movement.BOTH, ("20.0.0.1/32",))


def test_a_range_that_begins_there_is_a_range(scene) -> None:
    change = scene.only(scene.resource(RULE, None, _rule(ZEROS, "0.0.0.255")))

    assert change.added.size == 256


def test_every_output_says_all_of_azure_and_the_pipeline_is_told(scene) -> None:
    also = scene.resource(RULE.replace(".azure", ".web"), None, _rule("20.0.0.1", "20.0.0.1"))
    review = scene.review(scene.resource(RULE, None, _rule(ZEROS, ZEROS)), also)

    assert review.exit_code() is ExitCode.WIDENED
    assert "open to 1 more address and all of Azure" in terminal.render(review, width=200)
    assert "+ all of Azure" in terminal.render(review, width=200)
    assert "open to 1 more address and all of Azure" in markdown.render(review)
    assert "all of Azure" in html.render(review)
    (database,) = json.loads(json_output.render(review))["databases"]
    assert (database["movement"], database["added"]["count"]) == ("widened", "1")
    assert [each["cidrs"] for each in database["after"] if each["spelling"] == "all of Azure"] == [[]]


def test_a_rule_that_goes_closes_the_database_to_all_of_azure(scene) -> None:
    review = scene.review(scene.resource(RULE, _rule(ZEROS, ZEROS), None))

    assert review.exit_code() is ExitCode.NOTHING_WIDENED
    assert "closed to all of Azure" in terminal.render(review, width=200)
    assert "- all of Azure" in terminal.render(review, width=200)
