"""From which address a Worker Node's connections come."""

from typing import Any

import pytest

from dflow_provider.control_plane.outbound_address import (
    AddressSource,
    DocumentationRanges,
    NoOutboundAddress,
    OutboundAddress,
    outbound_address,
)


def a_server(**fields: Any) -> Any:
    return {"id": "1", "name": "fra-1", "createdAt": "", "provider": "other", "preferConnectionType": "ssh", **fields}


def on_tailscale(**fields: Any) -> Any:
    return a_server(preferConnectionType="tailscale", **fields)


def on_ec2(address: str | None, **fields: Any) -> Any:
    return on_tailscale(provider="aws", awsEc2Details={"publicIpAddress": address}, **fields)


@pytest.mark.parametrize(
    ("server", "address", "source"),
    [
        (a_server(ip="9.9.9.9", publicIp="8.8.8.8"), "9.9.9.9", AddressSource.IP),
        (on_tailscale(ip="9.9.9.9", publicIp="8.8.8.8"), "8.8.8.8", AddressSource.PUBLIC_IP),
        (on_ec2("1.1.1.1", publicIp="8.8.8.8"), "1.1.1.1", AddressSource.AWS_EC2_PUBLIC_IP),
        (on_ec2("1.1.1.1", publicIp="999.999.999.999"), "1.1.1.1", AddressSource.AWS_EC2_PUBLIC_IP),
        (on_ec2(None, publicIp="8.8.8.8"), "8.8.8.8", AddressSource.PUBLIC_IP),
        (a_server(provider="aws", awsEc2Details=None, ip="9.9.9.9"), "9.9.9.9", AddressSource.IP),
        (a_server(ip=" 9.9.9.9 "), "9.9.9.9", AddressSource.IP),
        (a_server(ip="2606:4700:4700:0:0:0:0:1111"), "2606:4700:4700::1111", AddressSource.IP),
        (a_server(ip="::ffff:9.9.9.9"), "9.9.9.9", AddressSource.IP),
    ],
)
def test_the_address_comes_from_the_field_that_fits_the_node(server: Any, address: str, source: AddressSource):
    found = outbound_address(server)

    assert isinstance(found, OutboundAddress)
    assert (str(found.address), found.source) == (address, source)


@pytest.mark.parametrize(("ip", "cidr"), [("9.9.9.9", "9.9.9.9/32"), ("2606:4700::1", "2606:4700::1/128")])
def test_the_cidr_holds_exactly_the_address(ip: str, cidr: str):
    found = outbound_address(a_server(ip=ip))

    assert isinstance(found, OutboundAddress)
    assert found.cidr == cidr


@pytest.mark.parametrize(
    ("ip", "words"),
    [
        (None, "its field ip is empty"),
        ("", "its field ip is empty"),
        ("999.999.999.999", "999.999.999.999, dFlow's mark for a node behind NAT"),
        ("node.example.com", "'node.example.com', which is no IP address"),
        ("9.9.9.9/32", "no IP address"),
        ("10.0.0.7", "10.0.0.7, a private address"),
        ("192.168.1.4", "a private address"),
        ("172.16.0.1", "a private address"),
        ("100.64.3.7", "behind a carrier's or Tailscale's NAT"),
        ("127.0.0.1", "a loopback address"),
        ("::1", "a loopback address"),
        ("169.254.169.254", "a link-local address"),
        ("fe80::1", "a link-local address"),
        ("fd12::1", "a private address"),
        ("0.0.0.0", "the placeholder for any address"),  # noqa: S104 (nothing is bound)
        ("224.0.0.5", "a multicast address"),
        ("255.255.255.255", "which no database elsewhere ever sees"),
        ("::ffff:10.0.0.1", "10.0.0.1, a private address"),
        ("192.0.2.1", "a range reserved for documentation"),
        ("198.51.100.1", "a range reserved for documentation"),
        ("203.0.113.1", "a range reserved for documentation"),
        ("2001:db8::1", "a range reserved for documentation"),
    ],
)
def test_what_the_internet_never_sees_is_no_address(ip: str | None, words: str):
    found = outbound_address(a_server(ip=ip))

    assert isinstance(found, NoOutboundAddress)
    assert words in "; ".join(found.reasons)


def test_every_field_that_was_looked_at_gives_its_reason():
    found = outbound_address(on_ec2("10.0.0.1", publicIp="999.999.999.999"))

    assert isinstance(found, NoOutboundAddress)
    assert [reason.partition(" is ")[0] for reason in found.reasons] == [
        "its field awsEc2Details.publicIpAddress",
        "its field publicIp",
    ]


def test_a_sandbox_may_use_addresses_for_documentation_and_no_others():
    allowed = DocumentationRanges.ALLOWED

    assert isinstance(outbound_address(a_server(ip="203.0.113.7"), allowed), OutboundAddress)
    assert isinstance(outbound_address(a_server(ip="2001:db8::7"), allowed), OutboundAddress)
    assert isinstance(outbound_address(a_server(ip="10.0.0.7"), allowed), NoOutboundAddress)
