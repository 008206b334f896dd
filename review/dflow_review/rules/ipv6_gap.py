"""Nodes that leave by IPv6 where only IPv4 is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Mode
from dflow_review.rules.entries import added, vendor_of
from dflow_review.values import Missing
from dflow_vendors import Family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.ranges import AddressSet

IPV6_GAP: Final = Rule(
    id="DFLOW022",
    title="Nodes are let in by every family they leave by",
    why=(
        "A client that has both takes IPv6 first where the database's name has an IPv6 address. With an IPv4 entry "
        "alone it is turned away, or waits before it tries again."
    ),
    severity=Severity.LOW,
    remedy="Add the node's IPv6 address to the list, or reach the database by a name that has IPv4 addresses only.",
)
_IPV6: Final = 6


def nodes_are_let_in_by_every_family(subject: Subject) -> Iterator[Finding]:
    """Find added IPv4 entries of nodes that leave by IPv6 elsewhere in the plan, on lists that take IPv6."""
    by_ipv6 = _nodes_with_ipv6(subject)
    untold = _nodes_nobody_knows(subject)
    for change in subject.reach.changes:
        vendor = vendor_of(change)
        if vendor is None or Family.IPV6 not in vendor.families:
            continue
        here = {opening.source.node for opening in change.after if _has_ipv6(opening.source.addresses)}
        undecided = {opening.source.node for opening in change.after if opening.source.addresses is None}
        new = {opening.source.node: opening.resource for opening in added(change) if opening.source.node}
        for node in sorted(new.keys() - here):
            if node in by_ipv6 and node not in undecided:
                message = (
                    f"{node} leaves by IPv6 too ({by_ipv6[node]}), {vendor.name} takes IPv6 entries, and on the list "
                    f"of {change.database.name} is none of it."
                )
                yield Finding(IPV6_GAP, new[node], message, database=change.database.name)
            elif node in untold or (node in by_ipv6 and node in undecided):
                message = (
                    f"Whether the list of {change.database.name} lacks an IPv6 address of {node} is known after apply."
                )
                yield Finding(IPV6_GAP, new[node], message, Answer.CANNOT_TELL, database=change.database.name)


def _nodes_with_ipv6(subject: Subject) -> dict[str, str]:
    found: dict[str, str] = {}
    for change in subject.reach.changes:
        for opening in change.after:
            if opening.source.node and _has_ipv6(opening.source.addresses):
                found.setdefault(opening.source.node, f"{opening.source.spelling} may reach {change.database.name}")
    for name, node in _nodes(subject):
        for position in range(_length(node)):
            text = node.after.text("outbound_ips", position, "address") if node.after else Missing.ABSENT
            if isinstance(text, str) and ":" in text:
                found.setdefault(name, f"as {node.address} says")
    return found


def _nodes_nobody_knows(subject: Subject) -> frozenset[str]:
    """Name the nodes whose addresses the plan does not know yet."""
    return frozenset(
        name
        for name, node in _nodes(subject)
        if node.after is not None and node.after.length("outbound_ips") is Missing.UNKNOWN
    )


def _nodes(subject: Subject) -> Iterator[tuple[str, PlannedResource]]:
    for plan in subject.plans:
        for resource in plan.resources:
            if resource.type == "dflow_worker_node" and resource.mode is Mode.DATA and resource.after is not None:
                name = resource.after.text("name")
                if isinstance(name, str):
                    yield name, resource


def _length(node: PlannedResource) -> int:
    length = node.after.length("outbound_ips") if node.after is not None else 0
    return 0 if isinstance(length, Missing) else length


def _has_ipv6(addresses: AddressSet | None) -> bool:
    return addresses is not None and any(version == _IPV6 for version, _, _ in addresses.spans)
