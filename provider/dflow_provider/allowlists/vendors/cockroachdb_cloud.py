"""CockroachDB Cloud: the IP allowlist of a cluster, one call for each entry.

An entry lets in to SQL, to the DB Console, or to both. One that is for the console alone opens no database, and there
can be no second one for its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Request
    from dflow_vendors import Vendor

_VERSION: Final = {"Cc-Version": "2024-09-16"}
_PER_PAGE: Final = 100
_CONSOLE_ALONE: Final = " (DB Console only)"


def open_list(place: Place) -> CockroachList:
    """Build the adapter of a cluster's list. The key is looked for when it is needed: certificates take none."""
    target = f"CockroachDB Cloud cluster {place['cluster_id']}"

    def authorize(request: Request) -> Mapping[str, str]:
        return bearer(place.credential())(request)

    return CockroachList(place, Rest(place, authorize, target, headers=_VERSION))


@dataclass(frozen=True)
class CockroachList:
    """The addresses that may reach a CockroachDB Cloud cluster."""

    place: Place
    rest: Rest

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return self.rest.target

    def read(self) -> Listing:
        """Read the list, page by page."""
        entries: list[ListedEntry] = []
        after = ""
        while True:
            page = self._page(after)
            entries += map(_entry, page["allowlist"])
            after = (page.get("pagination") or {}).get("next_page") or ""
            if not after:
                return Listing(tuple(entries))

    def apply(self, change: Change, listing: Listing) -> None:
        """Add, rename and remove entries, each with a call, and wait until the cluster has got them."""
        self._refuse_console_entries(change, listing)
        for entry in change.add:
            address, _, length = entry.cidr.partition("/")
            content = {"cidr_ip": address, "cidr_mask": int(length), "name": entry.note, "sql": True, "ui": False}
            self.rest.send("POST", self._path, content)
        for rewriting in change.rewrite:
            raw: Mapping[str, Any] = rewriting.listed.handle  # type: ignore[assignment]  # made by `_entry`
            content = {"name": rewriting.note, "sql": raw["sql"], "ui": raw["ui"]}
            self.rest.send("PATCH", self._one(rewriting.listed), content)
        for listed in change.remove:
            self._remove(listed)
        self.place.waiting.until(lambda: not self._page()["propagating"], f"{self.target}'s new allowlist")

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the cluster; everybody may, without a key."""
        everybody = Rest(self.place, lambda _: {}, self.target)
        answer = everybody.get(f"/clusters/{quote(self.place['cluster_id'], safe='')}/cert")
        return answer.body.decode("utf-8", "replace")

    def _remove(self, listed: ListedEntry) -> None:
        try:
            self.rest.send("DELETE", self._one(listed))
        except ListGoneError:
            return  # somebody else was faster

    def _refuse_console_entries(self, change: Change, listing: Listing) -> None:
        taken = {entry.spelling.removesuffix(_CONSOLE_ALONE) for entry in listing.entries if entry.cidr is None}
        wanted = sorted(taken & {entry.cidr for entry in change.add})
        if wanted:
            raise ProviderError(
                "Entry is for the console only",
                f"{self.target} lists {', '.join(wanted)} for the DB Console and not for SQL, and an address has "
                f"one entry only. Turn on SQL for it, or remove it, in the console of CockroachDB Cloud.",
            )

    def _page(self, after: str = "") -> dict[str, Any]:
        start = f"&pagination.page={quote(after, safe='')}" if after else ""
        page: dict[str, Any] = self.rest.get(f"{self._path}?pagination.limit={_PER_PAGE}{start}").json
        return page

    def _one(self, listed: ListedEntry) -> str:
        raw: Mapping[str, Any] = listed.handle  # type: ignore[assignment]  # made by `_entry`
        return f"{self._path}/{quote(raw['cidr_ip'], safe='')}/{raw['cidr_mask']}"

    @property
    def _path(self) -> str:
        return f"/api/v1/clusters/{quote(self.place['cluster_id'], safe='')}/networking/allowlist"


def _entry(raw: dict[str, Any]) -> ListedEntry:
    cidr, name = f"{raw['cidr_ip']}/{raw['cidr_mask']}", raw.get("name") or None
    if not raw["sql"]:
        return ListedEntry(None, f"{cidr}{_CONSOLE_ALONE}", raw, note=name)
    return ListedEntry(canonical(cidr), cidr, raw, owners_in(name), name)
