"""dFlow's own security groups: who gets in to the Worker Nodes, on whose ports dFlow exposes databases.

No plan says which databases those are. A group is therefore no list of a database's, and one that lets in more is told
as what cannot be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.ranges import AddressSet
from dflow_review.reaching.entries import EVERY_PORT, UnreadableError, addresses_in
from dflow_review.reaching.unseen import hides_something_new
from dflow_review.values import Missing

if TYPE_CHECKING:
    from dflow_review.plan import PlannedResource
    from dflow_review.values import Block

TYPE: Final = "dflow_security_group"
PORTS: Final = {
    1433: "SQL Server",
    3306: "MySQL",
    5432: "PostgreSQL",
    6379: "Redis",
    8123: "ClickHouse",
    9000: "ClickHouse",
    27017: "MongoDB",
}
"""On which the databases listen that dFlow runs, or that its words for rules are about."""
_WORDS: Final = {
    "all-traffic": EVERY_PORT,
    "all-tcp": EVERY_PORT,
    "ms-sql": (1433, 1433),
    "mysql-aurora": (3306, 3306),
    "postgresql": (5432, 5432),
}
"""dFlow's words for rules that reach databases → the first and the last port they stand for."""
_RULES: Final = "inbound_rules"
_WITHOUT_PORTS: Final = frozenset({"udp", "icmp"})


def opened(block: Block, position: int) -> tuple[int, ...] | None:
    """Return the ports of databases that an inbound rule opens; nothing if that is not known.

    Args:
        block: the group.
        position: of the rule.
    """
    at = (_RULES, position)
    kind, protocol = block.get(*at, "type"), block.get(*at, "protocol")
    if isinstance(kind, str) and kind in _WORDS:
        first, last = _WORDS[kind]
    elif protocol == "all":
        first, last = EVERY_PORT
    elif protocol in _WITHOUT_PORTS or (isinstance(kind, str) and kind != "custom-tcp"):
        return ()
    else:
        low, high = block.number(*at, "from_port"), block.number(*at, "to_port")
        if not {Missing.UNKNOWN, Missing.SENSITIVE}.isdisjoint((low, high, kind, protocol)):
            return None
        if isinstance(low, Missing):
            return ()
        first, last = low, low if isinstance(high, Missing) else high
    return tuple(port for port in PORTS if first <= port <= last)


def lets_in_more(group: PlannedResource) -> str:
    """Say why nobody can tell whether a group's change lets somebody in to a database; empty if it does not."""
    now, then = _reached(group.before), _reached(group.after)
    if then is None:
        same = now is None and not hides_something_new(group)
        return "" if same else "its inbound rules for databases' ports are known after apply, or hidden"
    wider = [port for port, addresses in then.items() if addresses - (now or {}).get(port, AddressSet())]
    if not wider:
        return ""
    names = ", ".join(dict.fromkeys(f"{PORTS[port]} ({port})" for port in wider))
    return f"more addresses get in to its Worker Nodes on the ports of {names}; what dFlow exposes there is in no plan"


def _reached(block: Block | None) -> dict[int, AddressSet] | None:
    """Return who gets in on which port of a database's; nothing if that is not known."""
    found: dict[int, AddressSet] = {}
    length = block.length(_RULES) if block is not None else Missing.ABSENT
    if block is None or isinstance(length, Missing):
        return {} if length is Missing.ABSENT else None
    for position in range(length):
        ports, cidr = opened(block, position), block.get(_RULES, position, "cidr")
        if ports == ():
            continue
        if ports is None or not isinstance(cidr, str):
            return None
        try:
            addresses = addresses_in(cidr)
        except UnreadableError:
            return None
        found |= {port: found.get(port, AddressSet()) | addresses for port in ports}
    return found
