"""Addresses that no database outside ever sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.ranges import AddressSet
from dflow_review.rules.entries import added, is_address, lets_in_the_world, unknown_sources, vendor_of
from dflow_vendors import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_review.finding import Subject
    from dflow_review.reach import DatabaseChange, Opening

PRIVATE_ADDRESS: Final = Rule(
    id="DFLOW020",
    title="Entries name addresses that databases see",
    why=(
        "A database outside sees the public address of a connection. An entry for a private one opens nothing, or "
        "opens the database to machines of somebody else's network."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Write the public address the connections come from, the one of its NAT if it is behind one: "
        '`egress={"<node>": "<address>"}` on the Environment.'
    ),
)
DOCUMENTATION_ADDRESS: Final = Rule(
    id="DFLOW021",
    title="Entries name no addresses of examples",
    why="These ranges are set aside for documentation. An entry for one came from an example and opens nothing.",
    severity=Severity.MEDIUM,
    remedy="Write the public address the connections come from.",
)

_SENTINEL: Final = "999.999.999.999"
_PARTS_OF_A_SENTINEL: Final = (_SENTINEL, f"{_SENTINEL}/32")

# Source: IANA's special-purpose address registries (RFC 6890 and its updates).
_NEVER_SEEN: Final = {
    "is private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    "is shared behind carriers' NAT and used by tailnets": ("100.64.0.0/10",),
    "is link-local": ("169.254.0.0/16", "fe80::/10"),
    "is loopback": ("127.0.0.0/8", "::1/128"),
    "is multicast": ("224.0.0.0/4", "ff00::/8"),
    "is reserved": (
        "0.0.0.0/8",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",
    ),
}
_REFUSED: Final = tuple((AddressSet.of(texts), reason) for reason, texts in _NEVER_SEEN.items())
_DOCUMENTATION: Final = AddressSet.of(
    ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
)
_INSIDE_A_NETWORK: Final = frozenset({Scope.SECURITY_GROUP})
"""Where private addresses are of use: the databases behind these are in a network with the clients."""


def entries_name_public_addresses(subject: Subject) -> Iterator[Finding]:
    """Find added entries for private and reserved addresses, and for dFlow's mark of a node without an address."""
    yield from _found(subject, PRIVATE_ADDRESS, _why_never_seen)
    for address, reason in subject.reach.unread:
        if _SENTINEL in reason:
            yield Finding(PRIVATE_ADDRESS, address, _about_sentinel())


def entries_name_no_examples(subject: Subject) -> Iterator[Finding]:
    """Find added entries for addresses that are reserved for documentation."""
    return _found(subject, DOCUMENTATION_ADDRESS, _why_an_example)


def _found(
    subject: Subject, rule: Rule, reason_of: Callable[[Opening, DatabaseChange], str | None]
) -> Iterator[Finding]:
    for change in subject.reach.changes:
        name = change.database.name
        for opening in added(change):
            if opening.is_foreign:
                continue
            reason = reason_of(opening, change)
            if reason is not None:
                message = f"{opening.source.spelling}, which is to reach {name}, {reason}."
                yield Finding(
                    rule,
                    opening.resource,
                    _about_sentinel() if opening.source.spelling in _PARTS_OF_A_SENTINEL else message,
                    database=name,
                )
        for opening in unknown_sources(change):
            if opening.source.spelling not in _PARTS_OF_A_SENTINEL:
                yield Finding(
                    rule,
                    opening.resource,
                    f"The plan cannot tell yet which address is to reach {name}: {opening.source.spelling}.",
                    Answer.CANNOT_TELL,
                    database=name,
                )


def _why_never_seen(opening: Opening, change: DatabaseChange) -> str | None:
    if opening.source.spelling in _PARTS_OF_A_SENTINEL:
        return "is no address"
    addresses = opening.source.addresses
    if not addresses or not is_address(opening.source.spelling) or lets_in_the_world(addresses):
        return None
    vendor = vendor_of(change)
    if vendor is not None and vendor.scope in _INSIDE_A_NETWORK and not opening.source.node:
        return None
    for refused, reason in _REFUSED:
        if not addresses - refused:
            return f"{reason}, and a database outside never sees it"
    return None


def _why_an_example(opening: Opening, _change: DatabaseChange) -> str | None:
    addresses = opening.source.addresses
    return "is reserved for documentation" if addresses and not addresses - _DOCUMENTATION else None


def _about_sentinel() -> str:
    return f"{_SENTINEL} is what dFlow notes for a node without an address of its own; nobody connects from there."
