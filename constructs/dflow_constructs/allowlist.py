"""Where the firewall entries of an external database are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs


@dataclass(frozen=True)
class AdmittedAddress:
    """One address that is let in.

    Args:
        cidr: the address as a CIDR, or a token for one.
        expires_at: when it stops being let in, as RFC 3339 writes it; nothing where it never does.
        optional: it may be left out where its family is not taken.
    """

    cidr: str
    expires_at: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class ListFacts:
    """Which list it is, for people who look for it.

    Args:
        name: what kind of list: `Neon IP Allow`.
        vendor: the vendor's key, `neon`; nothing where it is nobody's in particular.
        fields: which one of the kind, by the names that programs use: `{"project_id": "quiet-river-12345678"}`.
        instructions: what a person has to do; nothing where Terraform does it.
    """

    name: str
    vendor: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    instructions: str | None = None


@dataclass(frozen=True)
class Access:
    """What is opened, and on whose behalf.

    Args:
        where: the database, for errors.
        owner: the mark by which the entries are known as this stack's; it never changes.
        database: the name that descriptions show.
        port: the port that is opened.
    """

    where: constructs.Construct
    owner: str
    database: str
    port: int


class AllowlistEntries(Protocol):
    """The entries of one stack on one allowlist."""

    @property
    def address(self) -> str | None:
        """The address of what must exist before a connection can succeed; nothing if Terraform makes nothing."""

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold exactly these entries, by the name of the node or address.

        Raises:
            ConfigurationError: the list cannot hold them; nothing was changed.
        """

    def add(self, name: str, address: AdmittedAddress, count: int) -> bool:
        """Hold one more declared address beside the others, if that needs no look at them; say whether it is held.

        Args:
            name: of the address; no other entry has it.
            address: the address; no token.
            count: how many there are with it.
        """


class Allowlist(Protocol):
    """A list of addresses that may reach a database."""

    @property
    def facts(self) -> ListFacts:
        """Which list it is."""

    def takes(self, address: AdmittedAddress) -> bool:
        """Say whether an address stands on the list; others are refused when they are added, unless optional."""

    def admitted(self, access: Access, addresses: Mapping[str, AdmittedAddress]) -> Mapping[str, AdmittedAddress]:
        """Return what stands on the list when these are let in, by the name of the node or address.

        Args:
            access: what is opened, and on whose behalf.
            addresses: what is to be let in, by the name of the node or address.

        Raises:
            ConfigurationError: the list cannot hold it.
        """

    def check(self, where: constructs.Construct) -> None:
        """Refuse what cannot be the allowlist of a database.

        Raises:
            ConfigurationError: something about it cannot be.
        """

    def entries(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        access: Access,
    ) -> AllowlistEntries:
        """Make what holds a stack's entries.

        Args:
            scope: the construct to build it in.
            id: its id there.
            access: what is opened, and on whose behalf.
        """
