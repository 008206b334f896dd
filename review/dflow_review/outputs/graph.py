"""The picture of a review as boxes in three columns and arrows between them: services, Worker Nodes, databases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from dflow_review.outputs import wording
from dflow_review.outputs.connection import (
    UNTOLD_ADDRESS,
    UNTOLD_NODE,
    Cause,
    Status,
    changed,
    connections_of,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dflow_review.outputs.connection import Connection
    from dflow_review.reach import DatabaseChange
    from dflow_review.review import Review

BOXES: Final = 120
"""From how many boxes on databases are left out: more is no picture any more."""

SOURCES: Final = 40
"""From how many sources of one database on they share a box for each thing that may become of them."""

_UNTOLD: Final = {UNTOLD_NODE: "Some Worker Node"}
_WHY_UNTOLD: Final = {
    UNTOLD_NODE: "which one, no plan says",
    UNTOLD_ADDRESS: "its address is in no plan",
}
"""Short enough for a box."""
_MOVES: Final = {Status.ADDED: "joins", Status.REMOVED: "leaves"}
"""What an Environment does whose node is let in all the time."""


class Column(IntEnum):
    """Where a box stands, from left to right."""

    SERVICES = 0
    NODES = 1
    DATABASES = 2


@dataclass(frozen=True)
class Box:
    """A service, a Worker Node or other source of connections, or a database.

    Args:
        key: tells it from all others.
        column: what it is.
        title: its name.
        subtitle: a second line; empty if there is nothing to say.
        environments: the Environments it belongs to or is reached from, sorted.
        databases: the names of the databases it is, or has to do with, sorted.
    """

    key: str
    column: Column
    title: str
    subtitle: str
    environments: tuple[str, ...]
    databases: tuple[str, ...]


@dataclass(frozen=True)
class Arrow:
    """A way from one box to the next.

    Args:
        start: the key of the box where it begins.
        end: the key of the box where it ends.
        status: what becomes of it.
        words: the same for people: `added`, or `joins` where an Environment joins a node that is let in.
        environments: the Environments it concerns, sorted.
        databases: the names of the databases it leads to, sorted.
    """

    start: str
    end: str
    status: Status
    words: str
    environments: tuple[str, ...]
    databases: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """What is drawn.

    Args:
        boxes: by column, then by title.
        arrows: by where they begin and end.
        left_out: how many databases are not drawn.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left_out: int


@dataclass(frozen=True)
class _Path:
    """One connection from a service, or from a node alone, to a database, and what becomes of it and of the entry."""

    service: Box | None
    source: Box
    database: Box
    status: Status
    entry: Status
    cause: Cause = Cause.ENTRY


def graph_of(review: Review) -> Graph:
    """Return what to draw: the databases that change first, then the others as long as there is room."""
    paths: list[_Path] = []
    keys: set[str] = set()
    every = [*changed(review.reach), *unchanged(review.reach)]
    drawn = 0
    for change in every:
        connections = connections_of(change)
        more = [path for connection in connections[:SOURCES] for path in _paths(change, connection)]
        more += _rest(change, connections[SOURCES:])
        wanted = keys | {box.key for path in more for box in (path.service, path.source, path.database) if box}
        if drawn and len(wanted) > BOXES:
            break
        keys, drawn = wanted, drawn + 1
        paths += more
    return Graph(_boxes(paths), _arrows(paths), len(every) - drawn)


def _database(change: DatabaseChange) -> Box:
    return Box(
        f"database {change.database.id} {change.port}",
        Column.DATABASES,
        wording.database(change),
        wording.vendor_name(change.database.vendor),
        (change.database.environment,) if change.database.environment else (),
        (wording.database(change),),
    )


def _rest(change: DatabaseChange, connections: Sequence[Connection]) -> Iterable[_Path]:
    """Return the way of all sources that have no box of their own."""
    for status in Status:
        several = [each for each in connections if each.status is status]
        if several:
            source = Box(
                f"rest {status.value} {change.database.id} {change.port}",
                Column.NODES,
                f"{len(several):,} more",
                status.value,
                _union(each.environments for each in several),
                (wording.database(change),),
            )
            yield _Path(None, source, _database(change), status, status)


