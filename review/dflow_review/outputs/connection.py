"""Who is connected with which database, and what becomes of that: what all outputs show, in one form."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_review.reach import Database, DatabaseChange, Opening, Reach

_EVERYBODY: Final = AddressSet.everybody()
_WHOLE: Final = {
    "everybody": _EVERYBODY,
    "everybody on IPv4": AddressSet.of(["0.0.0.0/0"]),
    "everybody on IPv6": AddressSet.of(["::/0"]),
}


class Status(Enum):
    """What becomes of a connection."""

    ADDED = "added"
    UNKNOWN = "cannot tell"
    REMOVED = "removed"
    SAME = "unchanged"


@dataclass(frozen=True)
class Connection:
    """One source of connections, and one database that it reaches now or afterwards.

    Args:
        database: what is reached.
        port: on which port; nothing for all.
        status: what becomes of it.
        node: the Worker Node's name; empty if unknown.
        spelling: the addresses as the plan writes them.
        services: what runs there, sorted.
        environments: whose outgoing connections come from there, sorted.
        resource: the address of the resource that says so; empty where the list being empty does.
        is_foreign: it is on the list and no resource of the plan owns it.
        expires_at: when it ends; empty if never.
        everybody: `everybody`, `everybody on IPv4` or `everybody on IPv6` if that is who is let in, else empty.
    """

    database: Database
    port: int | None
    status: Status
    node: str
    spelling: str
    services: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    resource: str = ""
    is_foreign: bool = False
    expires_at: str = ""
    everybody: str = ""

    @property
    def who(self) -> str:
        """What the source is called: by the node's name if there is one."""
        return self.node or self.everybody or self.spelling


def connections_of(change: DatabaseChange) -> tuple[Connection, ...]:
    """Return the connections of one database, added ones first, then by name.

    What goes by the addresses, not by the entries: one that four entries let in before and a single wider one
    afterwards was not added. Only entries that say something about now or afterwards are there: of those whose
    addresses another entry takes over, that other one.
    """
    found = {
        *_of_side(change, change.after, change.added, Status.ADDED),
        *_of_side(change, change.before, change.removed, Status.REMOVED),
        *_of_an_empty_list(change, change.after, change.added, Status.ADDED),
        *_of_an_empty_list(change, change.before, change.removed, Status.REMOVED),
    }
    order = list(Status)
    return tuple(sorted(found, key=lambda each: (order.index(each.status), each.who, each.spelling, each.resource)))


def changing(change: DatabaseChange) -> tuple[Connection, ...]:
    """Return the connections that change or cannot be told; what several resources say alike, once."""
    found: dict[tuple[Status, str, str], Connection] = {}
    for connection in connections_of(change):
        if connection.status is not Status.SAME:
            found.setdefault((connection.status, connection.who, connection.spelling), connection)
    return tuple(found.values())


def changed(reach: Reach) -> tuple[DatabaseChange, ...]:
    """Return the databases whose reachability changes or cannot be told: the widened ones first, then by name."""
    order = [Movement.WIDENED, Movement.BOTH, Movement.UNKNOWN, Movement.NARROWED]
    found = [change for change in reach.changes if change.movement in order]
    return tuple(sorted(found, key=lambda change: (order.index(change.movement), *_identity(change))))


def unchanged(reach: Reach) -> tuple[DatabaseChange, ...]:
    """Return the other databases, by name."""
    still = [change for change in reach.changes if change.movement in {Movement.SAME, Movement.MOVED}]
    return tuple(sorted(still, key=_identity))


def everybody_in(addresses: AddressSet) -> str:
    """Return what to call addresses that leave nobody out, at least of one family; empty for all others."""
    if addresses.size < 2**32:
        return ""  # nearly every entry, and cheaper than to look
    return next((words for words, whole in _WHOLE.items() if not whole - addresses), "")


def _identity(change: DatabaseChange) -> tuple[str, str, int]:
    return change.database.name, change.database.id, -1 if change.port is None else change.port


def _of_side(
    change: DatabaseChange, openings: tuple[Opening, ...], moving: AddressSet, moved: Status
) -> Iterable[Connection]:
    other = change.before if moved is Status.ADDED else change.after
    others = {_called(each) for each in other if not each.source.addresses}
    for opening in openings:
        addresses = opening.source.addresses
        if not addresses:
            unknown = Status.UNKNOWN if addresses is None and moved is Status.ADDED else moved
            status = Status.SAME if _called(opening) in others else unknown
        else:
            status = moved if _meet(addresses, moving) else Status.SAME
        if status is Status.SAME and moved is Status.REMOVED:
            continue  # the entry that lets the same addresses in afterwards stands for it
        yield Connection(
            change.database,
            change.port,
            status,
            opening.source.node,
            opening.source.spelling,
            tuple(sorted(opening.source.services)),
            tuple(sorted(opening.source.environments)),
            opening.resource,
            opening.is_foreign,
            opening.expires_at,
            "" if addresses is None else everybody_in(addresses),
        )


def _called(opening: Opening) -> tuple[bool, str, str]:
    """Return what tells apart who gets in by no known address: unknown ones by node, members of a group by name."""
    source = opening.source
    return source.addresses is None, source.node if source.addresses is None else "", source.spelling


def _of_an_empty_list(
    change: DatabaseChange, openings: tuple[Opening, ...], moving: AddressSet, status: Status
) -> Iterable[Connection]:
    """Return those that no entry lets in: where an empty list keeps nobody out."""
    rest = moving - _known(openings)
    if rest:
        words = everybody_in(space_after(change) if status is Status.ADDED else space_before(change))
        cidrs = rest.cidrs()
        spelling = ", ".join(cidrs[:4]) + (f" and {len(cidrs) - 4} more" if len(cidrs) > 4 else "")
        yield Connection(change.database, change.port, status, "", words or spelling, everybody=words)


def _meet(few: AddressSet, many: AddressSet) -> bool:
    """Say whether two sets share an address; costs the spans of the first, so that a long list is not quadratic."""
    for version, first, last in few.spans:
        after = bisect_right(many.spans, (version, last, _EVERYBODY.spans[-1][2]))
        if after and many.spans[after - 1][0] == version and many.spans[after - 1][2] >= first:
            return True
    return False


def space_before(change: DatabaseChange) -> AddressSet:
    """Return every known address that gets in now, also where no entry says so."""
    return (_known(change.after) - change.added) | change.removed | _known(change.before)


def space_after(change: DatabaseChange) -> AddressSet:
    """Return every known address that gets in afterwards, also where no entry says so."""
    return (_known(change.before) - change.removed) | change.added | _known(change.after)


def _known(openings: tuple[Opening, ...]) -> AddressSet:
    known = [opening.source.addresses for opening in openings if opening.source.addresses]
    while len(known) > 1:  # in pairs: one after the other would make a long list quadratic
        known = [left | right for left, right in zip_longest(known[::2], known[1::2], fillvalue=NOBODY)]
    return known[0] if known else NOBODY
