"""How a vendor's own Terraform provider spells an allowlist entry, as data a renderer can follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from dflow_vendors.owned import Locator
    from dflow_vendors.vendor import DestroyMeans, Source


class Part(Enum):
    """A part of one entry."""

    CIDR = auto()
    """`203.0.113.7/32`."""
    IPV4_CIDR = auto()
    """The CIDR, or null for an IPv6 entry."""
    IPV6_CIDR = auto()
    """The CIDR, or null for an IPv4 entry."""
    FIRST_ADDRESS = auto()
    LAST_ADDRESS = auto()
    PREFIX_LENGTH = auto()
    """A number."""
    FAMILY = auto()
    """`v4` or `v6`."""
    EXPIRES_AT = auto()
    """When the entry ends, as RFC 3339 writes it, or null."""


class EveryCidr(Enum):
    """All entries of a list that one resource holds."""

    AS_SET = auto()
    WITH_COMMAS = auto()
    """In one text."""


class Port(Enum):
    """The database's port."""

    AS_NUMBER = auto()
    AS_TEXT = auto()


class Holds(Enum):
    """How much one resource is."""

    ONE_ENTRY = auto()
    EVERY_ENTRY = auto()
    """All entries of one owner, as a list of its own."""


class Repeats(Enum):
    """Whether one address may be an entry of several resources."""

    ALLOWED = auto()
    """The vendor tells them apart by name, or one resource holds them all."""
    REFUSED = auto()
    """The vendor refuses the second."""
    MERGED = auto()
    """The vendor takes the second for the first, whoever added that: it goes with the first resource that leaves."""


@dataclass(frozen=True)
class Given:
    """Text made of what the user gave.

    Args:
        template: with the names of fields in braces: `{project_id}`; only fields stand in braces.
    """

    template: str


@dataclass(frozen=True)
class GivenNumbers:
    """A list of numbers that the user gave as one text with commas.

    Args:
        field: the name of the field.
    """

    field: str


@dataclass(frozen=True)
class Fixed:
    """The same for every entry."""

    value: str | int | bool


@dataclass(frozen=True)
class Name:
    """A name nobody else takes: of database, node and owner, with a digest of them.

    Args:
        longest: how many characters it may have.
        allowed: matches one character that it may hold.
        separator: stands where a character is not allowed.
    """

    longest: int
    allowed: re.Pattern[str]
    separator: str = "-"


@dataclass(frozen=True)
class Text:
    """A note for people that names database, node and owner.

    Args:
        longest: how many characters it may have; where the vendor does not say, what is safe to assume.
        allowed: matches one character that it may hold.
    """

    longest: int
    allowed: re.Pattern[str]


@dataclass(frozen=True)
class Block:
    """A nested block.

    Args:
        arguments: what stands in it.
    """

    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True)
class BlockForEach:
    """A nested block for each entry.

    Args:
        arguments: what stands in each.
    """

    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class OfList:
    """An attribute of the resource that an attachment attaches.

    Args:
        attribute: its name: `id`.
    """

    attribute: str


@dataclass(frozen=True)
class JustTheCidr:
    """A list with the entry's CIDR as its one element."""


Filling = (
    Given | GivenNumbers | Fixed | Name | Text | Part | EveryCidr | Port | Block | BlockForEach | OfList | JustTheCidr
)


@dataclass(frozen=True)
class Argument:
    """One argument of a resource.

    Args:
        name: in the vendor's provider.
        filling: what it is filled with.
        required: whether the provider asks for it.
    """

    name: str
    filling: Filling
    required: bool = True


@dataclass(frozen=True)
class OfficialProvider:
    """A vendor's own Terraform provider.

    Args:
        name: its local name, which its resource types begin with.
        source: where Terraform finds it: `hashicorp/aws`.
        versions: the versions whose arguments are as the table says.
        needs: blocks it cannot do without, each of them empty.
    """

    name: str
    source: str
    versions: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A resource that puts a list in force.

    Args:
        type: Terraform's name of it: `hcloud_firewall_attachment`.
        arguments: what it is given.
    """

    type: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class OfficialResource:
    """A resource type of the vendor's own Terraform provider.

    Args:
        type: Terraform's name of it: `aws_vpc_security_group_ingress_rule`.
        provider: whose it is.
        holds: whether it is one entry or all of them.
        arguments: what it is given.
        import_id: what an entry that exists is imported by, for people.
        destroy_means: what destroying it does to the list.
        source: where this was read.
        fields: what a user has to say besides the locators of our own resource.
        repeats: whether one address may stand in several.
        kept: arguments whose change would make Terraform remove the entry and add it again; they stay as first written.
        attachments: what puts the list in force; nothing where the entries are in force by themselves.
        limits: what a user must know before, each a sentence.
    """

    type: str
    provider: OfficialProvider
    holds: Holds
    arguments: tuple[Argument, ...]
    import_id: str
    destroy_means: DestroyMeans
    source: Source
    fields: tuple[Locator, ...] = ()
    repeats: Repeats = Repeats.REFUSED
    kept: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def expires(self) -> bool:
        """Say whether the vendor ends entries by itself."""
        return any(argument.filling is Part.EXPIRES_AT for argument in self.arguments)
