"""Which public address a Worker Node's outgoing connections come from, as far as its document tells.

dFlow has no field for it. An EC2 machine sits behind its public address, which dFlow noted at launch; a node reached by
SSH usually sends from the address it is reached at; on a Tailscale node dFlow once looked the address up and stores
`999.999.999.999` where it belongs to a NAT in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_provider.control_plane.servers import ServerDocument

SENTINEL = "999.999.999.999"
"""What dFlow stores as the public address of a node behind NAT."""

_DOCUMENTATION = tuple(
    ip_network(network) for network in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)
_CARRIER_NAT = ip_network("100.64.0.0/10")


class AddressSource(Enum):
    """Which field of a Worker Node an address stands in."""

    AWS_EC2_PUBLIC_IP = "aws_ec2_public_ip"
    IP = "ip"
    PUBLIC_IP = "public_ip"

    @property
    def field(self) -> str:
        """The name that dFlow itself has for the field."""
        return {"aws_ec2_public_ip": "awsEc2Details.publicIpAddress", "ip": "ip", "public_ip": "publicIp"}[self.value]


class DocumentationRanges(Enum):
    """What to think of addresses reserved for documentation, which exist in sandboxes only."""

    REFUSED = "refused"
    ALLOWED = "allowed"


@dataclass(frozen=True)
class OutboundAddress:
    """A usable address and the field it was learnt from."""

    address: IPv4Address | IPv6Address
    source: AddressSource

    @property
    def cidr(self) -> str:
        """The address as a network of one address."""
        return f"{self.address}/{self.address.max_prefixlen}"


@dataclass(frozen=True)
class NoOutboundAddress:
    """Why there is no usable address: one reason per field that was looked at."""

    reasons: tuple[str, ...]


def outbound_address(
    server: ServerDocument, documentation: DocumentationRanges = DocumentationRanges.REFUSED
) -> OutboundAddress | NoOutboundAddress:
    """Return the address a Worker Node sends from, or why its document tells none."""
    reasons: list[str] = []
    for source, text in _candidates(server):
        try:
            return OutboundAddress(_usable(text, documentation), source)
        except ValueError as error:
            reasons.append(f"its field {source.field} {error}")
    return NoOutboundAddress(tuple(reasons))


def _candidates(server: ServerDocument) -> list[tuple[AddressSource, str]]:
    """List the fields worth a look, the most trustworthy first."""
    found: list[tuple[AddressSource, str]] = []
    if server.get("provider") == "aws":
        details = server.get("awsEc2Details") or {}
        found.append((AddressSource.AWS_EC2_PUBLIC_IP, details.get("publicIpAddress") or ""))
    if server.get("preferConnectionType") == "ssh":
        found.append((AddressSource.IP, server.get("ip") or ""))
    else:
        found.append((AddressSource.PUBLIC_IP, server.get("publicIp") or ""))
    return found


def _usable(text: str, documentation: DocumentationRanges) -> IPv4Address | IPv6Address:
    """Return the address if the internet can see it as a sender.

    Raises:
        ValueError: why not, as the end of a sentence that starts with the field.
    """
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    if text == SENTINEL:
        raise ValueError(f"is {SENTINEL}, dFlow's mark for a node behind NAT whose public address it does not keep")
    try:
        address = ip_address(text)
    except ValueError:
        raise ValueError(f"is {text!r}, which is no IP address") from None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in network for network in _DOCUMENTATION):
        if documentation is DocumentationRanges.ALLOWED:
            return address
        raise ValueError(f"is {address}, from a range reserved for documentation")
    if address.is_global and not address.is_multicast:
        return address
    raise ValueError(f"is {address}, {_never_public(address)}, which no database elsewhere ever sees")


def _never_public(address: IPv4Address | IPv6Address) -> str:
    kinds = (
        (address.is_unspecified, "the placeholder for any address"),
        (address.is_loopback, "a loopback address"),
        (address.is_link_local, "a link-local address"),
        (address in _CARRIER_NAT, "an address behind a carrier's or Tailscale's NAT (100.64.0.0/10)"),
        (address.is_multicast, "a multicast address"),
        (address.is_private, "a private address"),
    )
    return next((kind for holds, kind in kinds if holds), "a reserved address")
