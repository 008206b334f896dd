"""Vultr Managed Databases: the trusted sources of a database, written whole and without a lock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import certificate_at
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor


def open_list(place: Place) -> VultrList:
    """Build the adapter of a database's list."""
    return VultrList(place)


@dataclass(frozen=True)
class VultrList:
    """The addresses that may reach a Vultr Managed Database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Vultr database {self.place['database_id']}"

    def read(self) -> Listing:
        """Read the database; a list that was never set is missing, null or empty."""
        listed = self._rest.get(self._path).json["database"].get("trusted_ips") or ()
        return Listing(tuple(ListedEntry(canonical(text), text, text) for text in listed))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else of the database, an empty one too."""
        addresses = rewritten(listing, change, new=lambda entry: entry.cidr.removesuffix("/32"))
        self._rest.send("PUT", self._path, {"trusted_ips": addresses})

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the database."""
        return certificate_at(self._rest.get(self._path), "database", "ca_certificate")

    @property
    def _path(self) -> str:
        return f"/databases/{quote(self.place['database_id'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, bearer(self.place.credential()), self.target)
