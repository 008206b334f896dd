"""The picture of a review as boxes in three columns and arrows between them: services, Worker Nodes, databases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from dflow_review.outputs import wording
from dflow_review.outputs.connection import Status, changed, connections_of, unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dflow_review.outputs.connection import Connection
    from dflow_review.reach import DatabaseChange
    from dflow_review.review import Review

BOXES: Final = 120
"""From how many boxes on databases are left out: more is no picture any more."""


SOURCES: Final = 40
"""From how many sources of one database on they share a box for each thing that may become of them."""


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
        environments: the Environments it concerns, sorted.
        databases: the names of the databases it leads to, sorted.
    """

    start: str
    end: str
    status: Status
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
    """One connection from a service, or from a node alone, to a database."""

    service: Box | None
    source: Box
    database: Box
    status: Status


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
            yield _Path(None, source, _database(change), status)


def _paths(change: DatabaseChange, connection: Connection) -> Iterable[_Path]:
    environments, databases = connection.environments, (wording.database(change),)
    database = _database(change)
    source = Box(
        f"source {connection.who}",
        Column.NODES,
        connection.who,
        wording.ELSEWHERE if connection.is_foreign else connection.spelling * (connection.spelling != connection.who),
        environments,
        databases,
    )
    services = connection.services or (("",) if environments else ())
    for name in services:
        where = wording.listed(environments, 2)
        title, subtitle = (name, where) if name else (where, "Environment")
        service = Box(f"service {title} {subtitle}", Column.SERVICES, title, subtitle, environments, databases)
        yield _Path(service, source, database, connection.status)
    if not services:
        yield _Path(None, source, database, connection.status)


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
        to_databases.setdefault((path.source.key, path.database.key, order.index(path.status)), []).append(path)
    arrows = [_arrow(*ends, _status({path.status for path in group}), group) for ends, group in to_nodes.items()]
    arrows += [_arrow(start, end, order[number], group) for (start, end, number), group in to_databases.items()]
    return tuple(sorted(arrows, key=lambda arrow: (arrow.start, arrow.end, order.index(arrow.status))))


def _arrow(start: str, end: str, status: Status, paths: Sequence[_Path]) -> Arrow:
    return Arrow(
        start,
        end,
        status,
        _union((*path.source.environments, *path.database.environments) for path in paths),
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
