"""Who can reach which database before and after some plans."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from dflow_review.collection import paused_collection
from dflow_review.plan import Action
from dflow_review.reach import Database, Opening, Reach, Side, Source
from dflow_review.reaching import aws_groups, official_entries, owned_lists, whole_lists
from dflow_review.reaching.assembled import assembled, is_absence, nobody_or_everybody, relevant
from dflow_review.reaching.deferred import deferred, left_behind
from dflow_review.reaching.directory import Directory, block_of
from dflow_review.reaching.entries import BOTH, UnreadableError, with_node
from dflow_review.reaching.holders import Guards
from dflow_review.reaching.inline_table import BY_TYPE
from dflow_review.reaching.movement import change_of, is_unseen
from dflow_review.reaching.node_notes import said_in
from dflow_review.reaching.nodes import Nodes
from dflow_review.reaching.rows import empty_means, families_of, official_types, vendor_of
from dflow_review.reaching.tenants import Tenants, sorted_by_name
from dflow_review.reaching.unread import changes
from dflow_review.reaching.unread import unread as not_read
from dflow_review.reaching.unseen import hides_how_it_lets_in, hides_something_new
from dflow_review.reading.document import nested_too_deeply
from dflow_review.reading.synthesized import MODULE
from dflow_vendors import EmptyMeans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dflow_review.plan import Plan, PlannedResource
    from dflow_review.reach import DatabaseChange
    from dflow_review.reaching.assembled import Assembled
    from dflow_review.reaching.entries import Entry, Part
    from dflow_review.reaching.holders import Guarded

    Reader = Callable[[Directory, PlannedResource, Sequence[Side]], Iterator[Part]]

_HIDDEN_CHANGES: Final = "a value that is hidden as sensitive changes, and it may be about who gets in"
_PREFIX_LISTS: Final = "aws_prefix_list"
_MOST_NODES: Final = 16
"""An entry that names more nodes is shown as one."""
_Key = tuple[str, int | None]


def reach_of(plans: Iterable[Plan]) -> Reach:
    """Return who can reach which database, before and after all of the plans are applied.

    Raises:
        ReviewError: values are nested too deeply to be compared.
    """
    try:
        with paused_collection():
            several = tuple(plans)
            directory = Directory(several)
            unread = [*_modules(several)]
            lists = assembled(_parts(directory, unread))
            return Reach(_Found(directory, lists).changes(), tuple(sorted(unread)))
    except RecursionError:
        raise nested_too_deeply("A plan") from None


def _modules(plans: Iterable[Plan]) -> Iterator[tuple[str, str]]:
    """Yield the calls of modules of which only Terraform will know what is in them, unless they are the base's."""
    for plan in plans:
        for each in plan.besides:
            if each.address.startswith(MODULE) and each.written and (each.before is None or each.is_rewritten):
                yield each.address, "what a module holds is in its plan, and not in synthesized JSON"


def _parts(directory: Directory, unread: list[tuple[str, str]]) -> Iterator[Part]:
    for kind, resources in directory.types():
        reader = _reader(kind)
        unread += not_read(kind, resources, is_read=reader is not None)
        if reader is None:
            continue
        for resource in resources:
            try:
                if _stays(resource):
                    parts = [*reader(directory, resource, (Side.BEFORE,))]
                    yield from parts
                    yield from (replace(part, side=Side.AFTER) for part in parts)
                else:
                    parts = [*reader(directory, resource, BOTH)]
                    if changes(resource) and hides_how_it_lets_in(resource, parts):
                        unread.append((resource.address, _HIDDEN_CHANGES))
                    yield from _afterwards(parts, resource)
            except UnreadableError as error:
                if changes(resource):
                    unread.append((resource.address, str(error)))


def _afterwards(parts: Sequence[Part], resource: PlannedResource) -> Iterable[Part]:
    """Return what a resource says, where a change leaves something behind with that."""
    if resource.deferral is not None:
        return deferred(parts, resource.deferral)
    return left_behind(parts) if resource.action is Action.REPLACE_AND_FORGET else parts


def _reader(kind: str) -> Reader | None:
    if vendor_of(kind) is not None:
        return owned_lists.parts_of
    if kind in official_types():
        return official_entries.parts_of
    if kind in BY_TYPE:
        return whole_lists.parts_of
    return aws_groups.parts_of if kind in aws_groups.TYPES else None


