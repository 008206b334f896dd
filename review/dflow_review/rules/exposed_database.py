"""Databases that dFlow runs, open to the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.plan import Action
from dflow_review.ranges import AddressSet
from dflow_review.reaching.node_groups import PORTS, TYPE, opened
from dflow_review.rules.entries import lets_in_the_world, managed
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.plan import PlannedResource
    from dflow_review.values import Block

EXPOSED_DATABASE: Final = Rule(
    id="DFLOW042",
    title="dFlow's own databases are not exposed",
    why=(
        "dFlow exposes a database on a port of its Worker Node and knows no allowlist for it: everybody may try the "
        "password."
    ),
    severity=Severity.HIGH,
    remedy=(
        "Unexpose it in dFlow's dashboard; services of its Environment reach it by `{{ <name>.POSTGRES_URI }}` all the "
        "same."
    ),
)
OPEN_NODE: Final = Rule(
    id="DFLOW043",
    title="Worker Nodes keep database ports to themselves",
    why="An inbound rule for everybody on a database's port opens every database that the node exposes there.",
    severity=Severity.HIGH,
    remedy="Name the addresses that have to reach the port, or take the rule out.",
)


def databases_are_not_exposed(subject: Subject) -> Iterator[Finding]:
    """Find Database services that somebody exposed."""
    for resource in managed(subject):
        if resource.type != "dflow_database_service" or resource.after is None:
            continue
        name = _name(resource)
        ports = resource.after.get("exposed_ports")
        if isinstance(ports, list) and ports:
            shown = ", ".join(str(port) for port in ports)
            yield Finding(
                EXPOSED_DATABASE,
                resource.address,
                f"{name} answers the whole internet on port {shown} of its Worker Node.",
                severity=None if resource.before is None or not _exposed(resource.before) else Severity.MEDIUM,
                database=name,
            )
        # A new one is not exposed: making the record opens no port.
        elif ports is Missing.UNKNOWN and resource.action is not Action.CREATE:
            yield Finding(
                EXPOSED_DATABASE,
                resource.address,
                f"Whether {name} is exposed is known after apply.",
                Answer.CANNOT_TELL,
                database=name,
            )


def nodes_keep_database_ports(subject: Subject) -> Iterator[Finding]:
    """Find inbound rules of dFlow's security groups that open a database's port to everybody."""
    for resource in managed(subject):
        if resource.type != TYPE or resource.after is None:
            continue
        length = resource.after.length("inbound_rules")
        if length is Missing.UNKNOWN:
            yield Finding(
                OPEN_NODE,
                resource.address,
                "Its inbound rules are known after apply.",
                Answer.CANNOT_TELL,
            )
        for position in range(0 if isinstance(length, Missing) else length):
            yield from _about_rule(resource, position)


def _about_rule(resource: PlannedResource, position: int) -> Iterator[Finding]:
    block = resource.after
    if block is None:
        return
    ports = opened(block, position)
    if ports == ():
        return
    cidr = block.get("inbound_rules", position, "cidr")
    where = f"inbound_rules[{position}]"
    if cidr is Missing.UNKNOWN or (ports is None and _is_world(cidr)):
        what = "Whom it lets in" if ports is not None else "Which ports it opens to everybody"
        yield Finding(OPEN_NODE, resource.address, f"{what} by {where} is known after apply.", Answer.CANNOT_TELL)
    elif ports is not None and _is_world(cidr):
        names = ", ".join(sorted({PORTS[port] for port in ports}))
        yield Finding(
            OPEN_NODE,
            resource.address,
            f"{where} lets everybody, or a good part of the internet, reach the ports of {names}.",
        )


def _is_world(cidr: object) -> bool:
    try:
        return isinstance(cidr, str) and lets_in_the_world(AddressSet.of((cidr,)))
    except ValueError:
        return False


def _exposed(block: Block) -> bool:
    ports = block.get("exposed_ports")
    return isinstance(ports, list) and bool(ports)


def _name(resource: PlannedResource) -> str:
    name = resource.after.text("name") if resource.after is not None else Missing.ABSENT
    return name if isinstance(name, str) else resource.address
