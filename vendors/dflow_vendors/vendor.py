"""What can be said of a vendor's allowlist, as types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from dflow_vendors.authority import AuthorityOrigin

if TYPE_CHECKING:
    import datetime as dt
    import re

    from dflow_vendors.authority import PublishedAuthority
    from dflow_vendors.official import OfficialResource
    from dflow_vendors.owned import OwnedEntries


class Shape(Enum):
    """What the vendor's own Terraform provider offers."""

    PER_ENTRY = "PE"
    """One resource is one entry: owners can live side by side."""
    NAMED_LIST = "SET"
    """A list of its own for each owner, attached to the database."""
    WHOLE_LIST = "AUTH"
    """One resource writes the whole list: the last writer wins."""
    INLINE = "INL"
    """An attribute of the database itself: who writes it has to own the database."""
    NOTHING = "NONE"
    """The vendor has allowlists, its Terraform provider has no resource for them."""


class CallPattern(Enum):
    """How the vendor's API changes a list, the safest way it has."""

    PER_ENTRY = auto()
    """One call adds, or removes, exactly the entries it names: no update can be lost."""
    DELTA = auto()
    """One call says what to add to a list and what to take off it: no update can be lost."""
    LOCKED_LIST = auto()
    """The whole list is written, and refused if its version is no longer the one that was read."""
    UNLOCKED_LIST = auto()
    """The whole list is written, whatever others wrote since it was read."""
    NAMED_LIST = auto()
    """A list of our own is written, and attached once."""


class Family(Enum):
    """A version of the Internet Protocol."""

    IPV4 = "IPv4"
    IPV6 = "IPv6"


class EntryForm(Enum):
    """How an entry is spelled."""

    CIDR = auto()
    """With a prefix length, always: `203.0.113.7/32`."""
    ADDRESS_OR_CIDR = auto()
    """A single address may stand without one."""
    ADDRESS_AND_MASK = auto()
    """Address and prefix length in fields of their own."""
    FIRST_AND_LAST = auto()
    """The first and the last address of a range."""


class OwnerMark(Enum):
    """Where an entry can say whose it is."""

    TAG = auto()
    """In tags: several owners of one entry can be told apart."""
    NOTE = auto()
    """In the entry's note, which holds all owners and is rewritten when one joins or leaves."""
    OWN_ENTRY = auto()
    """In the entry's name or id: each owner has an entry of its own, and one address may be listed several times."""
    NOWHERE = auto()
    """Only the state of who added it knows."""


class EmptyMeans(Enum):
    """Who gets in when the list is empty."""

    OPEN = auto()
    """Everybody: the first entry locks all others out, and removing the last one opens the database."""
    CLOSED = auto()
    """Nobody."""
    UNKNOWN = auto()
    """The vendor does not say: handle with the care of OPEN."""


class DestroyMeans(Enum):
    """What destroying the vendor's own Terraform resource does to the list."""

    ENTRY_GONE = auto()
    """Its entry goes, the others stay."""
    LIST_EMPTIED = auto()
    """All entries go, foreign ones too."""
    NOTHING = auto()
    """The list stays as it is."""


class Scope(Enum):
    """What an entry opens."""

    DATABASE = "database"
    PROJECT = "project"
    ACCOUNT = "account"
    CREDENTIAL = "credential"
    SECURITY_GROUP = "security group"
    WORKSPACE_GROUP = "workspace group"


class Concurrency(Enum):
    """Whether the vendor takes several changes of one list at a time."""

    PARALLEL = auto()
    SERIAL = auto()


class NoteChange(Enum):
    """Whether the note of an entry that is there can be changed."""

    IN_PLACE = auto()
    NEVER = auto()
    """Only by removing the entry and adding it again, which is not done: it would shut the door for a moment."""


class Overlap(Enum):
    """Whether an entry may lie within another one."""

    ALLOWED = auto()
    REFUSED = auto()
    """An address that an entry of somebody else's covers cannot be added, and need not be."""