def _stays(resource: PlannedResource) -> bool:
    """Say whether both sides are the same, so that one needs to be read."""
    before, after = resource.before, resource.after
    return (
        resource.action in (Action.NO_OP, Action.FORGET)
        and before is not None
        and (after is None or (not after.unknown and before.values == after.values))
    )


class _Found:
    """What was found in all plans.

    Args:
        directory: all resources.
        lists: all lists by their tokens.
    """

    def __init__(self, directory: Directory, lists: dict[str, Assembled]) -> None:
        self._directory = directory
        self._guards = Guards(directory, lists)
        self._nodes = Nodes(directory)
        self._tenants = Tenants(directory, self._nodes)
        self._lists = lists
        self._openings: dict[_Key, dict[Side, list[tuple[Source, Entry]]]] = {}
        self._names: dict[_Key, set[str]] = {}
        self._about: dict[str, tuple[str, str]] = {}
        self._owners: dict[str, set[str]] = {}
        self._made: dict[tuple[int, Side], tuple[Source, ...]] = {}
        self._guarded: dict[str, Guarded] = {}
        self._referred = {
            self._prefix_list(entry)
            for each in lists.values()
            for side in BOTH
            for entry in each.entries[side]
            if entry.prefix_list
        }

    def changes(self) -> tuple[DatabaseChange, ...]:
        """Return what becomes of each database, sorted by name and port."""
        for token, known in self._lists.items():
            if token not in self._referred:
                for side in BOTH:
                    self._add_list(token, known, side)
        for unseen in self._guards.unseen():
            self._about.setdefault(unseen.guarded.id, (unseen.guarded.label, unseen.guarded.vendor))
            self._guarded[unseen.guarded.id] = unseen.guarded
            self._add_guarded(unseen.guarded, unseen.entry, unseen.side)
        for guarded in self._guarded.values():
            self._when_unguarded(guarded)
        ports: dict[str, set[int | None]] = {}
        for database, port in self._openings:
            ports.setdefault(database, set()).add(port)
        found = [self._change(database, port) for database, several in ports.items() for port in several]
        return tuple(
            sorted(
                found, key=lambda each: (each.database.name, each.database.id, -1 if each.port is None else each.port)
            )
        )

    def _prefix_list(self, entry: Entry) -> str:
        return f"{_PREFIX_LISTS} {entry.prefix_list}"

    def _add_list(self, token: str, known: Assembled, side: Side) -> None:
        if self._guards.knows(token):
            for guarded in self._guards.behind(token, side):
                self._about.setdefault(guarded.id, (guarded.label, guarded.vendor))
                self._guarded[guarded.id] = guarded
                for entry in known.entries[side]:
                    if not is_absence(entry):  # other lists may guard it, too
                        self._add_guarded(guarded, entry, side)
            return
        self._about.setdefault(token, (known.list.label or known.list.kind, known.list.vendor))
        for entry in relevant(known, side):
            first, last = entry.ports or (None, None)
            self._add(token, first if first == last else None, entry, side)

    def _when_unguarded(self, guarded: Guarded) -> None:
        """Let everybody in to a database that had lists and has none, or empty ones, where the vendor does."""
        means = empty_means(guarded.vendor)
        gone = guarded.owner is not None and block_of(guarded.owner, Side.AFTER) is None
        if means is EmptyMeans.CLOSED or gone:
            return
        keys = [key for key in self._openings if key[0] == guarded.id]
        before = [key for key in keys if self._openings[key][Side.BEFORE]]
        if before and not any(self._openings[key][Side.AFTER] for key in keys):
            _, sample = self._openings[before[0]][Side.BEFORE][0]
            entry = nobody_or_everybody(guarded.vendor, means, families_of(guarded.vendor), sample)
            for _, port in before:
                self._add(guarded.id, port, entry, Side.AFTER)

    def _add_guarded(self, guarded: Guarded, entry: Entry, side: Side) -> None:
        port = guarded.port
        if entry.ports is not None:
            first, last = entry.ports
            if port is not None and not first <= port <= last:
                return  # the database does not listen there
            if port is None and first == last:
                port = first
        self._add(guarded.id, port, entry, side)

    def _add(self, database: str, port: int | None, entry: Entry, side: Side) -> None:
        key = (database, port)
        for each in self._resolved(entry, side):
            said = said_in(each.note)
            name = each.database or said.database
            if name and not each.is_foreign:
                self._names.setdefault(key, set()).add(name)
            elif each.owner and not each.is_foreign:
                self._owners.setdefault(database, set()).add(each.owner)
            sides = self._openings.get(key)
            if sides is None:
                sides = self._openings[key] = {one: [] for one in BOTH}
            sides[side].extend((source, each) for source in self._sources(each, side))

    def _resolved(self, entry: Entry, side: Side) -> Iterator[Entry]:
        """Yield the entries of the prefix list that an entry stands for; itself if it is none, or one elsewhere."""
        known = self._lists.get(self._prefix_list(entry)) if entry.prefix_list else None
        if known is None:
            yield entry
        else:
            yield from known.entries[side]

    def _sources(self, entry: Entry, side: Side) -> tuple[Source, ...]:
        # What stays is the same object on both sides, and so is what is made of it where the same Environments are.
        known = self._made.get((id(entry), side))
        if known is None:
            made = tuple(self._named_sources(entry, side))
            others = (self._made.get((id(entry), each)) for each in BOTH)
            known = self._made[id(entry), side] = next((each for each in others if each == made), made)
        return known

    def _named_sources(self, entry: Entry, side: Side) -> Iterator[Source]:
        source = entry.source
        nodes = (source.node,) if source.node else said_in(entry.note).nodes
        if entry.is_one_of_several and len(nodes) > 1:
            nodes = ()
        if not nodes and source.addresses is not None:
            nodes = (self._nodes.at(source.addresses, side),)
        shown = nodes if len(nodes) <= _MOST_NODES else (f"{nodes[0]} and {len(nodes) - 1} more",)
        # Nodes that are not named, and let in by their addresses nevertheless, stand beside the first one.
        others = self._tenants.at(source.addresses, side, besides=nodes) if source.addresses else ()
        for node in shown or ("",):
            tenants = self._tenants.on((node,) if shown is nodes else nodes, side)
            yield Source(
                source.addresses,
                node,
                with_node(source.spelling, node) if source.addresses is None else source.spelling,
                sorted_by_name((*tenants, *others)) if others else tenants,
            )
            others = ()

    def _change(self, database: str, port: int | None) -> DatabaseChange:
        sides = [self._side(database, port, side) for side in BOTH]
        label, vendor = self._about[database]
        names = sorted(self._names.get((database, port), ()) or self._names.get((database, None), ()))
        if not names and label in database:
            # It is an id, which tells people less than whose the entries are.
            names = sorted(self._owners.get(database, ()))
        named = Database(database, ", ".join(names) or label, vendor)
        known: dict[tuple[int, int], Opening] = {}
        openings = [tuple(_opening(each, named, port, known) for each in side) for side in sides]
        unseen = {each.resource for each in openings[0] if is_unseen(each)}
        changing = unseen & self._changing if unseen else ()
        return change_of(named, port, openings[0], openings[1], self._tenants.unsettled, changing)

    @cached_property
    def _changing(self) -> frozenset[str]:
        """The addresses of resources that hold something new which nobody can see."""
        return frozenset(
            each.address for _, several in self._directory.types() for each in several if hides_something_new(each)
        )

    def _side(self, database: str, port: int | None, side: Side) -> list[tuple[Source, Entry]]:
        several = self._of(database, port, side)
        if port is not None:
            several = several + self._of(database, None, side)
        return sorted(several, key=_order)

    def _of(self, database: str, port: int | None, side: Side) -> list[tuple[Source, Entry]]:
        return self._openings.get((database, port), {}).get(side, [])


def _place(change: DatabaseChange) -> tuple[str, str, int]:
    return change.database.name, change.database.id, -1 if change.port is None else change.port


def _order(item: tuple[Source, Entry]) -> tuple[str, str, str, str, str]:
    source, entry = item
    return source.node, source.spelling, entry.resource, entry.note, entry.expires_at


def _opening(
    item: tuple[Source, Entry], database: Database, port: int | None, known: dict[tuple[int, int], Opening]
) -> Opening:
    source, entry = item
    place = (id(source), id(entry))
    if place not in known:
        known[place] = Opening(
            source=source,
            database=database,
            port=port,
            resource=entry.resource,
            owner="" if entry.is_foreign else entry.owner or said_in(entry.note).owner,
            note=entry.note,
            expires_at=entry.expires_at,
            is_foreign=entry.is_foreign,
        )
    return known[place]
