"""Addresses as allowlists see them: one spelling for comparing, and what must never be let in.

Asks nobody and imports nothing of ours, so that whoever handles an outbound address can judge it the same way.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SENTINEL: Final = "999.999.999.999"
"""What dFlow writes where a Worker Node has no address yet."""

DOCUMENTATION_SWITCH: Final = "DFLOW_ALLOW_DOCUMENTATION_ADDRESSES"
"""The environment variable that lets documentation ranges pass, for a sandbox."""


class Kind(Enum):
    """What an address or range is; the value finishes the sentence `it is …`."""

    PUBLIC = "a public address"
    WORLD = "everybody, or a good part of the internet"
    UNSPECIFIED = "the unspecified address, which stands for no machine and at some vendors for all of them"
    SENTINEL = "the mark dFlow sets where a Worker Node has no address yet"
    PRIVATE = "in a private range, which only the node's own network knows"
    SHARED = "in the range carriers share behind their NAT (100.64.0.0/10)"
    LINK_LOCAL = "a link-local address, which only the node's own network segment knows"
    LOOPBACK = "a loopback address, which every machine uses for itself"
    DOCUMENTATION = "in a range reserved for documentation"
    MULTICAST = "a multicast address, which no connection comes from"
    RESERVED = "in a reserved range, which no connection comes from"
    HOST_BITS = "a range with bits set behind its prefix length"
    MALFORMED = "no IP address and no range in CIDR form"


@dataclass(frozen=True)
class Address:
    """A text, and what it means.

    Args:
        text: as it was given.
        kind: what it is.
        network: the address or range; nothing where the text is none.
    """

    text: str
    kind: Kind
    network: Network | None

    @property
    def cidr(self) -> str | None:
        """The one spelling used for comparing: prefix length always, host bits cleared, IPv6 compressed."""
        return None if self.network is None else str(self.network)


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


# Source: IANA's special-purpose address registries (RFC 6890 and its updates).
_SPECIAL: Final[tuple[tuple[Kind, tuple[Network, ...]], ...]] = (
    (Kind.UNSPECIFIED, _networks("0.0.0.0/32", "::/128")),
    (Kind.PRIVATE, _networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")),
    (Kind.SHARED, _networks("100.64.0.0/10")),
    (Kind.LINK_LOCAL, _networks("169.254.0.0/16", "fe80::/10")),
    (Kind.LOOPBACK, _networks("127.0.0.0/8", "::1/128")),
    (
        Kind.DOCUMENTATION,
        _networks("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    ),
    (Kind.MULTICAST, _networks("224.0.0.0/4", "ff00::/8")),
    (
        Kind.RESERVED,
        _networks("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23"),
    ),
)
_GLOBAL_IPV6: Final = ipaddress.IPv6Network("2000::/3")
_NARROWEST_WORLD: Final = {4: 7, 6: 15}
"""The longest prefix that still counts as a good part of the internet: 32 million IPv4 addresses."""


def classify(text: str) -> Address:
    """Say what a text is as an entry of an allowlist. A range is judged by what all of it is."""
    if text.strip() == SENTINEL or text.strip().startswith(f"{SENTINEL}/"):
        return Address(text, Kind.SENTINEL, None)
    network = _network(text)
    if network is None:
        return Address(text, Kind.MALFORMED, None)
    if "/" in text and ipaddress.ip_interface(text).ip != network.network_address:
        return Address(text, Kind.HOST_BITS, network)
    return Address(text, _kind(network), network)


def canonical(text: str) -> str | None:
    """Write an entry that somebody's list holds in the spelling used for comparing, or nothing if it is no address."""
    network = _network(text.strip())
    return None if network is None else str(network)


def covered(cidr: str, others: Iterable[str]) -> bool:
    """Say whether an address or range lies within one of others; all of them in the spelling used for comparing."""
    network = ipaddress.ip_network(cidr)
    return any(_within(network, ipaddress.ip_network(other)) for other in others)


def _network(text: str) -> Network | None:
    if "%" in text:  # a zone belongs to one machine's interface, never to an allowlist
        return None
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _kind(network: Network) -> Kind:
    if network.prefixlen <= _NARROWEST_WORLD[network.version]:
        return Kind.WORLD
    for kind, blocks in _SPECIAL:
        for block in blocks:
            if _within(network, block):
                return kind
    if isinstance(network, ipaddress.IPv6Network) and not network.subnet_of(_GLOBAL_IPV6):
        return Kind.RESERVED
    return Kind.PUBLIC


def _within(network: Network, block: Network) -> bool:
    match network, block:
        case ipaddress.IPv4Network(), ipaddress.IPv4Network():
            return network.subnet_of(block)
        case ipaddress.IPv6Network(), ipaddress.IPv6Network():
            return network.subnet_of(block)
        case _:
            return False
