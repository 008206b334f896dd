"""Neon: the IP Allow list of a project, written whole and without a lock.

Besides addresses and CIDRs it takes ranges with a dash; those are somebody else's and go back as they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_UNDER_WAY: Final = frozenset({"scheduling", "running", "cancelling"})
_WELL: Final = frozenset({"finished", "skipped"})


def open_list(place: Place) -> NeonList:
    """Build the adapter of a project's list."""
    return NeonList(place)


@dataclass(frozen=True)
class NeonList:
    """The addresses that may reach a Neon project."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Neon project {self.place['project_id']}"

    def read(self) -> Listing:
        """Read the project's settings; a list that was never set is empty."""
        settings = self._rest.get(self._path).json["project"].get("settings") or {}
        allowed = settings.get("allowed_ips") or {}
        entries = tuple(ListedEntry(canonical(text), text, text) for text in allowed.get("ips") or ())
        return Listing(entries, version=bool(allowed.get("protected_branches_only")))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list, with the switch beside it as it was, and wait until Neon has carried it out."""
        ips = rewritten(listing, change, new=lambda entry: _spelled(entry.cidr))
        allowed = {"ips": ips, "protected_branches_only": listing.version}
        answer = self._rest.send("PATCH", self._path, {"project": {"settings": {"allowed_ips": allowed}}})
        for operation in answer.json.get("operations") or ():
            self.place.waiting.until(partial(self._is_done, operation["id"]), f"Neon's operation {operation['id']}")

    def _is_done(self, operation_id: str) -> bool:
        operation: dict[str, Any] = self._rest.get(f"{self._path}/operations/{quote(operation_id)}").json["operation"]
        status = operation["status"]
        if status not in _UNDER_WAY | _WELL:
            raise ProviderError(
                "Neon did not apply the list",
                f"{self.target}: operation {operation_id} ended as {status}. Look at the project's operations in the "
                f"console, then apply again.",
            )
        return status in _WELL

    @property
    def _path(self) -> str:
        return f"/projects/{quote(self.place['project_id'])}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, bearer(self.place.credential()), self.target)


def _spelled(cidr: str) -> str:
    """Write a single address without a prefix length, as Neon's console does."""
    return cidr.removesuffix("/32")
