"""AWS in older and longer spellings: rules inline in security groups, rules for many ranges, and prefix lists."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import BOTH, EVERY_PORT, Entry, Part, named, source_at, unknown_list, why_missing
from dflow_review.reaching.identity import list_of, own_list
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.reach import Side, Source
    from dflow_review.reaching.directory import Directory
    from dflow_review.values import Block

GROUP: Final = "aws_security_group"
PREFIX_LIST: Final = "aws_prefix_list"

_RANGES: Final = ("cidr_blocks", "ipv6_cidr_blocks")
_LISTS: Final = "prefix_list_ids"
_GROUPS: Final = {True: "security_groups", False: "source_security_group_id"}
"""Where a rule names groups, inside of a group and on its own."""
_EVERY_PROTOCOL: Final = frozenset({"-1", "all"})
_TCP: Final = frozenset({"tcp", "6"})

TYPES: Final = frozenset(
    {"aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_ec2_managed_prefix_list"}
)


def parts_of(directory: Directory, resource: PlannedResource, sides: Sequence[Side] = BOTH) -> Iterator[Part]:
    """Yield what a resource lets in.

    Raises:
        UnreadableError: it has an entry that is no address.
    """
    for side in sides:
        block = block_of(resource, side)
        if block is None:
            continue
        match resource.type:
            case "aws_security_group" | "aws_default_security_group" if resource.mode is Mode.MANAGED:
                here = own_list(directory, resource, GROUP, ("id",), matters=False)
                entries = tuple(_inline(directory, resource, block, side))
            case "aws_security_group_rule" if resource.mode is Mode.MANAGED:
                if block.text("type") == "egress":
                    continue
                here = list_of(directory, resource, side, GROUP, ("security_group_id",), matters=False)
                entries = tuple(_rule(directory, resource, block, side, ()))
            case "aws_ec2_managed_prefix_list":
                here = own_list(directory, resource, PREFIX_LIST, ("id",))
                entries = tuple(_prefixes(resource, block))
            case _:
                continue
        yield Part(here, side, entries)


def _inline(directory: Directory, resource: PlannedResource, block: Block, side: Side) -> Iterator[Entry]:
    length = block.length("ingress")
    if length is Missing.UNKNOWN and resource.before is None and not resource.mentions("ingress"):
        return  # computed, because no rule is inline
    if isinstance(length, Missing):
        if length is not Missing.ABSENT:
            yield Entry(unknown_list(length), resource.address, EVERY_PORT)
        return
    for index in range(length):
        yield from _rule(directory, resource, block, side, ("ingress", index))


def _rule(
    directory: Directory, resource: PlannedResource, block: Block, side: Side, path: tuple[str | int, ...]
) -> Iterator[Entry]:
    found = _ports(block, path)
    if found is None:
        return
    ports, missing = found
    text = block.text(*path, "description")
    note = text if isinstance(text, str) else ""
    entry = partial(Entry, resource=resource.address, ports=ports, note=note, ports_missing=missing)
    for attribute in _RANGES:
        for source in _sources(block, (*path, attribute)):
            yield entry(source)
    for what, attribute in ("a prefix list", _LISTS), ("a security group", _GROUPS[bool(path)]):
        several = directory.listed(resource, side, (*path, attribute), TYPES)
        for token in several.tokens:
            yield entry(named(token), prefix_list=token if attribute == _LISTS else "")
        # What nobody wrote is unknown as well: the provider fills it in.
        if several.rest is not None and resource.mentions(str((*path, attribute)[0])):
            yield entry(named(f"{what} {why_missing(several.rest)}"))
    if block.get(*path, "self") is True:
        yield entry(named("members of the same security group"))


def _ports(block: Block, path: tuple[str | int, ...]) -> tuple[tuple[int, int], Missing | None] | None:
    """Return the ports of a rule, and why the plan does not have them; nothing for another protocol than TCP."""
    protocol = block.get(*path, "protocol")
    text = str(protocol).lower() if isinstance(protocol, str | int) else ""
    if text in _EVERY_PROTOCOL:
        return EVERY_PORT, None
    if text and text not in _TCP:
        return None
    first, last = block.number(*path, "from_port"), block.number(*path, "to_port")
    if isinstance(first, int) and isinstance(last, int):
        return (first, last) if first >= 0 else EVERY_PORT, None
    return EVERY_PORT, next((each for each in (first, last) if each in (Missing.UNKNOWN, Missing.SENSITIVE)), None)


def _sources(block: Block, path: tuple[str | int, ...]) -> Iterator[Source]:
    length = block.length(*path)
    if isinstance(length, Missing):
        if length is not Missing.ABSENT:
            yield unknown_list(length)
        return
    for index in range(length):
        yield source_at(block.get(*path, index))


def _prefixes(resource: PlannedResource, block: Block) -> Iterator[Entry]:
    attribute = "entry" if resource.mode is Mode.MANAGED else "entries"
    length = block.length(attribute)
    if length is Missing.UNKNOWN and resource.mode is Mode.MANAGED and not resource.mentions(attribute):
        return  # computed, because no entry is inline
    if isinstance(length, Missing):
        if length is not Missing.ABSENT:
            yield Entry(unknown_list(length), resource.address)
        return
    for index in range(length):
        note = block.text(attribute, index, "description")
        yield Entry(
            source_at(block.get(attribute, index, "cidr")),
            resource.address,
            note=note if isinstance(note, str) else "",
        )
