"""DataStax Astra DB: the access list of a database. Entries are added together and removed one by one.

A removal without an address would remove the whole list, and one of several addresses removes only the first: each call
names exactly one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, ListMovedError
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused
    from dflow_vendors import Vendor


def open_list(place: Place) -> AstraList:
    """Build the adapter of a database's list."""
    return AstraList(place)


@dataclass(frozen=True)
class AstraList:
    """The addresses that may reach an Astra database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Astra database {self.place['database_id']}"

    def read(self) -> Listing:
        """Read the list; an entry that is switched off lets in nobody and so stands for no address."""
        content = self._rest.get(self._path).json
        is_enforced = (content.get("configurations") or {}).get("accessListEnabled") is True
        return Listing(
            tuple(_listed(raw) for raw in content.get("addresses") or ()),
            open_because=None if is_enforced else "the access list is switched off (accessListEnabled)",
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Add in one call, then remove; entries of ours that are switched off go first and are added anew."""
        self._refuse_switched_off(change, listing)
        for entry in change.remove:
            if entry.cidr is None:
                self._remove(entry)
        if change.add:
            added = [{"address": each.cidr, "enabled": True, "description": each.note} for each in change.add]
            self._rest.send("POST", self._path, added)
        for entry in change.remove:
            if entry.cidr is not None:
                self._remove(entry)

    def _remove(self, entry: ListedEntry) -> None:
        address = entry.handle
        if not isinstance(address, str) or not address:
            raise TypeError("a removal from an Astra list without an address would remove the whole list")
        try:
            self._rest.send("DELETE", f"{self._path}?{urlencode({'addresses': address})}")
        except ListGoneError:
            return  # it is gone already; if the database is, the next look says so

    def _refuse_switched_off(self, change: Change, listing: Listing) -> None:
        going = {id(entry) for entry in change.remove}
        off = {
            canonical(str(entry.handle)): entry
            for entry in listing.entries
            if entry.cidr is None and id(entry) not in going
        }
        for wanted in change.add:
            if wanted.cidr in off:
                raise ProviderError(
                    "Entry is switched off",
                    f"{self.target} lists {off[wanted.cidr].spelling}, by an entry that this allowlist does not own. "
                    f"It is not touched: switch it on, or remove it, in the Astra portal, then apply again.",
                )

    def _understand(self, refused: Refused) -> ProviderError | None:
        if refused.status == 400 and "exist" in refused.story:
            return ListMovedError("Allowlist changed meanwhile", f"{self.target}: {refused.story}.")
        return None

    @property
    def _path(self) -> str:
        return f"/v2/databases/{quote(self.place['database_id'], safe='')}/access-list"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, bearer(self.place.credential()), self.target, understand=self._understand)


def _listed(raw: dict[str, Any]) -> ListedEntry:
    address, note = raw["address"], raw.get("description")
    if raw.get("enabled") is False:
        return ListedEntry(None, f"{address} (switched off)", address, owners_in(note), note)
    return ListedEntry(canonical(address), address, address, owners_in(note), note)
