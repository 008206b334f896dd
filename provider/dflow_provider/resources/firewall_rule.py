"""Rules of a security group, in the one form in which dFlow, AWS and a configuration mean the same.

dFlow completes a rule by its type for seven types out of twenty and makes TCP port 0 of the others, and rewrites rules
after each sync. So a rule always goes out with protocol, both ports and a network, and comes back the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv6Network, ip_network
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from dflow_provider.resources.validators import OneOf, Spelling
from dflow_provider.schema import NUMBER, STRING, UNKNOWN, Attribute, Nested, NestingMode, Presence, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dflow_provider.control_plane.security_groups import RuleRow
    from dflow_provider.schema import Value, Values

AWS_TEXT = Spelling(
    r"[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]+", "letters, digits, blanks and `._-:/()#,@[]+=&;{}!$*`", max_length=255
)
_ANYWHERE = "0.0.0.0/0"
_ANY_PORT = -1


@dataclass(frozen=True)
class _Preset:
    """What a type stands for; without ports the rule has to name them."""

    protocol: str
    ports: tuple[int, int] | None


def _tcp(port: int) -> _Preset:
    return _Preset("tcp", (port, port))


PRESETS: Mapping[str, _Preset] = MappingProxyType(
    {
        "custom-tcp": _Preset("tcp", None),
        "custom-udp": _Preset("udp", None),
        "all-traffic": _Preset("all", (_ANY_PORT, _ANY_PORT)),
        "all-tcp": _Preset("tcp", (0, 65535)),
        "all-udp": _Preset("udp", (0, 65535)),
        "icmp": _Preset("icmp", (_ANY_PORT, _ANY_PORT)),
        "ssh": _tcp(22),
        "http": _tcp(80),
        "https": _tcp(443),
        "smtp": _tcp(25),
        "pop3": _tcp(110),
        "imap": _tcp(143),
        "ms-sql": _tcp(1433),
        "mysql-aurora": _tcp(3306),
        "postgresql": _tcp(5432),
        "dns-udp": _Preset("udp", (53, 53)),
        "rdp": _tcp(3389),
        "nfs": _tcp(2049),
    }
)
"""The types that survive a sync. dFlow also has `icmpv6` and `custom-protocol`, whose protocol it loses there."""

_TYPE_OF = {"tcp": "custom-tcp", "udp": "custom-udp", "icmp": "icmp", "all": "all-traffic"}
_COMPLETED = ("type", "protocol", "from_port", "to_port")


class Direction(Enum):
    """Which way a rule looks; the value is dFlow's field for the other side."""

    INBOUND = "source"
    OUTBOUND = "destination"

    @property
    def attribute(self) -> str:
        """Our attribute for the rules."""
        return f"{self.name.lower()}_rules"

    @property
    def field(self) -> str:
        """The field in which dFlow keeps the rules."""
        return f"{self.name.lower()}Rules"


@dataclass(frozen=True)
class Ipv4Network:
    """The value is an IPv4 network as AWS writes it back."""

    description: str = "an IPv4 network such as `203.0.113.0/24` or `203.0.113.7/32`"

    def problem(self, value: Value) -> str | None:
        """Refuse what dFlow cannot sync and what AWS would write differently."""
        text = str(value)
        if "/" not in text:
            return f"{text!r} has no prefix length; a single address is {text}/32."
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            return f"{text!r} is no network; use {self.description}."
        if isinstance(network, IPv6Network):
            return f"{text!r} is an IPv6 network. dFlow sends those to AWS as IPv4, and then the whole sync fails."
        if str(network) != text:
            return f"{text!r} is not how a network is written; AWS would make {network} of it. Write {network}."
        return None


def rules_attribute(direction: Direction, description: str) -> Attribute:
    """Return the attribute for the rules of one direction."""
    whom = "may connect" if direction is Direction.INBOUND else "may be connected to"
    return Attribute(
        direction.attribute,
        Nested(
            NestingMode.LIST,
            (
                Attribute(
                    "cidr",
                    STRING,
                    Presence.REQUIRED,
                    f"Who {whom}, as an IPv4 network; everybody is `{_ANYWHERE}`. dFlow cannot sync IPv6.",
                    validators=(Ipv4Network(),),
                ),
                Attribute(
                    "type",
                    STRING,
                    Presence.OPTIONAL_COMPUTED,
                    "dFlow's word for what the rule is for; it stands for a protocol and, but for `custom-tcp` and "
                    "`custom-udp`, for ports. Left out, it follows from `protocol`. dFlow's `icmpv6` and "
                    "`custom-protocol` lose their protocol in a sync and are refused.",
                    validators=(OneOf(tuple(PRESETS)),),
                ),
                Attribute(
                    "protocol",
                    STRING,
                    Presence.OPTIONAL_COMPUTED,
                    "The protocol, where `type` is left out.",
                    validators=(OneOf(tuple(_TYPE_OF)),),
                ),
                Attribute(
                    "from_port",
                    NUMBER,
                    Presence.OPTIONAL_COMPUTED,
                    "The first port, for `tcp` and `udp` where `type` stands for none; -1 for protocols without ports.",
                ),
                Attribute(
                    "to_port",
                    NUMBER,
                    Presence.OPTIONAL_COMPUTED,
                    "The last port. Left out, the rule is for `from_port` alone.",
                ),
                Attribute(
                    "description",
                    STRING,
                    Presence.OPTIONAL,
                    "What the rule is for, in characters that AWS takes. Left out, there is none.",
                    validators=(AWS_TEXT,),
                ),
            ),
        ),
        Presence.OPTIONAL,
        description,
    )


