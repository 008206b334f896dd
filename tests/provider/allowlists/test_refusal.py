"""The words in which an entry is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dflow_provider.allowlists.refusal import refusal
from dflow_vendors import AWS_SECURITY_GROUP, Family

NOWHERE: dict[str, str] = {}
SANDBOX = {"DFLOW_ALLOW_DOCUMENTATION_ADDRESSES": "1"}
IPV4_ONLY = replace(AWS_SECURITY_GROUP, name="DigitalOcean database", families=frozenset({Family.IPV4}))


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("10.0.0.7/32", "Address is not public", "in a private range, which only the node's own network knows"),
        ("100.64.1.1", "Address is not public", "the range carriers share behind their NAT (100.64.0.0/10)"),
        ("169.254.1.1", "Address is not public", "a link-local address"),
        ("127.0.0.1", "Address is not public", "a loopback address"),
        ("::1", "Address is not public", "a loopback address"),
        ("224.0.0.1", "Address is not public", "a multicast address"),
        ("240.0.0.1", "Address is not public", "a reserved range"),
        ("203.0.113.7", "Address is not public", "reserved for documentation. No node has such an address"),
        ("999.999.999.999", "Worker Node has no address", "dFlow sets where a Worker Node has no address yet"),
        ("0.0.0.0", "Entry is no single address", "the unspecified address"),  # noqa: S104 (what is refused here)
        ("0.0.0.0/0", "Entry lets in everybody", "OpenToWorld(reason=...)"),
        ("::/0", "Entry lets in everybody", "open_to_world_reason"),
        ("8.8.8.8/24", "Entry is ambiguous", 'Write "8.8.8.8/32" for that one address, or "8.8.8.0/24"'),
        ("2606:4700::1/64", "Entry is ambiguous", 'Write "2606:4700::1/128" for that one address'),
        ("db.example.com", "Entry is no address", "names do not work"),
    ],
)
def test_a_refusal_says_what_was_found_where_why_and_what_to_do(text, title, words):
    refused = refusal("fra-1", text, AWS_SECURITY_GROUP, environment=NOWHERE)

    assert refused.title == title
    assert refused.detail.startswith(f"The entry of \"fra-1\" is '{text}': ")
    assert words in refused.detail


@pytest.mark.parametrize("text", ["10.0.0.7", "100.64.1.1", "169.254.1.1", "203.0.113.7", "999.999.999.999"])
def test_a_node_without_a_usable_address_is_helped_to_declare_one(text):
    refused = refusal("fra-1", text, AWS_SECURITY_GROUP, environment=NOWHERE)

    assert 'egress={"fra-1": "<address>"} on the Environment' in refused.detail


@pytest.mark.parametrize("text", ["8.8.8.8", "8.8.8.0/24", "2606:4700::1111/128"])
def test_a_public_address_passes(text):
    assert refusal("fra-1", text, AWS_SECURITY_GROUP, environment=NOWHERE) is None


@pytest.mark.parametrize("text", ["203.0.113.7/32", "2001:db8::7"])
def test_documentation_ranges_pass_in_a_sandbox_only(text):
    assert refusal("fra-1", text, AWS_SECURITY_GROUP, environment=SANDBOX) is None
    assert refusal("fra-1", text, AWS_SECURITY_GROUP, environment=NOWHERE) is not None


def test_the_sandbox_lets_nothing_else_pass():
    assert refusal("fra-1", "10.0.0.7", AWS_SECURITY_GROUP, environment=SANDBOX) is not None


@pytest.mark.parametrize(("reason", "passes"), [("demo data", True), ("", False), ("  ", False), (None, False)])
def test_everybody_gets_in_only_with_a_reason(reason, passes):
    assert (refusal("all", "0.0.0.0/0", AWS_SECURITY_GROUP, reason, NOWHERE) is None) is passes


def test_a_reason_for_everybody_excuses_nothing_else():
    assert refusal("fra-1", "10.0.0.7", AWS_SECURITY_GROUP, "demo data", NOWHERE) is not None


def test_ipv6_is_refused_where_the_vendor_has_none():
    refused = refusal("fra-1", "2606:4700::1111", IPV4_ONLY, environment=NOWHERE)

    assert refused.title == "Vendor takes no IPv6"
    assert (
        "an IPv6 address, and this list (DigitalOcean database) holds IPv4 entries only. Let the node in by its IPv4"
        in refused.detail
    )
