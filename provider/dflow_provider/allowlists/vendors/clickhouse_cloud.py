"""ClickHouse Cloud: a service's IP access list, changed by one call that says what to add and what to remove."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, Listing, TryLaterError
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest, basic

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused
    from dflow_provider.schema import ProviderError
    from dflow_vendors import Vendor

_RESET: Final = "x-ratelimit-reset"


def open_list(place: Place) -> ClickHouseList:
    """Build the adapter of a service's list."""
    return ClickHouseList(place)


@dataclass(frozen=True)
class ClickHouseList:
    """The addresses that may reach a ClickHouse service."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"ClickHouse service {self.place['service_id']}"

    def read(self) -> Listing:
        """Read the service."""
        service = self._rest.get(self._path).json["result"]
        return Listing(tuple(_listed(raw) for raw in service.get("ipAccessList") or ()))

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (a delta needs no list)
        """Send one delta. What is removed is named as it was read: a description rewritten meanwhile protects it."""
        # ClickHouse removes before it adds, so an entry under both stays with its new description.
        add = [{"source": entry.cidr, "description": entry.note} for entry in change.add]
        add += [{**_raw(each.listed), "description": each.note} for each in change.rewrite]
        remove = [_raw(entry) for entry in (*change.remove, *(each.listed for each in change.rewrite))]
        delta = {name: entries for name, entries in (("add", add), ("remove", remove)) if entries}
        self._rest.send("PATCH", self._path, {"ipAccessList": delta})

    def _understand(self, refused: Refused) -> ProviderError | None:
        reset = refused.headers.get(_RESET, "")
        if refused.status != 429 or not reset.isdecimal():
            return None
        return TryLaterError(
            "Vendor is busy",
            f"{self.target}: {refused.request} was answered with 429: {refused.story}. ClickHouse Cloud takes 10 "
            f"requests in 10 seconds for each key.",
            float(reset) + 1.0,  # the window ends within the second it names
        )

    @property
    def _path(self) -> str:
        organization, service = (quote(self.place[name], safe="") for name in ("organization_id", "service_id"))
        return f"/organizations/{organization}/services/{service}"

    @cached_property
    def _rest(self) -> Rest:
        key, secret = self.place.credential(0), self.place.credential(1)
        return Rest(self.place, basic(key, secret), self.target, understand=self._understand)


def _listed(raw: dict[str, Any]) -> ListedEntry:
    source, description = raw["source"], raw.get("description")
    return ListedEntry(canonical(source), source, raw, owners_in(description), description)


def _raw(entry: ListedEntry) -> dict[str, Any]:
    if not isinstance(entry.handle, dict):
        raise TypeError("an entry of ClickHouse has its JSON as handle")
    return entry.handle
