"""Who is connected with which database, and what becomes of that: what all outputs show, in one form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from dflow_review.ranges import NOBODY, AddressSet
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dflow_review.reach import Database, DatabaseChange, Opening, Reach, Tenant

UNTOLD_NODE: Final = "a Worker Node that these plans do not name"
UNTOLD_ADDRESS: Final = "an address that these plans do not know"
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


class Cause(Enum):
    """What a connection comes or goes with."""

    ENTRY = "entry"
    """The entry that lets it in."""
    ENVIRONMENT = "Environment"
    """An Environment that gets in by an entry which stays, or may do so."""
    INSIDE = "inside"
    """A service, or another node, of an Environment that gets in before and after."""


@dataclass(frozen=True)
class Connection:
    """One source of connections, and one database that it reaches now or afterwards.

    Args:
        database: what is reached.
        port: on which port; nothing for all.
        status: what becomes of it.
        node: the Worker Node's name; empty if unknown.
        spelling: the addresses as the plan writes them.
        tenants: the Environments whose outgoing connections come from there, with their services, sorted by name.
        resource: the address of the resource that says so; empty where the list being empty does.
        is_foreign: it is on the list and no resource of the plan owns it.
        expires_at: when it ends; empty if never.
        everybody: `everybody`, `everybody on IPv4` or `everybody on IPv6` if that is who is let in, else empty.
        cause: what it comes or goes with.
    """

    database: Database
    port: int | None
    status: Status
    node: str
    spelling: str
    tenants: tuple[Tenant, ...] = ()
    resource: str = ""
    is_foreign: bool = False
    expires_at: str = ""
    everybody: str = ""
    cause: Cause = Cause.ENTRY

    @property
    def environments(self) -> tuple[str, ...]:
        """The names of the Environments, sorted."""
        return tuple(sorted({tenant.environment for tenant in self.tenants} - {""}))

    @property
    def entry(self) -> Status:
        """What becomes of the entry: it stays where something else comes or goes."""
        return Status.SAME if self.cause is not Cause.ENTRY and self.status is not Status.UNKNOWN else self.status

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
        *map(partial(_undecided, change), change.undecided),
    }
    return tuple(sorted(found, key=_order))


def changing(change: DatabaseChange) -> tuple[Connection, ...]:
    """Return the connections that change or cannot be told; what several resources say alike, once.

    What only changes inside of an Environment that gets in before and after is left out.
    """
    found: dict[tuple[object, ...], Connection] = {}
    for connection in connections_of(change):
        if connection.status is not Status.SAME and connection.cause is not Cause.INSIDE:
            whose = connection.environments if connection.cause is Cause.ENVIRONMENT else ()
            found.setdefault((connection.status, connection.who, connection.spelling, whose), connection)
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


def _order(connection: Connection) -> tuple[object, ...]:
    """Added ones first; whatever else differs decides in the end, so that the order is the same every time."""
    return (
        list(Status).index(connection.status),
        connection.who,
        connection.spelling,
        connection.resource,
        list(Cause).index(connection.cause),
        [(tenant.environment, tenant.node, tenant.id, sorted(tenant.services)) for tenant in connection.tenants],
        connection.expires_at,
    )


def _identity(change: DatabaseChange) -> tuple[str, str, int]:
    return change.database.name, change.database.id, -1 if change.port is None else change.port


def _of_side(
    change: DatabaseChange, openings: tuple[Opening, ...], moving: AddressSet, moved: Status
) -> Iterable[Connection]:
    other = change.before if moved is Status.ADDED else change.after
    others = {_called(each) for each in other if not each.source.addresses}
    others_by_node = _services(other)
    for opening in openings:
        addresses = opening.source.addresses
        if not addresses:
            unknown = Status.UNKNOWN if addresses is None and moved is Status.ADDED else moved
            status = Status.SAME if _called(opening) in others else unknown
        else:
            status = moved if addresses.meets(moving) else Status.SAME
        connection = Connection(
            change.database,
            change.port,
            status,
            opening.source.node,
            opening.source.spelling,
            opening.source.tenants,
            opening.resource,
            opening.is_foreign,
            opening.expires_at,
            "" if addresses is None else everybody_in(addresses),
        )
        yield from _parted(connection, change, others_by_node, moved) if status is Status.SAME else (connection,)


def _parted(
    connection: Connection, change: DatabaseChange, others: Mapping[tuple[str, str], frozenset[str]], moved: Status
) -> Iterator[Connection]:
    """Yield what comes or goes behind an entry that stays, and the entry with what stays.

    Args:
        connection: the entry on one side, with whom it lets in there.
        change: the database's.
        others: the services on the other side by node and Environment.
        moved: what becomes of those that are not there.
    """
    admissions = change.joined if moved is Status.ADDED else change.left
    moving = {admission.tenant.id for admission in admissions}
    staying: list[Tenant] = []
    for tenant in connection.tenants:
        there = others.get((tenant.node, tenant.id))
        if there is None:
            cause = Cause.ENVIRONMENT if tenant.id in moving else Cause.INSIDE
            yield replace(connection, status=moved, tenants=(tenant,), cause=cause)
            continue
        alone = tenant.services - there
        if alone:
            only = (replace(tenant, services=alone),)
            yield replace(connection, status=moved, tenants=only, cause=Cause.INSIDE)
        staying.append(replace(tenant, services=tenant.services & there) if alone else tenant)
    if moved is Status.ADDED:  # it stands for the entry that lets the same addresses in now
        yield replace(connection, tenants=tuple(staying))


def _services(openings: tuple[Opening, ...]) -> dict[tuple[str, str], frozenset[str]]:
    """Return the services behind entries by node and Environment."""
    return {(each.node, each.id): each.services for opening in openings for each in opening.source.tenants}


def _undecided(change: DatabaseChange, tenant: Tenant) -> Connection:
    where = UNTOLD_ADDRESS if tenant.node else UNTOLD_NODE
    return Connection(
        change.database, change.port, Status.UNKNOWN, tenant.node, where, (tenant,), cause=Cause.ENVIRONMENT
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
