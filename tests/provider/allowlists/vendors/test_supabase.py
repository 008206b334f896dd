"""Supabase: one call for both families, changes that are stored before they are applied, plans without the feature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_sandbox.vendors.supabase import SupabaseServer

KEY = "supabase"
IPV4, IPV6 = "203.0.113.1/32", "2001:db8::1/128"


def patches(server: SupabaseServer) -> list[Any]:
    return [json.loads(request.body) for request in server.take_requests() if request.method == "PATCH"]


def test_one_call_adds_and_removes_in_both_families(server: SupabaseServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": IPV4, "fra-1 direct": IPV6}))
    assert patches(server) == [{"add": {"dbAllowedCidrs": [IPV4], "dbAllowedCidrsV6": [IPV6]}}]

    terraform.apply(config({"fra-1": "203.0.113.2/32", "fra-1 direct": "2001:db8::2/128"}), state)

    (patch,) = patches(server)
    assert patch == {
        "add": {"dbAllowedCidrs": ["203.0.113.2/32"], "dbAllowedCidrsV6": ["2001:db8::2/128"]},
        "remove": {"dbAllowedCidrs": [IPV4], "dbAllowedCidrsV6": [IPV6]},
    }


def test_a_change_is_waited_for_until_it_is_applied(server: SupabaseServer, terraform: Any, config: Any):
    planned = config({"fra-1": IPV4})
    terraform.apply(planned)

    methods = [request.method for request in server.take_requests()]
    assert methods[methods.index("PATCH") :] == ["PATCH", "GET", "GET", "GET"]  # stored, applied, verified


def test_an_address_somebody_spelled_otherwise_is_theirs_and_no_second_one(
    server: SupabaseServer, terraform: Any, config: Any
):
    server.put_by_hand("2001:0DB8:0::1/128")

    state = terraform.apply(config({"fra-1": IPV6}))
    assert state["owned_entries"] == []
    terraform.destroy(state)

    assert "2001:0DB8:0::1/128" in server.listed()
    assert not server.writes()


def test_an_address_is_removed_as_supabase_spells_it(server: SupabaseServer, terraform: Any, config: Any):
    state = terraform.apply(config({"fra-1": IPV6}))
    server.config["dbAllowedCidrsV6"][-1] = "2001:DB8::1/128"

    state = terraform.refresh(state)
    assert state["owned_entries"] == ["2001:DB8::1/128"]
    terraform.destroy(state)

    assert "2001:DB8::1/128" not in server.listed()


def test_a_plan_without_network_restrictions_is_told_at_plan(server: SupabaseServer, terraform: Any, config: Any):
    server.entitlement = "disallowed"

    with pytest.raises(ProviderError, match="Allowlist cannot be written") as refused:
        terraform.plan(config({"fra-1": IPV4}))

    assert "does not include network restrictions" in refused.value.detail
    assert not server.writes()


def test_a_project_that_was_never_restricted_is_open(server: SupabaseServer, terraform: Any, config: Any):
    server.clear_by_hand()

    with pytest.raises(ProviderError, match="First entry locks others out"):
        terraform.plan(config({"fra-1": IPV4}))


def test_everybody_stays_listed_and_is_reported(server: SupabaseServer, terraform: Any, config: Any):
    server.config = {"dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": ["::/0"]}

    terraform.apply(config({"fra-1": IPV4}))

    assert server.listed() == ["0.0.0.0/0", IPV4, "::/0"]
    terraform.plan(config({"fra-1": IPV4, "fra-2": "203.0.113.2/32"}))
    warning = terraform.last_report.diagnostics[0]
    assert (warning.title, "0.0.0.0/0, ::/0" in warning.detail) == ("Database is open to everybody", True)
