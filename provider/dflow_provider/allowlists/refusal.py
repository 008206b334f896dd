"""What is never put on an allowlist, and how that is said."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import DOCUMENTATION_SWITCH, Kind, classify
from dflow_provider.allowlists.entry import family_of
from dflow_vendors import Family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.allowlists.address import Address
    from dflow_vendors import Vendor

_TITLES = {
    Kind.WORLD: "Entry lets in everybody",
    Kind.UNSPECIFIED: "Entry is no single address",
    Kind.SENTINEL: "Worker Node has no address",
    Kind.HOST_BITS: "Entry is ambiguous",
    Kind.MALFORMED: "Entry is no address",
}


@dataclass(frozen=True)
class Refusal:
    """Why an entry is refused: a title, and what was found, where, why and what to do."""

    title: str
    detail: str


def refusal(
    node: str,
    text: str,
    vendor: Vendor,
    open_to_world_reason: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Refusal | None:
    """Say why an entry must not be added, or nothing if it may.

    Args:
        node: the Worker Node it was meant for.
        text: the address or range as it was written.
        vendor: whose list it was meant for.
        open_to_world_reason: why a good part of the internet may get in, if somebody said so.
        environment: where the switch for documentation ranges is looked up, the process's environment by default.
    """
    address = classify(text)
    found = f'The entry of "{node}" is {text!r}'
    if address.kind is Kind.PUBLIC or (address.kind is Kind.DOCUMENTATION and _documentation_passes(environment)):
        return _wrong_family(found, address, vendor)
    if address.kind is Kind.WORLD and (open_to_world_reason or "").strip():
        return _wrong_family(found, address, vendor)
    return Refusal(
        _TITLES.get(address.kind, "Address is not public"), f"{found}: {address.kind.value}. {_remedy(node, address)}"
    )


def _documentation_passes(environment: Mapping[str, str] | None) -> bool:
    return (os.environ if environment is None else environment).get(DOCUMENTATION_SWITCH) == "1"


def _wrong_family(found: str, address: Address, vendor: Vendor) -> Refusal | None:
    family = family_of(address.cidr or "")
    if family in vendor.families:
        return None
    other = Family.IPV4 if family is Family.IPV6 else Family.IPV6
    return Refusal(
        f"Vendor takes no {family.value}",
        f"{found}, an {family.value} address, and this list ({vendor.name}) holds {other.value} entries only. "
        f"Let the node in by its {other.value} address.",
    )


def _remedy(node: str, address: Address) -> str:
    match address.kind:
        case Kind.WORLD:
            return (
                "Anybody could then try passwords on the database. List the outbound addresses of the nodes instead; "
                "if it has to be, say why: OpenToWorld(reason=...) in a stack, open_to_world_reason on the resource."
            )
        case Kind.UNSPECIFIED:
            return (
                'Give the address the node\'s connections come from; for everybody write "0.0.0.0/0" with a reason '
                "(OpenToWorld(reason=...), open_to_world_reason)."
            )
        case Kind.HOST_BITS:
            single = address.text.split("/", 1)[0]
            length = 128 if ":" in single else 32
            return f'Write "{single}/{length}" for that one address, or "{address.cidr}" for the whole range.'
        case Kind.MALFORMED:
            return 'Write one address ("203.0.113.7/32", "2001:db8::7/128") or a range in CIDR form; names do not work.'
        case Kind.DOCUMENTATION:
            return (
                f"No node has such an address: it came from an example. {_declare(node)} "
                f"(Only a sandbox sets {DOCUMENTATION_SWITCH}=1.)"
            )
        case _:
            return f"The database sees another address, if any. {_declare(node)}"


def _declare(node: str) -> str:
    return (
        "Give the public address its outgoing connections come from, the one of its NAT if it is behind one: "
        f'egress={{"{node}": "<address>"}} on the Environment, or `cidr` of the entry.'
    )