def _paths(change: DatabaseChange, connection: Connection) -> Iterable[_Path]:
    source, database = _source(change, connection), _database(change)
    for tenant in connection.tenants:
        node = source
        if tenant.node not in ("", connection.node):  # not named by the entry, and let in by it nevertheless
            node = replace(source, key=f"source {tenant.node}", title=tenant.node, subtitle=connection.spelling)
        for name in sorted(tenant.services) or [""]:
            title, subtitle = (name, tenant.environment) if name else (tenant.environment, "Environment")
            service = Box(
                f"service {title} {subtitle}",
                Column.SERVICES,
                title,
                subtitle,
                (tenant.environment,) if tenant.environment else (),
                source.databases,
            )
            yield _Path(service, node, database, connection.status, connection.entry, connection.cause)
    if connection.cause is Cause.ENTRY:
        yield _Path(None, source, database, connection.status, connection.entry)


def _source(change: DatabaseChange, connection: Connection) -> Box:
    who = connection.node or _UNTOLD.get(connection.spelling, connection.who)
    about = wording.ELSEWHERE if connection.is_foreign else _WHY_UNTOLD.get(connection.spelling, connection.spelling)
    return Box(
        f"source {connection.who}",
        Column.NODES,
        who,
        about * (about != who),
        connection.environments,
        (wording.database(change),),
    )


def _boxes(paths: Sequence[_Path]) -> tuple[Box, ...]:
    found: dict[str, list[Box]] = {}
    for path in paths:
        for box in (path.service, path.source, path.database):
            if box is not None:
                found.setdefault(box.key, []).append(box)
    merged = [_merged(boxes) for boxes in found.values()]
    return tuple(sorted(merged, key=lambda box: (box.column, box.title, box.key)))


def _merged(boxes: list[Box]) -> Box:
    """Return one box of many: a node whose addresses differ from database to database names them all."""
    first = boxes[0]
    subtitles = sorted({box.subtitle for box in boxes if box.subtitle})
    return Box(
        first.key,
        first.column,
        first.title,
        wording.listed(subtitles, 2),
        _union(box.environments for box in boxes),
        _union(box.databases for box in boxes),
    )


def _arrows(paths: Sequence[_Path]) -> tuple[Arrow, ...]:
    """A source that is let in by one entry and was by another has an arrow for each; a service has one to its node."""
    to_nodes: dict[tuple[str, str], list[_Path]] = {}
    to_databases: dict[tuple[str, str, int], list[_Path]] = {}
    order = list(Status)
    for path in paths:
        if path.service is not None:
            to_nodes.setdefault((path.service.key, path.source.key), []).append(path)
        to_databases.setdefault((path.source.key, path.database.key, order.index(path.entry)), []).append(path)
    arrows = [_to_node(*ends, group) for ends, group in to_nodes.items()]
    arrows += [
        _arrow(start, end, order[number], order[number].value, [path.source for path in group], group)
        for (start, end, number), group in to_databases.items()
    ]
    return tuple(sorted(arrows, key=lambda arrow: (arrow.start, arrow.end, order.index(arrow.status))))


def _to_node(start: str, end: str, paths: Sequence[_Path]) -> Arrow:
    status = _status({path.status for path in paths})
    # One that joins is let in by what is there already; beside anything new, it is as new.
    is_moving = all(path.cause is Cause.ENVIRONMENT for path in paths)
    words = _MOVES.get(status, status.value) if is_moving else status.value
    return _arrow(start, end, status, words, [path.service for path in paths if path.service is not None], paths)


def _arrow(start: str, end: str, status: Status, words: str, starts: Iterable[Box], paths: Sequence[_Path]) -> Arrow:
    return Arrow(
        start,
        end,
        status,
        words,
        _union((*box.environments, *path.database.environments) for box, path in zip(starts, paths, strict=True)),
        _union(path.database.databases for path in paths),
    )


def _status(of_paths: set[Status]) -> Status:
    """Return what becomes of a service's arrow that several ways share: it stays as long as one of them does."""
    if len(of_paths) == 1:
        return next(iter(of_paths))
    if Status.SAME in of_paths or {Status.ADDED, Status.REMOVED} <= of_paths:
        return Status.SAME
    return Status.ADDED if Status.ADDED in of_paths else Status.UNKNOWN


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for group in groups for name in group}))
