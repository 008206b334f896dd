"""What is particular to OVHcloud's databases: calls for single entries that may be gone, and signed requests."""

from __future__ import annotations

import hashlib

import pytest

from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.ovh_access import Signature, located
from dflow_provider.allowlists.place import Place
from dflow_provider.allowlists.rest import Request
from dflow_provider.schema import ProviderError
from dflow_vendors import vendor_named

KEY = "ovh"
NOTE = "dflow: orders from fra-1 (shop/orders)"


def place(server, environment) -> Place:
    return located(Place(vendor_named(KEY), server.locators, Author("shop/orders"), environment))


def writes(server) -> list[str]:
    return [each.replace(each.partition(" ")[2].partition("/ipRestriction")[0], "…") for each in server.writes()]


def test_each_entry_is_a_call_with_its_slash_quoted(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    terraform.apply(config({"fra-1": "203.0.113.2/32"}), state)

    assert writes(server) == [
        "POST …/ipRestriction",
        "POST …/ipRestriction",
        "DELETE …/ipRestriction/203.0.113.1%2F32",
    ]


@pytest.mark.parametrize("status", [404, 410])
def test_where_the_calls_are_gone_the_service_is_written_and_keeps_its_settings(server, terraform, config, status):
    server.calls_gone = status
    before, settings = server.listed(), {**server.service, "ipRestrictions": None}

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert server.listed() == [*before, {"ip": "203.0.113.1/32", "description": NOTE, "status": "READY"}]
    terraform.destroy(state)
    assert server.listed() == before
    assert {**server.service, "ipRestrictions": None} == settings


def test_where_the_calls_are_gone_an_entry_that_came_meanwhile_is_not_written_over(server, terraform, config):
    server.calls_gone = 410
    server.after_next("POST", lambda: server.put_by_hand("203.0.113.9/32"))

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert {"203.0.113.1/32", "203.0.113.9/32"} <= server.cidrs()


def test_an_entry_that_somebody_removes_while_we_do_is_gone_as_wanted(server, terraform, config):
    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))
    server.take_requests()
    server.before_next("DELETE", lambda: server.remove_by_hand("203.0.113.1/32"))

    terraform.destroy(state)

    assert writes(server) == ["DELETE …/ipRestriction/203.0.113.1%2F32"]


def test_a_conflict_is_looked_at_before_anything_is_sent_again(server, terraform, config):
    server.before_next("POST", lambda: server.put_by_hand("203.0.113.1/32", NOTE))

    state = terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert not terraform.last_report.has_errors
    assert writes(server) == ["POST …/ipRestriction"]
    assert state["owned_entries"] == ["203.0.113.1/32"]


def test_an_entry_that_is_being_deleted_counts_as_gone(server, terraform, config):
    server.put_by_hand("203.0.113.1/32")
    server.service["ipRestrictions"][-1]["status"] = "DELETING"
    server._looks_until_done = 2

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    (entry,) = [each for each in server.listed() if each["ip"] == "203.0.113.1/32"]
    assert entry["description"] == NOTE


def test_an_access_token_authenticates_as_well(server, terraform, config, environment):
    kept = {name: value for name, value in environment.items() if not name.startswith("OVH_")}
    terraform.resource._backend.environment = {**kept, **server.token_environment()}

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "203.0.113.1/32" in server.cidrs()


def test_requests_are_signed_by_ovhcloud_s_clock(server, environment):
    signature = Signature(place(server, environment), "key", "s3cr3t", "consumer", clock=lambda: 1_000.0)
    request = Request("PUT", "https://eu.api.ovh.com/1.0/a%2Fb", b'{"c":1}')

    headers = signature.headers(request)

    moment = headers["X-Ovh-Timestamp"]
    assert abs(int(moment) - server._now()) < 30
    signed = f's3cr3t+consumer+PUT+https://eu.api.ovh.com/1.0/a%2Fb+{{"c":1}}+{moment}'
    assert headers["X-Ovh-Signature"] == f"$1${hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()}"
    assert "s3cr3t" not in repr(signature)


def test_a_wrong_secret_is_a_wrong_credential_though_ovhcloud_calls_it_a_bad_request(terraform, config, environment):
    environment["OVH_APPLICATION_SECRET"] = "wrong"
    terraform.resource._backend.environment = environment

    with pytest.raises(ProviderError, match="refuses the credential") as refused:
        terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    assert "Invalid signature" in refused.value.detail
    assert "EU.ext-1" in refused.value.detail


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("", "https://eu.api.ovh.com/1.0"),
        ("ovh-eu", "https://eu.api.ovh.com/1.0"),
        ("ovh-ca", "https://ca.api.ovh.com/1.0"),
        ("ovh-us", "https://api.us.ovhcloud.com/1.0"),
        ("https://example.org/1.0/", "https://example.org/1.0"),
    ],
)
def test_endpoints_have_names(server, name, address):
    assert place(server, {"OVH_ENDPOINT": name}).endpoint == address
