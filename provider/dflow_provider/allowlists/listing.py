"""What the engine and an adapter tell each other: what is on a list, and what should change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_vendors import Family, Vendor


@dataclass(frozen=True)
class ListedEntry:
    """One entry as the vendor holds it.

    Args:
        cidr: in the spelling used for comparing; nothing for an entry that is no address (a dash range, a group).
        spelling: as the vendor writes it, for people.
        handle: what the adapter needs to write it back byte for byte or to remove it: raw JSON, an id. The engine
            never looks inside.
        owners: the owner marks on it; none on a foreign entry, and none at vendors without marks.
        note: the vendor's note field.
        expires_at: when it ends by itself, as the vendor writes it; nothing if it does not.
    """

    cidr: str | None
    spelling: str
    handle: object
    owners: frozenset[str] = frozenset()
    note: str | None = None
    expires_at: str | None = None


@dataclass(frozen=True)
class Listing:
    """A list at one moment.

    Args:
        entries: in the vendor's order, foreign ones included.
        version: what the vendor wants back with a locked write; nothing where it has no lock.
        beside: what else reaches the database by means that none of our entries could equal.
        occupied: how much of the quota is used, by family.
        capacity: how many entries this very list holds, where the vendor says so; the quota of its row otherwise.
        families: which addresses this very list takes, where that is fewer than the vendor takes; nothing otherwise.
        unwritable: why nothing can be added or removed as long as the list is as it is, and what to do, as sentences;
            nothing if it can.
        open_because: why everybody gets in whatever the entries say, as a clause after "because"; nothing if they
            count.
        shut_because: why nobody gets in by any of the entries, as a clause after "because"; nothing if they count.
    """

    entries: tuple[ListedEntry, ...]
    version: object = None
    beside: tuple[str, ...] = ()
    occupied: Mapping[Family, int] = field(default_factory=dict)
    capacity: int | None = None
    families: frozenset[Family] | None = None
    unwritable: str | None = None
    open_because: str | None = None
    shut_because: str | None = None


@dataclass(frozen=True)
class Pairing:
    """A wanted entry that is on the list already."""

    wanted: WantedEntry
    listed: ListedEntry


@dataclass(frozen=True)
class Rewriting:
    """An entry that stays and gets another note or another end.

    Args:
        listed: the entry.
        note: what its note is to say, owner marks included.
        expires_at: when it is to end; nothing if never.
    """

    listed: ListedEntry
    note: str
    expires_at: str | None = None


@dataclass(frozen=True)
class Change:
    """What to do to a list.

    At vendors with tags an owner joins, describes and leaves; at those with the mark in the note, all three are a note
    written anew; where entries carry no mark there are only additions, removals and, with an expiry, rewritings.

    Args:
        add: entries nobody has added yet.
        join: entries of other owners that get our mark as well.
        describe: entries of ours whose note is not the one wanted.
        leave: entries that lose our mark and stay for their other owners.
        rewrite: entries that get another note or end.
        remove: entries of ours that go.
    """

    add: tuple[WantedEntry, ...] = ()
    join: tuple[Pairing, ...] = ()
    describe: tuple[Pairing, ...] = ()
    leave: tuple[ListedEntry, ...] = ()
    rewrite: tuple[Rewriting, ...] = ()
    remove: tuple[ListedEntry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the list is as it should be."""
        return not (self.add or self.join or self.describe or self.leave or self.rewrite or self.remove)

    def __str__(self) -> str:
        parts = (
            ("to add", [entry.cidr for entry in self.add]),
            ("to mark", [pair.wanted.cidr for pair in self.join]),
            ("to describe", [pair.wanted.cidr for pair in self.describe]),
            ("to unmark", [entry.spelling for entry in self.leave]),
            ("to rewrite", [rewriting.listed.spelling for rewriting in self.rewrite]),
            ("to remove", [entry.spelling for entry in self.remove]),
        )
        return "; ".join(f"{name}: {', '.join(cidrs)}" for name, cidrs in parts if cidrs) or "nothing to do"


class Adapter(Protocol):
    """One list at one vendor. The vendor's row says which call pattern `apply` follows."""

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""

    @property
    def target(self) -> str:
        """Which list this is, for people: `security group sg-… in eu-central-1`."""

    def read(self) -> Listing:
        """Read the whole list.

        Raises:
            ListGoneError: there is no such list.
            TryLaterError: the vendor is busy.
            ProviderError: anything a person has to act on.
        """

    def apply(self, change: Change, listing: Listing) -> None:
        """Carry out a change of `listing`, in as few calls as the vendor allows, additions before removals.

        A vendor whose whole list is written gets the kept entries' handles unchanged, and `listing.version` where it
        has a lock.

        Raises:
            ListMovedError: the list is no longer the one that was read.
            TryLaterError: the vendor is busy, or nobody knows whether the write arrived.
            ProviderError: anything a person has to act on.
        """


class ListGoneError(ProviderError):
    """There is no such list (any more)."""


class ListMovedError(ProviderError):
    """Somebody changed the list after it was read."""


class TryLaterError(ProviderError):
    """The vendor cannot do it now.

    Args:
        title: as for any error, for when trying has to end.
        detail: the same.
        after_s: how long the vendor asked to wait, in seconds.
    """

    def __init__(self, title: str, detail: str, after_s: float = 0.0) -> None:
        super().__init__(title, detail)
        self.after_s = after_s
