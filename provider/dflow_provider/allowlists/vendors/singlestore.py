"""SingleStore Helios: the firewall ranges of a workspace group, written whole and without a lock.

A group that allows all traffic shows no list. What is written shows after a while.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_NO_LIST: Final = (
    "The workspace group allows all traffic, so it has no list to add to, and the first range would lock out everybody "
    "who comes in now. Replace that in the SingleStore portal by the ranges that have to stay, then apply again."
)


def open_list(place: Place) -> SingleStoreList:
    """Build the adapter of a workspace group's list."""
    return SingleStoreList(place)


@dataclass(frozen=True)
class SingleStoreList:
    """The ranges that may reach a SingleStore workspace group."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"SingleStore workspace group {self.place['workspace_group_id']}"

    def read(self) -> Listing:
        """Read the workspace group; one that was terminated is gone."""
        group = self._group()
        is_open = group.get("allowAllTraffic") is True
        return Listing(
            tuple(ListedEntry(canonical(text), text, text) for text in group.get("firewallRanges") or ()),
            unwritable=_NO_LIST if is_open else None,
            open_because="its setting allowAllTraffic is on" if is_open else None,
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else of the group, and wait until another list shows than the one that was."""
        ranges = rewritten(listing, change, new=lambda entry: entry.cidr)
        self._rest.send("PATCH", self._path, {"firewallRanges": ranges})
        before = sorted(entry.spelling for entry in listing.entries)
        self.place.waiting.until(
            lambda: sorted(self._group().get("firewallRanges") or ()) != before, f"The new list of {self.target}"
        )

    def _group(self) -> dict[str, Any]:
        group: dict[str, Any] = self._rest.get(self._path).json
        if group.get("state") == "TERMINATED":
            raise ListGoneError("Allowlist does not exist", f"{self.target} was terminated.")
        return group

    @property
    def _path(self) -> str:
        return f"/v1/workspaceGroups/{quote(self.place['workspace_group_id'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, bearer(self.place.credential()), self.target)
