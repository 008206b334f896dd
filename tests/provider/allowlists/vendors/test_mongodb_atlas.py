"""MongoDB Atlas's own traps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from dflow_provider.schema import ProviderError

KEY = "mongodb_atlas"


def end(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_new_entries_go_in_one_call_and_are_waited_for(server, terraform, config):
    terraform.plan(config({}))
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.1/32", "fra-2": "203.0.113.64/26"}))

    assert len(server.writes()) == 1
    looks = [each for each in server.take_requests() if each.path.endswith("/status")]
    assert {each.path.split("/accessList/")[1] for each in looks} == {"203.0.113.1/status", "203.0.113.64%2F26/status"}
    assert len(looks) >= 4


def test_a_challenge_that_is_no_longer_good_is_answered_anew(server, terraform, config):
    terraform.plan(config({}))
    for method in ("GET", "POST", "DELETE"):
        server.before_next(method, server.expire_nonce)

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "203.0.113.1/32" in server.cidrs()


def test_a_service_account_gets_one_token_for_all_requests(server, terraform, config, environment):
    environment.clear()
    environment.update(server.service_account())

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert sum(each.path == "/api/oauth/token" for each in server.take_requests()) == 1
    assert "203.0.113.1/32" in server.cidrs()


def test_a_service_account_that_is_refused_is_named_and_not_shown(server, terraform, config, environment):
    environment.update({**server.service_account(), "MONGODB_ATLAS_CLIENT_SECRET": "canary"})

    with pytest.raises(ProviderError, match="Vendor refuses the credential") as refused:
        terraform.plan(config({"fra-1": "203.0.113.1/32"}))

    assert "MONGODB_ATLAS_CLIENT_SECRET" in refused.value.detail
    assert "canary" not in str(refused.value)


def test_a_post_that_atlas_fails_is_sent_again_only_after_a_look(server, terraform, config):
    server.refuse_next("POST", "accessList", status=500, body={"error": 500, "errorCode": "UNEXPECTED_ERROR"})

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert state["owned_entries"] == ["203.0.113.1"]


def test_an_entry_that_atlas_gives_up_on_is_an_error(server, terraform, config):
    server.refuse_next("GET", "/status", status=200, body={"STATUS": "FAILED"})

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert terraform.last_report.diagnostics[-1].title == "Atlas did not add the entry"


def test_an_end_cannot_be_changed_and_the_entry_stays(server, terraform, config):
    state = terraform.apply(config({"fra-1": {"cidr": "203.0.113.1/32", "expires_at": end(2)}}))
    before = server.listed()

    terraform.apply(config({"fra-1": {"cidr": "203.0.113.1/32", "expires_at": end(3)}}), state)

    assert terraform.last_report.diagnostics[-1].title == "Entry cannot be changed"
    assert server.listed() == before


def test_an_end_more_than_a_week_ahead_is_refused_at_plan(terraform, config):
    terraform.plan(config({"fra-1": {"cidr": "203.0.113.1/32", "expires_at": end(9)}}))

    assert terraform.last_report.diagnostics[0].title == "Entry ends too late"


def test_a_list_of_several_pages_is_read_to_its_end(server, terraform, config):
    for number in range(600):
        server.put_by_hand(f"45.67.{number // 200}.{number % 200 + 1}/32")

    state = terraform.apply(config({"fra-1": "45.67.2.200/32"}, entry_quota=1000))

    assert state["owned_entries"] == []
    assert len(state["foreign_entries"]) == len(server.listed())


def test_the_stand_in_asks_for_a_digest_first(server):
    answer = urllib3.request("GET", f"{server.url}/api/atlas/v2/groups/x/accessList")

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Digest ")
