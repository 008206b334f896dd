"""Render Postgres: the inbound IP rules of a database, written whole and without a lock; each has a description."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor


def open_list(place: Place) -> RenderPostgresList:
    """Build the adapter of a database's list."""
    return RenderPostgresList(place)


@dataclass(frozen=True)
class RenderPostgresList:
    """The CIDRs that may reach a Render Postgres database from outside."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Render Postgres {self.place['postgres_id']}"

    def read(self) -> Listing:
        """Read the database."""
        return Listing(tuple(_entry(raw) for raw in self._rest.get(self._path).json.get("ipAllowList") or ()))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else of the database."""
        rules = rewritten(
            listing,
            change,
            new=lambda entry: {"cidrBlock": entry.cidr, "description": entry.note},
            anew=lambda raw, rewriting: {**raw, "description": rewriting.note},
        )
        self._rest.send("PATCH", self._path, {"ipAllowList": rules})

    @property
    def _path(self) -> str:
        return f"/postgres/{quote(self.place['postgres_id'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, bearer(self.place.credential()), self.target, reset_header="ratelimit-reset")


def _entry(raw: dict[str, Any]) -> ListedEntry:
    note = raw.get("description")
    return ListedEntry(canonical(raw["cidrBlock"]), raw["cidrBlock"], raw, owners_in(note), note)
