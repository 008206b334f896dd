"""Neon: the switch beside the list, ranges with a dash, and operations that lock each other out."""

from __future__ import annotations

import itertools
import socket
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.allowlists.allowlist_life import open_list
from dflow_provider.allowlists.entry import Author, NamedAddress, wanted_entries
from dflow_provider.allowlists.listing import Change, TryLaterError
from dflow_provider.allowlists.place import Place, Waiting
from dflow_provider.schema import Call, ProviderError
from dflow_vendors import vendor_named

if TYPE_CHECKING:
    from dflow_sandbox.vendors.neon import NeonServer


KEY = "neon"


def test_the_switch_for_protected_branches_stays_as_it_is(server: NeonServer, terraform: Any, config: Any):
    assert server.settings["allowed_ips"]["protected_branches_only"] is True

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert server.settings["allowed_ips"] == {"ips": ["198.51.100.7", "203.0.113.1"], "protected_branches_only": True}


def test_a_range_with_a_dash_is_kept_and_named_as_foreign(server: NeonServer, terraform: Any, config: Any):
    server.settings["allowed_ips"]["ips"].append("198.51.100.20-198.51.100.50")

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert state["foreign_entries"] == ["198.51.100.20-198.51.100.50", "198.51.100.7"]
    terraform.destroy(state)
    assert server.listed() == ["198.51.100.7", "198.51.100.20-198.51.100.50"]


def test_a_project_that_never_had_a_list_counts_as_open(server: NeonServer, terraform: Any, config: Any):
    del server.settings["allowed_ips"]

    with pytest.raises(ProviderError, match="First entry locks others out"):
        terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "allowed_ips" not in server.settings


def test_a_project_that_is_busy_is_tried_again(server: NeonServer, terraform: Any, config: Any):
    locked = {"code": "", "message": "project already has running operations"}
    planned = terraform.plan(config({"fra-1": "203.0.113.1/32"}))
    server.refuse_next("PATCH", status=423, body=locked, times=2)

    state = terraform.resource.create(planned, config({"fra-1": "203.0.113.1/32"}), Call())

    assert state["owned_entries"] == ["203.0.113.1"]


def test_an_operation_that_fails_is_an_error_with_its_end(server: NeonServer, terraform: Any, config: Any):
    planned = terraform.plan(config({"fra-1": "203.0.113.1/32"}))
    failed = {"operation": {"id": "operation-1", "status": "failed"}}
    server.refuse_next("GET", "/operations/", status=200, body=failed)
    call = Call()

    terraform.resource.create(planned, config({"fra-1": "203.0.113.1/32"}), call)

    assert [each.title for each in call.report.diagnostics] == ["Neon did not apply the list"]
    assert "operation-1 ended as failed" in call.report.diagnostics[0].detail


def test_an_operation_that_does_not_end_is_waited_for_as_long_as_was_said(
    environment: dict[str, str], server: NeonServer
):
    moments = itertools.count(0.0, 40.0)
    waiting = Waiting(limit_s=60.0, clock=lambda: next(moments), first_pause_s=0.0)
    place = Place(vendor_named(KEY), server.locators, Author("shop/orders"), environment, waiting)
    server.refuse_next("GET", "/operations/", status=200, body={"operation": {"status": "running"}}, times=9)
    neon = open_list(place)
    new = wanted_entries([NamedAddress("fra-1", "203.0.113.1/32")], Author("shop/orders"), None)

    with pytest.raises(ProviderError) as refused:
        neon.apply(Change(new), neon.read())

    assert refused.value.title == "Vendor took too long"
    assert "did not finish within 1 minutes. It may still do so" in refused.value.detail
    assert "more time with timeout_minutes" in refused.value.detail


def test_who_is_led_to_where_nobody_listens_is_told_by_which_variable(environment: dict[str, str], server: NeonServer):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environment["NEON_API_HOST"] = f"http://127.0.0.1:{port}/api/v2"
    place = Place(vendor_named(KEY), server.locators, Author("shop/orders"), environment, Waiting())

    with pytest.raises(TryLaterError) as refused:
        open_list(place).read()

    assert refused.value.title == "Vendor cannot be reached"
    assert refused.value.detail == (
        f"Neon project quiet-river-12345678: http://127.0.0.1:{port}: Connection refused. NEON_API_HOST leads there: "
        "check it."
    )
