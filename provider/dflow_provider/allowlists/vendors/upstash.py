"""Upstash Redis: the IP allowlist of a database, written whole and without a lock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.rest import Rest, basic
from dflow_provider.allowlists.whole_list import rewritten

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor


def open_list(place: Place) -> UpstashList:
    """Build the adapter of a database's list."""
    return UpstashList(place)


@dataclass(frozen=True)
class UpstashList:
    """The addresses that may reach an Upstash Redis database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Upstash database {self.place['database_id']}"

    def read(self) -> Listing:
        """Read the database; a list that was never set is missing or null."""
        database = self._rest.get(f"/v2/redis/database/{self._id}").json
        listed = database.get("allowed_ip_ranges") or ()
        return Listing(tuple(ListedEntry(canonical(text), text, text) for text in listed))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list; Upstash reads it under another name."""
        addresses = rewritten(listing, change, new=lambda entry: entry.cidr)
        self._rest.send("POST", f"/v2/redis/update-allowlist/{self._id}", {"allowed_ips": addresses})

    @property
    def _id(self) -> str:
        return quote(self.place["database_id"], safe="")

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, basic(self.place.credential(0), self.place.credential(1)), self.target)
