"""Astra: never a removal without an address, never two in one call, and lists that are switched off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.listing import Change, ListedEntry, Listing
from dflow_provider.allowlists.place import Place
from dflow_provider.allowlists.vendors.astra import open_list
from dflow_vendors.rows.astra import ASTRA

if TYPE_CHECKING:
    from dflow_sandbox.vendors.astra import AstraServer

KEY = "astra"
ADDRESS = "203.0.113.1/32"
ANOTHER = "203.0.113.2/32"


def words(terraform: Any) -> str:
    return "\n".join(f"{each.title}: {each.detail}" for each in terraform.last_report.diagnostics)


def test_entries_are_added_by_one_call_and_removed_one_by_one(server: AstraServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS, "fra-2": ANOTHER}))
    terraform.destroy(state)

    writes = [request for request in server.take_requests() if request.method != "GET"]
    assert [request.method for request in writes] == ["POST", "DELETE", "DELETE"]
    assert json.loads(writes[0].body)[0] == {
        "address": ADDRESS,
        "enabled": True,
        "description": "dflow: orders from fra-1 (shop/orders)",
    }
    assert [request.query for request in writes[1:]] == [{"addresses": ADDRESS}, {"addresses": ANOTHER}]


@pytest.mark.parametrize("handle", ["", None])
def test_a_removal_without_an_address_is_never_sent(server: AstraServer, handle: object):
    place = Place(ASTRA, server.locators, Author("shop/orders"), server.environment())
    nameless = ListedEntry(ADDRESS, ADDRESS, handle)

    with pytest.raises(TypeError, match="would remove the whole list"):
        open_list(place).apply(Change(remove=(nameless,)), Listing((nameless,)))

    assert not server.writes()


def test_an_entry_that_went_meanwhile_is_as_good_as_removed(server: AstraServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS, "fra-2": ANOTHER}))
    server.before_next("DELETE", lambda: server.remove_by_hand(ADDRESS))

    terraform.destroy(state)

    assert not {ADDRESS, ANOTHER} & server.cidrs()


def test_a_list_that_is_switched_off_is_warned_of_and_stays_off(server: AstraServer, terraform: Any, config: Any):
    server.is_enforced = False

    state = terraform.apply(config({"fra-1": ADDRESS}))

    assert state["open_to_world"] is True
    assert server.is_enforced is False
    terraform.plan(config({"fra-1": ANOTHER}), state)
    assert "the access list is switched off (accessListEnabled)" in words(terraform)


def test_a_foreign_entry_that_is_switched_off_is_not_taken_over(server: AstraServer, terraform: Any, config: Any):
    before = server.listed()

    terraform.apply(config({"fra-1": "198.51.100.99/32"}))

    assert "Entry is switched off" in words(terraform)
    assert "198.51.100.99/32 (switched off)" in words(terraform)
    assert server.listed() == before


def test_an_entry_of_ours_that_somebody_switched_off_is_added_anew(server: AstraServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server.addresses[-1]["enabled"] = False

    state = terraform.refresh(state)
    assert "fra-1" not in state["active_entries"]
    terraform.apply(config({"fra-1": ADDRESS}), state)

    assert ADDRESS in server.cidrs()
    assert [each["address"] for each in server.addresses].count(ADDRESS) == 1


def test_a_description_somebody_changes_is_left_alone(server: AstraServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": ADDRESS}))
    server.addresses[-1]["description"] = "dflow: renamed (shop/orders)"

    assert terraform.second_plan_is_empty(config({"fra-1": ADDRESS}), state)
