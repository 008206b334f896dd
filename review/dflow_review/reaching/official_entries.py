"""Entries as the vendors' own providers spell them, read by the vendors' rows.

A resource written by hand may say more than a row knows: another direction, another protocol, a source that is no
address. `_ELSEWISE` has what is known of that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import (
    BOTH,
    EVERY_PORT,
    Entry,
    Part,
    UnreadableError,
    named,
    source_at,
    unknown_list,
    why_missing,
)
from dflow_review.reaching.identity import list_of
from dflow_review.reaching.rows import families_of, official_types
from dflow_review.values import Missing
from dflow_vendors import Scope
from dflow_vendors.official import (
    Block as Nested,
)
from dflow_vendors.official import (
    BlockForEach,
    EveryCidr,
    Fixed,
    Given,
    Holds,
    JustTheCidr,
    Name,
    Port,
    Text,
)
from dflow_vendors.official import Part as Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.reach import Side, Source
    from dflow_review.reaching.directory import Directory
    from dflow_review.values import Block
    from dflow_vendors import OfficialResource
    from dflow_vendors.official import Argument

_ADDRESSES: Final = "address"
_GROUPS: Final = "group"
_LISTS: Final = "prefix list"
_ELSEWISE: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "aws_vpc_security_group_ingress_rule": (
        ("prefix_list_id", _LISTS),
        ("referenced_security_group_id", _GROUPS),
    ),
    "mongodbatlas_project_ip_access_list": (("ip_address", _ADDRESSES), ("aws_security_group", _GROUPS)),
    "scalingo_database_firewall_rule": (("managed_range_id", _GROUPS),),
    "exoscale_security_group_rule": (
        ("user_security_group_id", _GROUPS),
        ("public_security_group", _GROUPS),
        ("user_security_group", _GROUPS),
    ),
    "ec_deployment_traffic_filter": (("azure_endpoint_name", _GROUPS), ("remote_cluster_id", _GROUPS)),
}
"""Other arguments that say who is let in, and what they hold."""
_EVERY_PROTOCOL: Final = frozenset({"-1", "all", "any"})
_DIRECTION: Final = frozenset({"direction", "type", "mode"})
_PROTOCOL: Final = frozenset({"protocol", "ip_protocol"})
_TCP: Final = frozenset({"tcp", "6"})
"""By its name and by its number, which AWS takes for the same."""
_FIELD: Final = re.compile(r"\{(\w+)\}")
_REDUNDANT: Final = frozenset({"region", "organization_id", "subscription_id"})
_RANGE: Final = re.compile(r"(\d+)(?:\s*[-:]\s*(\d+))?")
_MACHINES: Final = frozenset({Scope.SECURITY_GROUP})


@dataclass
class _Draft:
    """An entry while it is read."""

    cidr: object = Missing.ABSENT
    first: object = Missing.ABSENT
    last: object = Missing.ABSENT
    length: object = Missing.ABSENT
    ports: list[object] = field(default_factory=list)
    note: str = ""
    expires_at: str = ""
    every_port: bool = False
    other: Source | None = None
    prefix_list: str = ""


class _NotInbound(Exception):  # noqa: N818 - no error: the resource is about something else
    """The resource lets nobody in to a database: it is about another direction or protocol."""


def parts_of(directory: Directory, resource: PlannedResource, sides: Sequence[Side] = BOTH) -> Iterator[Part]:
    """Yield what a resource of a vendor's own provider lets in.

    Raises:
        UnreadableError: it has an entry that nobody understands.
    """
    found = official_types().get(resource.type)
    if found is None or resource.mode is not Mode.MANAGED:
        return
    vendor, official = found
    attributes = _identity(official)
    for side in sides:
        block = block_of(resource, side)
        if block is None:
            continue
        here = list_of(
            directory,
            resource,
            side,
            vendor.key,
            attributes,
            matters=vendor.scope not in _MACHINES,
        )
        yield Part(
            here,
            side,
            tuple(_entries(directory, resource, block, side, official)),
            empty=vendor.empty_means,
            families=families_of(vendor.key),
        )


def _identity(official: OfficialResource) -> tuple[str, ...]:
    """Return the arguments that name the list, in the order of their fields; none if the resource is a list."""
    given = {
        argument.name: _FIELD.findall(argument.filling.template)
        for argument in official.arguments
        if isinstance(argument.filling, Given)
    }
    kept = {name: fields for name, fields in given.items() if fields and not _REDUNDANT.issuperset(fields)}
    if official.holds is Holds.EVERY_ENTRY:
        kept = {name: fields for name, fields in kept.items() if fields[-1].endswith("_id")}
    elif "cluster_id" in kept:
        kept = {"cluster_id": kept["cluster_id"]}
    return tuple(sorted(kept, key=lambda name: ("resource_group" not in kept[name], kept[name])))


def _entries(
    directory: Directory,
    resource: PlannedResource,
    block: Block,
    side: Side,
    official: OfficialResource,
) -> Iterator[Entry]:
    if official.holds is Holds.ONE_ENTRY:
        draft = _Draft()
        try:
            _read(directory, resource, block, side, official.arguments, (), draft)
        except _NotInbound:
            return
        yield _finished(resource, draft)
        return
    shared = _Draft()
    try:
        for argument in official.arguments:
            if not isinstance(argument.filling, BlockForEach | EveryCidr):
                _read(directory, resource, block, side, (argument,), (), shared)
    except _NotInbound:
        return
    for argument in official.arguments:
        match argument.filling:
            case EveryCidr():
                yield from _listed(resource, block, argument.name, shared)
            case BlockForEach(arguments):
                yield from _repeated(directory, resource, block, side, argument.name, arguments, shared)
            case _:
                pass


def _listed(resource: PlannedResource, block: Block, name: str, shared: _Draft) -> Iterator[Entry]:
    text = block.get(name)
    length = block.length(name)
    sources: list[Source]
    if isinstance(text, str):
        sources = [source_at(each.strip()) for each in text.split(",") if each.strip()]
    elif isinstance(length, int):
        sources = [source_at(block.get(name, position)) for position in range(length)]
    else:
        missing = text if isinstance(text, Missing) else length
        sources = [] if missing is Missing.ABSENT else [unknown_list(missing)]
    for source in sources:
        yield Entry(source, resource.address, note=shared.note, is_one_of_several=len(sources) > 1)


def _repeated(
    directory: Directory,
    resource: PlannedResource,
    block: Block,
    side: Side,
    name: str,
    arguments: Sequence[Argument],
    shared: _Draft,
) -> Iterator[Entry]:
    length = block.length(name)
    if isinstance(length, Missing):
        if length is not Missing.ABSENT:
            yield Entry(unknown_list(length), resource.address, note=shared.note)
        return
    for position in range(length):
        just = next((each.name for each in arguments if isinstance(each.filling, JustTheCidr)), None)
        count = block.length(name, position, just) if just is not None else 1
        for index in range(count) if isinstance(count, int) else (None,):
            draft = _Draft(note=shared.note)
            try:
                _read(directory, resource, block, side, arguments, (name, position), draft)
            except _NotInbound:
                break
            if just is not None:
                draft.cidr = count if index is None else block.get(name, position, just, index)
            yield _finished(resource, draft)


def _read(  # noqa: PLR0912 - one case for each filling
    directory: Directory,
    resource: PlannedResource,
    block: Block,
    side: Side,
    arguments: Sequence[Argument],
    path: tuple[str | int, ...],
    draft: _Draft,
) -> None:
    for argument in arguments:
        if isinstance(argument.filling, Given):
            continue
        place = (*path, argument.name)
        value: object = block.get(*place)
        match argument.filling:
            case Piece.CIDR | Piece.IPV4_CIDR | Piece.IPV6_CIDR:
                if value is not Missing.ABSENT and not isinstance(draft.cidr, str):
                    draft.cidr = value
            case Piece.FIRST_ADDRESS:
                draft.first = value
            case Piece.LAST_ADDRESS:
                draft.last = value
            case Piece.PREFIX_LENGTH:
                draft.length = value
            case Piece.EXPIRES_AT:
                draft.expires_at = value if isinstance(value, str) else ""
            case Port():
                draft.ports.append(value)
            case Text():
                draft.note = value if isinstance(value, str) else draft.note
            case Name():
                draft.note = draft.note or (value if isinstance(value, str) else "")
            case Fixed(expected):
                _check(argument.name, expected, value, draft)
            case Nested(inner):
                nested = place if isinstance(value, dict) else (*place, 0)
                if value is Missing.ABSENT and any(isinstance(each.filling, Port | Nested) for each in inner):
                    draft.every_port = True
                else:
                    _read(directory, resource, block, side, inner, nested, draft)
            case _:
                pass
    _read_otherwise(directory, resource, block, side, path, draft)


def _check(name: str, expected: object, value: object, draft: _Draft) -> None:
    if isinstance(value, Missing):
        return
    text = str(value).lower()
    if text == str(expected).lower():
        return
    if name in _PROTOCOL:
        if text in _TCP:
            return
        if text not in _EVERY_PROTOCOL:
            raise _NotInbound
        draft.every_port = True
    elif name in _DIRECTION and isinstance(expected, str) and expected.lower() in {"ingress", "in"}:
        if "ingress" not in text:
            raise _NotInbound
    elif name == "sql":
        raise _NotInbound
    elif name in {"source_type", "type"}:
        draft.other = named(f"something of type {value}")


def _read_otherwise(
    directory: Directory,
    resource: PlannedResource,
    block: Block,
    side: Side,
    path: tuple[str | int, ...],
    draft: _Draft,
) -> None:
    for name, what in _ELSEWISE.get(resource.type, ()):
        value = block.get(*path, name)
        if value is Missing.ABSENT:
            continue
        if what == _ADDRESSES:
            draft.cidr = draft.cidr if isinstance(draft.cidr, str) else value
        elif isinstance(draft.cidr, Missing):
            target, owner = (value, None) if path else directory.target(resource, side, name)
            known = isinstance(target, str)
            if not known and not isinstance(draft.cidr, str) and draft.cidr is Missing.UNKNOWN:
                continue
            label = owner.address if owner is not None else str(target) if known else f"a {what} {why_missing(target)}"
            draft.other = named(label)
            draft.prefix_list = str(target) if known and what == _LISTS else ""


def _finished(resource: PlannedResource, draft: _Draft) -> Entry:
    ports, missing = _ports(draft)
    return Entry(
        _source(draft),
        resource.address,
        ports,
        note=draft.note,
        expires_at=draft.expires_at,
        prefix_list=draft.prefix_list,
        ports_missing=missing,
    )


def _source(draft: _Draft) -> Source:
    if draft.first is not Missing.ABSENT and draft.cidr is Missing.ABSENT:
        return _with_length(draft) if draft.length is not Missing.ABSENT else _between(draft.first, draft.last)
    if draft.other is None:
        return source_at(draft.cidr)
    if isinstance(draft.cidr, str):
        try:
            return source_at(draft.cidr)
        except UnreadableError:
            return named(draft.cidr)  # a group or service by its name
    return draft.other


def _with_length(draft: _Draft) -> Source:
    if isinstance(draft.first, str) and isinstance(draft.length, int | float):
        return source_at(f"{draft.first}/{int(draft.length)}")
    return source_at(_why(draft.first, draft.length))


def _between(first: object, last: object) -> Source:
    if not isinstance(first, str) or not isinstance(last, str):
        return source_at(_why(first, last))
    if first == last:
        return source_at(first)
    return source_at(f"{first}-{last}")


def _why(*values: object) -> Missing:
    return next((each for each in values if isinstance(each, Missing)), Missing.ABSENT)


def _ports(draft: _Draft) -> tuple[tuple[int, int] | None, Missing | None]:
    """Return the ports, and why the plan does not have them."""
    if draft.every_port:
        return EVERY_PORT, None
    if not draft.ports:
        return None, None
    numbers: list[int] = []
    for value in draft.ports:
        if isinstance(value, int) and not isinstance(value, bool):
            numbers.append(value)
        elif isinstance(value, str) and (found := _RANGE.fullmatch(value.strip())):
            numbers += [int(each) for each in found.groups() if each is not None]
        else:
            return EVERY_PORT, value if value in (Missing.UNKNOWN, Missing.SENSITIVE) else None
    return EVERY_PORT if min(numbers) < 0 else (min(numbers), max(numbers)), None
