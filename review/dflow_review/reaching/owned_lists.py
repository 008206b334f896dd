"""Entries that the dflow provider keeps: `dflow_<vendor>_allowlist`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.reach import Side, Source
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import (
    BOTH,
    Entry,
    Part,
    UnreadableError,
    addresses_in,
    everybody,
    named,
    source_at,
    unknown_list,
)
from dflow_review.reaching.identity import list_of
from dflow_review.reaching.rows import empty_means, families_of, row_named, vendor_of
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.reaching.directory import Directory
    from dflow_review.reaching.entries import List
    from dflow_review.values import Block

_REDUNDANT: Final = frozenset({"subscription_id", "region"})
"""Locators without which a list is known everywhere."""
_DENIES: Final = " (deny"
"""In the spelling of an entry that shuts somebody out."""


def parts_of(directory: Directory, resource: PlannedResource, sides: Sequence[Side] = BOTH) -> Iterator[Part]:
    """Yield what a resource of ours lets in, with what else it found on the list.

    Raises:
        UnreadableError: it is of a vendor without a row, or has an entry that is no address.
    """
    vendor = vendor_of(resource.type)
    if vendor is None or resource.mode is not Mode.MANAGED:
        return
    row = row_named(vendor)
    if row is None:
        raise UnreadableError(f"{vendor} is a vendor this review does not know; use a newer one")
    attributes = (
        [each.name for each in row.owned.locators if each.name not in _REDUNDANT]
        if row.owned
        else ["security_group_id"]
    )
    foreign = _foreign(resource)
    for side in sides:
        block = block_of(resource, side)
        other = resource.after if side is Side.BEFORE else resource.before
        here = list_of(
            directory, resource, side if block is not None else _other(side), vendor, attributes, matters=True
        )
        about = block if block is not None else other
        if about is None:
            continue
        entries = [] if block is None else [*_entries(resource, block)]
        if block is None and side is Side.AFTER and other is not None:
            entries += left_behind(resource, other)
        entries += _others(resource, about, foreign)
        entries += _not_in_force(here, resource, side, entries)
        yield Part(
            here,
            side,
            tuple(entries),
            is_whole=foreign is not None,
            empty=empty_means(vendor),
            families=families_of(vendor),
        )


def _other(side: Side) -> Side:
    return Side.AFTER if side is Side.BEFORE else Side.BEFORE


def _entries(resource: PlannedResource, block: Block) -> Iterator[Entry]:
    keys = block.keys("entries")
    database, owner = _text(block, "database"), _text(block, "owner")
    ports = _ports(block)
    if isinstance(keys, Missing):
        if keys is not Missing.ABSENT:
            yield Entry(unknown_list(keys), resource.address, ports, database, owner)
        return
    active = block.keys("active_entries")
    for key in keys:
        cidr = block.get("entries", key, "cidr")
        if isinstance(active, tuple) and isinstance(cidr, str) and key not in active:
            continue  # its end has come
        yield Entry(
            source_at(cidr, key),
            resource.address,
            ports,
            database,
            owner,
            _text(block, "entries", key, "description"),
            _text(block, "entries", key, "expires_at"),
        )


def _text(block: Block, *path: str | int) -> str:
    value = block.text(*path)
    return value if isinstance(value, str) else ""


def _ports(block: Block) -> tuple[int, int] | None:
    port = block.number("port")
    return (port, port) if isinstance(port, int) else None


def _foreign(resource: PlannedResource) -> tuple[str, ...] | None:
    """Return what else is on the list, as the later side knows it; nothing if no side does."""
    for block in (resource.after, resource.before):
        value = block.get("foreign_entries") if block is not None else None
        if isinstance(value, list):
            return tuple(each for each in value if isinstance(each, str))
    return None


def _others(resource: PlannedResource, block: Block, foreign: tuple[str, ...] | None) -> Iterator[Entry]:
    for text in foreign or ():
        if _DENIES in text:
            continue
        yield Entry(_spelled(text), resource.address, _ports(block), _text(block, "database"), is_foreign=True)


def _spelled(text: str) -> Source:
    try:
        return Source(addresses_in(text), "", text)
    except UnreadableError:
        return named(text)


def left_behind(resource: PlannedResource, block: Block) -> Iterator[Entry]:
    """Yield the entries of a side that stay on the list when the resource goes: others let them in too."""
    owned = block.get("owned_entries")
    shared = block.keys("shared_with")
    for entry in _entries(resource, block):
        alone = not isinstance(owned, list) or not owned or _among(entry, owned)
        if not alone or (isinstance(shared, tuple) and _among(entry, list(shared))):
            yield replace(entry, is_foreign=True)


def _among(entry: Entry, spellings: Iterable[object]) -> bool:
    known = [_spelled(text).addresses for text in spellings if isinstance(text, str)]
    return entry.source.addresses is None or entry.source.addresses in known


def _not_in_force(here: List, resource: PlannedResource, side: Side, entries: list[Entry]) -> Iterator[Entry]:
    """Yield everybody if the list is open for a reason that no entry shows: it is turned off, for example."""
    told = [each.get("open_to_world") for each in (resource.before, resource.after) if each is not None]
    now = [each for each in told if isinstance(each, bool)]
    if not now or not now[0 if side is Side.BEFORE else -1]:
        return
    if not entries or any(_is_wide(entry.source) for entry in entries):
        return  # an empty list, or an entry, is the reason
    families = families_of(here.vendor)
    yield Entry(
        Source(everybody(families), "", "everybody: the list is not in force"), resource.address, is_foreign=True
    )


def _is_wide(source: Source) -> bool:
    # As the provider counts: a /7 of IPv4, a /15 of IPv6.
    return source.addresses is not None and any(
        last - first + 1 >= 2 ** (25 if version == 4 else 113) for version, first, last in source.addresses.spans
    )
