"""PlanetScale Vitess: the addresses that may use a branch's password, written whole and without a lock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing
from dflow_provider.allowlists.rest import Rest
from dflow_provider.allowlists.whole_list import rewritten

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor


def open_list(place: Place) -> PlanetScalePassword:
    """Build the adapter of a password's list."""
    return PlanetScalePassword(place)


@dataclass(frozen=True)
class PlanetScalePassword:
    """The addresses that may use a password."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        where = "/".join(self.place[name] for name in ("organization", "database_name", "branch"))
        return f"PlanetScale password {self.place['password_id']} of {where}"

    def read(self) -> Listing:
        """Read the password. Its secret is told once, when it is made, and not here."""
        password = self._rest.get(self._path).json
        if password.get("deleted_at"):
            raise ListGoneError("Allowlist does not exist", f"{self.target} was deleted at {password['deleted_at']}.")
        entries = tuple(ListedEntry(canonical(text), text, text) for text in password.get("cidrs") or ())
        return Listing(entries, shut_because="the password has expired" if password.get("expired") else None)

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else of the password."""
        self._rest.send("PATCH", self._path, {"cidrs": rewritten(listing, change, new=lambda entry: entry.cidr)})

    @property
    def _path(self) -> str:
        names = ("organization", "database_name", "branch", "password_id")
        organization, database, branch, password = (quote(self.place[name], safe="") for name in names)
        return f"/organizations/{organization}/databases/{database}/branches/{branch}/passwords/{password}"

    @cached_property
    def _rest(self) -> Rest:
        token = f"{self.place.credential(0)}:{self.place.credential(1)}"
        return Rest(self.place, lambda _: {"Authorization": token}, self.target)