def completed(rule: Values) -> Values:
    """Return a configured rule with everything that follows from what it says; what is not known yet stays open."""
    type_, protocol = rule["type"], rule["protocol"]
    if isinstance(type_, Unknown) or isinstance(protocol, Unknown):
        return {**rule, **{name: UNKNOWN for name in _COMPLETED if rule[name] is None}}
    if type_ is None and protocol is not None:
        type_ = _TYPE_OF.get(str(protocol))  # none for a protocol that the validator refuses
    preset = PRESETS.get(str(type_))
    first, last = rule["from_port"], rule["to_port"]
    if preset is not None and preset.ports is not None and first is None and last is None:
        first, last = preset.ports
    return {
        **rule,
        "type": type_,
        "protocol": preset.protocol if preset is not None else protocol,
        "from_port": first,
        "to_port": first if last is None else last,
    }


def problems(rule: Values) -> Iterator[tuple[str, str]]:
    """Say what does not go together in a configured rule: the attribute, and what is wrong with it."""
    type_, protocol = rule["type"], rule["protocol"]
    if isinstance(type_, Unknown) or isinstance(protocol, Unknown):
        return
    if type_ is None and protocol is None:
        yield "type", "The rule has neither type nor protocol. Give one of them."
        return
    preset = PRESETS.get(str(type_) if type_ is not None else _TYPE_OF.get(str(protocol), ""))
    if preset is None:
        return
    if protocol is not None and protocol != preset.protocol:
        yield "protocol", f"type {type_!r} is for {preset.protocol!r}, not for {protocol!r}. Leave protocol out."
        return
    yield from _port_problems(rule, str(type_ if type_ is not None else protocol), preset)


def _port_problems(rule: Values, what: str, preset: _Preset) -> Iterator[tuple[str, str]]:
    first, last = rule["from_port"], rule["to_port"]
    if isinstance(first, Unknown) or isinstance(last, Unknown):
        return
    if preset.ports is None:
        if first is None:
            yield "from_port", f"A rule of the kind {what!r} names its ports. Give from_port, and to_port for a range."
            return
        last = first if last is None else last
        whole = isinstance(first, int) and isinstance(last, int)
        if not whole or not 0 <= cast("int", first) <= cast("int", last) <= 65535:
            yield "from_port", f"Ports {first} to {last} are no range of ports from 0 to 65535."
    elif (first, last) not in {(None, None), preset.ports}:
        stands = "no ports" if preset.ports[0] == _ANY_PORT else f"ports {preset.ports[0]} to {preset.ports[1]}"
        text = (
            f"A rule of the kind {what!r} stands for {stands}, and from_port is {first}, to_port {last}. Leave the "
            f"ports out, or use type custom-tcp or custom-udp."
        )
        yield "from_port", text


def identity(rule: Values) -> tuple[Value, ...]:
    """Return what AWS tells rules apart by; two of one group with the same are refused there."""
    return (rule["protocol"], rule["from_port"], rule["to_port"], rule["cidr"])


def from_rows(rows: Sequence[RuleRow], direction: Direction, order: Value) -> Value:
    """Return rules as dFlow has them, those that `order` has too in its order.

    Without any, the answer is null or the empty list, as `order` has it.
    """
    known = [rule for rule in order if isinstance(rule, dict)] if isinstance(order, list) else []
    left = [_from_row(row, direction) for row in rows]
    found: list[Value] = []
    for wanted in known:
        match = next((rule for rule in left if rule == wanted), None)
        match = match or next((rule for rule in left if identity(rule) == identity(wanted)), None)
        if match is not None:
            left.remove(match)
            found.append(match)
    found += left
    return found or ([] if order == [] else None)


def to_rows(rules: Value, direction: Direction, existing: Sequence[RuleRow] = ()) -> list[RuleRow]:
    """Return what to send; a rule that exists keeps its row, by which dFlow finds it at AWS."""
    left = list(existing)
    rows: list[RuleRow] = []
    for rule in rules if isinstance(rules, list) else []:
        if not isinstance(rule, dict):
            continue
        row = next((each for each in left if identity(_from_row(each, direction)) == identity(rule)), None)
        if row is not None:
            left.remove(row)
        rows.append(_to_row(rule, direction, row or {}))
    return rows


def _from_row(row: RuleRow, direction: Direction) -> Values:
    fields = cast("Mapping[str, str | None]", row)
    preset = PRESETS.get(row.get("type") or "")
    protocol = row.get("protocol") or (preset.protocol if preset is not None else None)
    first, last = row.get("fromPort"), row.get("toPort")
    if protocol in {"all", "-1", "icmp"}:
        protocol = "all" if protocol == "-1" else protocol
        first, last = _ANY_PORT, _ANY_PORT
    elif preset is not None and preset.ports is not None:
        first = preset.ports[0] if first is None else first
        last = preset.ports[1] if last is None else last
    cidr = {"anywhere-ipv4": _ANYWHERE, "anywhere-ipv6": "::/0"}.get(fields.get(f"{direction.value}Type") or "")
    return {
        "cidr": cidr or fields.get(direction.value),
        "type": row.get("type"),
        "protocol": protocol,
        "from_port": first,
        "to_port": last,
        "description": row.get("description"),
    }


def _to_row(rule: Values, direction: Direction, kept: RuleRow) -> RuleRow:
    row: dict[str, object] = {
        "description": rule["description"],
        "type": rule["type"],
        "protocol": rule["protocol"],
        "fromPort": rule["from_port"],
        "toPort": rule["to_port"],
        f"{direction.value}Type": "anywhere-ipv4" if rule["cidr"] == _ANYWHERE else "custom",
        direction.value: rule["cidr"],
        **{name: kept.get(name) for name in ("id", "securityGroupRuleId") if kept.get(name)},
    }
    return cast("RuleRow", row)
