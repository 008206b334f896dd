"""Lists that one resource writes whole: inline on the database, or apart from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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
from dflow_review.reaching.identity import list_of, own_list
from dflow_review.reaching.inline_table import BY_TYPE, EACH, OTHER_SPELLINGS, Kind
from dflow_review.reaching.rows import empty_means, families_of, row_named
from dflow_review.values import Missing
from dflow_vendors import DestroyMeans, EmptyMeans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.reaching.directory import Directory
    from dflow_review.reaching.entries import List
    from dflow_review.reaching.inline_table import Whole
    from dflow_review.values import Block, Plain

_Path = tuple[str | int, ...]


def parts_of(directory: Directory, resource: PlannedResource, sides: Sequence[Side] = BOTH) -> Iterator[Part]:
    """Yield what a resource that writes a whole list lets in.

    Raises:
        UnreadableError: it has an entry that is no address.
    """
    whole = BY_TYPE.get(resource.type)
    if whole is None or resource.mode is not Mode.MANAGED:
        return
    for side in sides:
        block = block_of(resource, side)
        if block is not None:
            yield _part(_list(directory, resource, side, whole), side, resource, block, whole)
        elif whole.kind is Kind.LIST:
            yield from _without(directory, resource, side, whole)


def _list(directory: Directory, resource: PlannedResource, side: Side, whole: Whole) -> List:
    if whole.kind is Kind.DATABASE:
        return own_list(directory, resource, whole.vendor, whole.identity, kind=whole.type)
    return list_of(directory, resource, side, whole.vendor, whole.identity)


def _without(directory: Directory, resource: PlannedResource, side: Side, whole: Whole) -> Iterator[Part]:
    """Yield what the list is before its resource is made, or after it is destroyed."""
    other = Side.AFTER if side is Side.BEFORE else Side.BEFORE
    block = block_of(resource, other)
    if block is None:
        return
    here = _list(directory, resource, other, whole)
    row = row_named(whole.vendor)
    if side is Side.AFTER and row is not None and row.destroy_means is DestroyMeans.NOTHING:
        entries = tuple(_entries(resource, block, whole))
    else:
        entries = ()
    yield Part(here, side, entries, is_whole=True, empty=empty_means(whole.vendor), families=families_of(whole.vendor))


def _part(here: List, side: Side, resource: PlannedResource, block: Block, whole: Whole) -> Part:
    families = families_of(whole.vendor)
    if _is(block, whole.off, wanted=False):
        return Part(here, side, (), is_whole=True, empty=EmptyMeans.CLOSED, families=families)
    if _is(block, whole.unenforced, wanted=False):
        all_of_them = Source(everybody(families), "", "everybody: the list is not in force")
        return Part(here, side, (Entry(all_of_them, resource.address),), is_whole=True, families=families)
    entries = tuple(_entries(resource, block, whole))
    empty = empty_means(whole.vendor)
    if not entries and whole.unset is not None and not _is_set(block, whole):
        empty = whole.unset
    if _is(block, whole.networks_only, wanted=True):
        empty = EmptyMeans.CLOSED
    return Part(here, side, entries, is_whole=True, empty=empty, families=families)


def _is(block: Block, path: str, *, wanted: bool) -> bool:
    if not path:
        return False
    found = [block.get(*place) for place in _places(block, path)]
    return bool(found) and all(each is wanted for each in found)


def _is_set(block: Block, whole: Whole) -> bool:
    paths = (*whole.lists, *OTHER_SPELLINGS.get(whole.type, ()))
    return any(block.length(*place) != Missing.ABSENT for path in paths for place in _places(block, path))


def _places(block: Block, path: str) -> Iterator[_Path]:
    """Write a path out: each place that it leads to, or that is as far as the plan knows it."""
    found: list[_Path] = [()]
    for step in path.split("."):
        further: list[_Path] = []
        for place in found:
            if step != EACH:
                further.append((*place, step))
                continue
            length = block.length(*place)
            if isinstance(length, int):
                further += [(*place, index) for index in range(length)]
            elif length is Missing.UNKNOWN or isinstance(block.keys(*place), tuple):
                further.append(place)
        found = further
    yield from found


def _entries(resource: PlannedResource, block: Block, whole: Whole) -> Iterator[Entry]:
    ports = _ports(block, whole)
    for path in whole.lists:
        for place in _places(block, path):
            yield from _listed(resource, block, place, whole, ports, value=whole.value)
    for path in OTHER_SPELLINGS.get(whole.type, ()):
        for place in _places(block, path):
            yield from _listed(resource, block, place, whole, ports, value="")


def _ports(block: Block, whole: Whole) -> tuple[int, int] | None:
    if not whole.port:
        return None
    port = block.port(*whole.port.split("."))
    return None if port is None else (port, port)


def _listed(
    resource: PlannedResource,
    block: Block,
    place: _Path,
    whole: Whole,
    ports: tuple[int, int] | None,
    *,
    value: str,
) -> Iterator[Entry]:
    length = block.length(*place)
    whole_text = block.get(*place)
    if isinstance(whole_text, str):
        yield from _written(resource, whole_text, whole, ports)
        return
    if isinstance(length, Missing):
        missing = whole_text if isinstance(whole_text, Missing) else length
        if missing is not Missing.ABSENT:
            yield Entry(unknown_list(missing), resource.address, ports)
        return
    for index in range(length):
        entry = (*place, index)
        found = block.get(*entry, value) if value else block.get(*entry)
        if found is Missing.ABSENT:
            continue
        yield Entry(
            _source(block, entry, found, whole if value else None),
            resource.address,
            ports,
            note=_text(block, entry, whole.note) if value else "",
            expires_at=_text(block, entry, whole.expires_at) if value else "",
        )


def _text(block: Block, entry: _Path, attribute: str) -> str:
    text = block.text(*entry, attribute) if attribute else ""
    return text if isinstance(text, str) else ""


def _source(block: Block, entry: _Path, found: Plain | Missing, whole: Whole | None) -> Source:
    if whole is not None and whole.named is not None:
        attribute, address = whole.named
        kind = block.get(*entry, attribute)
        if isinstance(kind, str) and kind != address:
            return named(f"{kind} {found if isinstance(found, str) else 'known after apply'}")
    if isinstance(found, str):
        try:
            return Source(addresses_in(found), "", found)
        except UnreadableError:
            if found.startswith("ocid1."):
                return named(found)
            raise
    return source_at(found)


def _written(resource: PlannedResource, text: str, whole: Whole, ports: tuple[int, int] | None) -> Iterator[Entry]:
    """Yield the entries of a list in one text: with commas, or as JSON."""
    if not whole.as_json:
        for each in filter(None, (part.strip() for part in text.split(","))):
            yield Entry(source_at(each), resource.address, ports)
        return
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError("its list is no JSON text") from None
    if not isinstance(content, dict):
        raise UnreadableError("its list is no JSON object")
    for key in whole.as_json:
        several = content.get(key)
        for each in several if isinstance(several, list) else ():
            yield Entry(source_at(each if isinstance(each, str) else Missing.ABSENT), resource.address, ports)
