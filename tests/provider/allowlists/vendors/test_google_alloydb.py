"""AlloyDB: a mask so that nothing else is overwritten, an etag as a lock, operations that run for a while."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_sandbox.vendors.google_alloydb import GoogleAlloydbServer

KEY = "google_alloydb"
ADDRESS = "203.0.113.1/32"


def patches(server: GoogleAlloydbServer) -> list[Any]:
    return [request for request in server.take_requests() if request.method == "PATCH"]


def detail(terraform: Any) -> str:
    return "\n".join(f"{each.title}: {each.detail}" for each in terraform.last_report.diagnostics)


def test_a_patch_names_the_list_in_its_mask_so_that_all_else_stays(
    server: GoogleAlloydbServer, terraform: Any, config: Any
):
    foreign = server.listed()

    terraform.apply(config({"fra-1": ADDRESS}))

    (patch,) = patches(server)
    assert patch.query == {"updateMask": "networkConfig.authorizedExternalNetworks"}
    networks = [*foreign, {"cidrRange": ADDRESS}]
    assert json.loads(patch.body) == {
        "etag": "etag-1",
        "networkConfig": {"authorizedExternalNetworks": networks},
    }
    assert server.instance["labels"] == {"team": "orders"}
    assert server.instance["networkConfig"]["enableOutboundPublicIp"] is True
    assert server.instance["networkConfig"]["allocatedIpRangeOverride"] == "orders-range"


def test_an_etag_that_is_no_longer_the_one_that_was_read_loses_nothing(
    server: GoogleAlloydbServer, terraform: Any, config: Any
):
    server.before_next("PATCH", lambda: server.put_by_hand("198.51.100.33/32"))

    terraform.apply(config({"fra-1": ADDRESS}))

    assert {"198.51.100.33/32", ADDRESS} <= server.cidrs()
    assert [json.loads(patch.body)["etag"] for patch in patches(server)] == ["etag-1", "etag-2"]


@pytest.mark.parametrize("status", [400, 412])
def test_an_old_etag_is_understood_by_whatever_status_it_is_refused(
    server: GoogleAlloydbServer, terraform: Any, config: Any, status: int
):
    error = {"code": status, "status": "FAILED_PRECONDITION", "message": "The etag provided does not match."}
    server.refuse_next("PATCH", status=status, body={"error": error})

    terraform.apply(config({"fra-1": ADDRESS}))

    assert ADDRESS in server.cidrs()


def test_a_change_that_runs_is_waited_for(server: GoogleAlloydbServer, terraform: Any, config: Any):
    planned = config({"fra-1": ADDRESS})
    server.start_other_change(looks=4)

    state = terraform.apply(planned)

    assert not terraform.last_report.has_errors
    assert state["owned_entries"] == [ADDRESS]
    assert ADDRESS in server.cidrs()


def test_an_address_somebody_else_added_while_we_waited_stays_theirs(
    server: GoogleAlloydbServer, terraform: Any, config: Any
):
    server.before_next("PATCH", lambda: server.put_by_hand(ADDRESS))

    state = terraform.apply(config({"fra-1": ADDRESS}))
    assert state["owned_entries"] == []
    terraform.destroy(state)

    assert ADDRESS in server.cidrs()


def test_an_operation_that_fails_is_told_in_google_s_words(server: GoogleAlloydbServer, terraform: Any, config: Any):
    server.fails_with = {"code": 13, "message": "an internal error has occurred"}

    terraform.apply(config({"fra-1": ADDRESS}))

    assert "AlloyDB did not apply the list" in detail(terraform)
    assert "an internal error has occurred" in detail(terraform)


def test_an_operation_that_met_another_one_is_started_again(server: GoogleAlloydbServer, terraform: Any, config: Any):
    server.fails_with = {"code": 10, "message": "the etag does not match"}

    terraform.apply(config({"fra-1": ADDRESS}))

    assert not terraform.last_report.has_errors
    assert ADDRESS in server.cidrs()


def test_an_instance_without_a_public_address_is_refused_at_plan(
    server: GoogleAlloydbServer, terraform: Any, config: Any
):
    server.instance["networkConfig"] = {"enablePublicIp": False}

    with pytest.raises(ProviderError, match="Allowlist cannot be written") as refused:
        terraform.plan(config({"fra-1": ADDRESS}))

    assert "enablePublicIp" in refused.value.detail


def test_a_plan_says_when_only_connectors_get_in(server: GoogleAlloydbServer, terraform: Any, config: Any):
    server.instance["clientConnectionConfig"] = {"requireConnectors": True}

    terraform.plan(config({"fra-1": ADDRESS}))

    assert "Entries let nobody in" in detail(terraform)
    assert "requireConnectors = true" in detail(terraform)