class TlsUse(Enum):
    """Whether the vendor's databases are reached through TLS."""

    ALWAYS = "always"
    BY_DEFAULT = "by default, can be turned off"
    ON_REQUEST = "if turned on"
    UNKNOWN = "not said"


class QuotaPool(Enum):
    """What a quota counts together."""

    ALL_ENTRIES = auto()
    EACH_FAMILY = auto()
    """IPv4 and IPv6 have the full number each."""


@dataclass(frozen=True)
class Source:
    """Where a fact was read, and when."""

    fact: str
    where: str
    read_on: dt.date


@dataclass(frozen=True)
class Note:
    """The free text an entry can carry.

    Args:
        field: the vendor's name for it.
        longest: how many characters it holds; where the vendor does not say, what is safe to assume.
        allowed: matches one character that it may hold.
        change: whether it can be changed.
    """

    field: str
    longest: int
    allowed: re.Pattern[str]
    change: NoteChange = NoteChange.IN_PLACE


@dataclass(frozen=True)
class TlsFacts:
    """How a client connects safely.

    Args:
        use: whether TLS is used.
        authority: who vouches for the databases, for people: `the system's trust store`.
        source: where this was read.
        authority_from: where the authority's certificate comes from.
        authority_source: where the call that returns it was read, for `AuthorityOrigin.API`.
        published: the authorities whose certificates everybody can download, the first that vouches for a host name
            counts; for `AuthorityOrigin.PUBLISHED`.
    """

    use: TlsUse
    authority: str
    source: Source
    authority_from: AuthorityOrigin = AuthorityOrigin.UNDOCUMENTED
    authority_source: Source | None = None
    published: tuple[PublishedAuthority, ...] = ()

    def published_for(self, host: str) -> PublishedAuthority | None:
        """Return the published authority that vouches for a database of that host name, if there is one."""
        return next((each for each in self.published if each.vouches_for(host)), None)


@dataclass(frozen=True)
class Quota:
    """How many entries a list holds.

    Args:
        number: the vendor's default.
        pool: what is counted together.
        counts: what is counted, in the vendor's words: `inbound rules of a security group`.
        remedy: how to get more, as a request to a person.
        source: where the number was read.
    """

    number: int
    pool: QuotaPool
    counts: str
    remedy: str
    source: Source


@dataclass(frozen=True)
class Vendor:
    """One vendor's allowlist.

    Args:
        key: in names of ours: `neon` of `dflow_neon_allowlist`.
        name: what people call the list: `AWS security group`.
        shape: what the vendor's own Terraform provider offers.
        pattern: how its API changes the list.
        families: which addresses it takes.
        form: how an entry is spelled.
        note: the text an entry can carry; nothing where there is none.
        owner_mark: where an entry can say whose it is.
        empty_means: who gets in when the list is empty.
        destroy_means: what the vendor's own resource does when it is destroyed.
        quota: how many entries fit; nothing where the vendor does not say, and then nobody checks.
        scope: what an entry opens.
        concurrency: whether several changes of one list may run at a time.
        sources: where all of this was read.
        overlap: whether an entry may lie within another one.
        tls: how clients connect safely; nothing where nobody read it yet.
        owned: what our own resource needs; nothing where there is none.
        official: the entries' resource types of the vendor's own Terraform provider, the preferred one first.
    """

    key: str
    name: str
    shape: Shape
    pattern: CallPattern
    families: frozenset[Family]
    form: EntryForm
    note: Note | None
    owner_mark: OwnerMark
    empty_means: EmptyMeans
    destroy_means: DestroyMeans
    quota: Quota | None
    scope: Scope
    concurrency: Concurrency
    sources: tuple[Source, ...]
    overlap: Overlap = Overlap.ALLOWED
    tls: TlsFacts | None = None
    owned: OwnedEntries | None = None
    official: tuple[OfficialResource, ...] = ()
