"""Which addresses may be declared for an allowlist.

The provider refuses the same ones; here they are found before anything is planned.
"""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network

from dflow_constructs.tokens import has_token

_Network = IPv4Network | IPv6Network

_SENTINEL = "999.999.999.999"
_DOCUMENTATION_SWITCH = "DFLOW_ALLOW_DOCUMENTATION_ADDRESSES"
_REACHES_EVERYBODY = {4: 7, 6: 15}
"""The longest prefix that still lets in a good part of the internet."""

_DOCUMENTATION = tuple(
    ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
)
# Source: IANA's special-purpose address registries (RFC 6890 and its updates).
_NEVER_SEEN_OUTSIDE = {
    "10.0.0.0/8": "is private",
    "172.16.0.0/12": "is private",
    "192.168.0.0/16": "is private",
    "fc00::/7": "is private",
    "100.64.0.0/10": "is shared behind carriers' NAT and used by tailnets",
    "169.254.0.0/16": "is link-local",
    "fe80::/10": "is link-local",
    "127.0.0.0/8": "is loopback",
    "::1/128": "is loopback",
    "224.0.0.0/4": "is multicast",
    "ff00::/8": "is multicast",
    "0.0.0.0/8": "stands for no machine",
    "::/128": "stands for no machine",
    "192.0.0.0/24": "is reserved",
    "192.88.99.0/24": "is reserved",
    "198.18.0.0/15": "is reserved",
    "240.0.0.0/4": "is reserved",
    "2001::/23": "is reserved",
}
_REFUSED = tuple((ip_network(text), reason) for text, reason in _NEVER_SEEN_OUTSIDE.items())
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_PUBLIC = "write the public address its connections come from, the one of its NAT if it is behind one"


def allowlist_cidr(address: str) -> str:
    """Return an address as an allowlist holds it: `18.195.4.7` becomes `18.195.4.7/32`.

    Text that Terraform fills in later is returned as it is; it has to be a CIDR, and the provider checks it.

    Raises:
        ValueError: no connection a database sees could come from there; the message says why and what to write.
    """
    if has_token(address):
        return address
    network = _parsed(address)
    if network.prefixlen <= _REACHES_EVERYBODY[network.version]:
        raise ValueError(
            f"{address!r} lets in everybody, or a good part of the internet; list the addresses your nodes leave from. "
            "If it has to be, say why on the allowlist, open_to_world=OpenToWorld(reason=…)"
        )
    if any(_within(network, documentation) for documentation in _DOCUMENTATION):
        if os.environ.get(_DOCUMENTATION_SWITCH) != "1":
            raise ValueError(f"{address!r} is reserved for documentation, so it came from an example; {_PUBLIC}")
        return str(network)
    for refused, reason in _REFUSED:
        if _within(network, refused):
            raise ValueError(f"{address!r} {reason}, a database outside never sees it; {_PUBLIC}")
    if isinstance(network, IPv6Network) and not network.subnet_of(_GLOBAL_IPV6):
        raise ValueError(f"{address!r} is reserved, a database outside never sees it; {_PUBLIC}")
    return str(network)


def _parsed(address: str) -> _Network:
    if address.split("/", maxsplit=1)[0] == _SENTINEL:
        raise ValueError(f"{address!r} is what dFlow notes for a node without an address of its own; {_PUBLIC}")
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        network = None
    if network is None or "%" in address:
        raise ValueError(
            f"{address!r} is neither an address nor a CIDR; write one such as '18.195.4.7' or '18.195.4.0/28'"
        )
    if "/" in address and str(network.network_address) != str(ip_network(address.partition("/")[0]).network_address):
        raise ValueError(f"{address!r} has bits set behind its prefix, did you mean {str(network)!r}?")
    return network


def _within(network: _Network, block: _Network) -> bool:
    match network, block:
        case (IPv4Network(), IPv4Network()):
            return network.subnet_of(block)
        case (IPv6Network(), IPv6Network()):
            return network.subnet_of(block)
        case _:
            return False
