"""Who can reach which database: what all shapes of allowlists are brought to before anything is compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_review.ranges import AddressSet


class Side(Enum):
    """Before or after the plan is applied."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Database:
    """What an entry opens.

    Args:
        id: the same for every entry that opens the same thing, whichever resource writes it: the list's identity at its
            vendor (`aws_security_group sg-1`), or the database's if the plan tells which it is.
        name: for people: the database's name in our descriptions, else what the plan calls it.
        vendor: the key of the vendor's row; empty for one that is not in the table.
        environment: the dFlow Environment it belongs to; empty if unknown.
    """

    id: str
    name: str
    vendor: str = ""
    environment: str = ""


@dataclass(frozen=True)
class Tenant:
    """An Environment on a Worker Node, with what of it runs there, on one side.

    Args:
        id: tells it from all other Environments; the same on both sides and in every plan, whatever it is called.
        environment: its name; the address of its resource where the plan does not know the name.
        node: the Worker Node's name; empty if no plan tells which it is.
        services: its App and Docker services, as far as the plans tell.
        resource: the address of the resource that makes it or looks it up.
    """

    id: str
    environment: str
    node: str
    services: frozenset[str] = frozenset()
    resource: str = ""


@dataclass(frozen=True)
class Source:
    """Who is let in, on one side.

    Args:
        addresses: which addresses; nothing as long as the plan does not know.
        node: the Worker Node's name, from the entry's key or our description; empty if unknown.
        spelling: as the plan writes it: `203.0.113.7/32`, `sg-123`; for an unknown address a text such as
            `1 address of fra-3, known after apply`.
        tenants: the Environments whose outgoing connections come from there, sorted by name: those on the node, and
            those on any other node whose address is among the addresses.
    """

    addresses: AddressSet | None
    node: str = ""
    spelling: str = ""
    tenants: tuple[Tenant, ...] = ()

    @property
    def services(self) -> frozenset[str]:
        """The dFlow services that run there, as far as the plan tells."""
        return frozenset(service for tenant in self.tenants for service in tenant.services)

    @property
    def environments(self) -> frozenset[str]:
        """The names of the Environments."""
        return frozenset(tenant.environment for tenant in self.tenants)


@dataclass(frozen=True)
class Opening:
    """One entry of an allowlist.

    Args:
        source: who is let in.
        database: to what.
        port: on which port; nothing for every port the database has.
        resource: the address of the resource that says so.
        owner: the owner mark, of ours or read from a description; empty on foreign entries.
        note: the entry's description.
        expires_at: when it ends, as RFC 3339 writes it; empty if never.
        is_foreign: it is on the list and no resource of the plan owns it.
    """

    source: Source
    database: Database
    port: int | None
    resource: str
    owner: str = ""
    note: str = ""
    expires_at: str = ""
    is_foreign: bool = False


@dataclass(frozen=True)
class Admission:
    """An Environment, and an entry by which it gets in.

    Args:
        tenant: the Environment, on the node that the entry lets in.
        opening: the entry.
    """

    tenant: Tenant
    opening: Opening


class Movement(Enum):
    """How the reach of a database changes: by addresses, and by the Environments behind them."""

    SAME = "same"
    MOVED = "moved"
    """The same addresses by other resources or entries."""
    NARROWED = "narrowed"
    WIDENED = "widened"
    BOTH = "widened and narrowed"
    UNKNOWN = "cannot tell"
    """Addresses, or where an Environment runs, cannot be told from the plans, and nothing that is known widens."""


@dataclass(frozen=True)
class DatabaseChange:
    """What a plan does to the reachability of one database on one port.

    Args:
        database: which.
        port: which; nothing for all.
        before: the openings now.
        after: the openings afterwards.
        movement: what becomes of its reach.
        added: addresses that get in now and did not.
        removed: addresses that got in and will not.
        unknown: openings of `after` whose addresses the plan does not know.
        joined: Environments that get in afterwards and do not now, by entries that were there before. What a new entry
            lets in is not among them.
        left: Environments that get in now and will not, though the entry stays.
        undecided: Environments that get in if they run on a node that is let in, which the plans do not tell.
    """

    database: Database
    port: int | None
    before: tuple[Opening, ...]
    after: tuple[Opening, ...]
    movement: Movement
    added: AddressSet
    removed: AddressSet
    unknown: tuple[Opening, ...] = ()
    joined: tuple[Admission, ...] = ()
    left: tuple[Admission, ...] = ()
    undecided: tuple[Tenant, ...] = ()


@dataclass(frozen=True)
class Reach:
    """Everything that the reviewed plans say about reachability.

    Args:
        changes: one for each database and port, sorted by name; those that stay the same included.
        unread: addresses of resources that look like allowlists and could not be understood, with the reason.
    """

    changes: tuple[DatabaseChange, ...]
    unread: tuple[tuple[str, str], ...] = field(default_factory=tuple)
