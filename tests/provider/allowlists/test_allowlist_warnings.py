"""Who is warned before a change: the machine that applies it, whose own address leaves the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from dflow_provider.allowlists.allowlist_warnings import Look, own_addresses, warn_of_list
from dflow_provider.allowlists.engine import Engine
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.schema import Report
from dflow_vendors import vendor_named

LEAVING = ("203.0.113.7/32", "198.51.100.0/24", "2001:db8:7::/48")


@dataclass
class AList:
    """A list that is looked at and not written."""

    vendor: Any
    target: str = "list L"


def warnings(*machine: str) -> dict[str, str]:
    """What is said by a machine of these addresses when all of ours leave and somebody else's stays."""
    listing = Listing(tuple(ListedEntry(cidr, cidr, cidr) for cidr in (*LEAVING, "192.0.2.0/24")))
    engine = Engine(AList(vendor_named("upcloud")), "shop/orders")
    recorded = frozenset(LEAVING)
    report = Report()
    warn_of_list(Look(engine, listing, recorded, (), engine.plan(listing, (), recorded)), report, machine)
    return {each.title: each.detail for each in report.diagnostics}


@pytest.mark.parametrize("address", ["203.0.113.7", "198.51.100.200", "2001:db8:7::1"])
def test_the_applying_machine_is_told_that_its_own_address_leaves(address: str):
    said = warnings("10.0.0.7", address)["This machine loses access"]

    assert f"leave list L, and this machine's own address is {address}." in said
    assert "is locked out afterwards" in said


@pytest.mark.parametrize("address", ["203.0.113.8", "192.0.2.9", "2001:db8:8::1"])
def test_a_machine_that_never_came_in_by_what_leaves_is_told_nothing(address: str):
    assert warnings(address) == {}


def test_the_routing_table_says_which_address_this_machine_sends_from():
    assert own_addresses(ipv4="127.0.0.1", ipv6="no address") == ["127.0.0.1"]
