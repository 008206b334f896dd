"""Aiven: the IP filter of a service, written whole and without a lock.

Items are texts or objects, both on one list; each goes back in the form it came in. Nothing else of the service's
configuration is sent: what was read of it holds `<redacted>` in place of secrets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import certificate_at
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten
from dflow_vendors import Family

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change, Rewriting
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

Item: TypeAlias = str | dict[str, Any]

_DEFAULT: Final[tuple[Item, ...]] = ("0.0.0.0/0", "::/0")
"""What holds where the filter was never set: it has to be written with ours, or ours would lock everybody else out."""
_UNSETTLED: Final = frozenset({"REBUILDING", "REBALANCING"})


def open_list(place: Place) -> IpFilter:
    """Build the adapter of a service's list."""
    return IpFilter(place, Rest(place, bearer(place.credential(), "aivenv1"), _target(place)))


@dataclass(frozen=True)
class IpFilter:
    """The networks that may connect to an Aiven service."""

    place: Place
    rest: Rest

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return _target(self.place)

    def read(self) -> Listing:
        """Read the service's configuration."""
        items = (self._service().get("user_config") or {}).get("ip_filter")
        entries = tuple(_entry(item) for item in (_DEFAULT if items is None else items))
        return Listing(entries, occupied={Family.IPV4: len(entries)})

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list, and wait until the service is not being rebuilt."""
        items = rewritten(
            listing, change, new=lambda entry: {"network": entry.cidr, "description": entry.note}, anew=_anew
        )
        self.rest.send("PUT", self._path, {"user_config": {"ip_filter": items}})
        self.place.waiting.until(lambda: self._service().get("state") not in _UNSETTLED, self.target)

    def authority(self) -> str:
        """Read the certificates of the project's authority, two while it is being renewed."""
        project = quote(self.place["project"], safe="")
        return certificate_at(self.rest.get(f"/v1/project/{project}/kms/ca"), "certificate")

    def _service(self) -> dict[str, Any]:
        service: dict[str, Any] = self.rest.get(self._path).json["service"]
        return service

    @property
    def _path(self) -> str:
        return (
            f"/v1/project/{quote(self.place['project'], safe='')}/service/{quote(self.place['service_name'], safe='')}"
        )


def _target(place: Place) -> str:
    return f"Aiven service {place['service_name']} of project {place['project']}"


def _entry(item: Item) -> ListedEntry:
    if isinstance(item, str):
        return ListedEntry(canonical(item), item, item)
    text, note = str(item.get("network", "")), item.get("description")
    return ListedEntry(canonical(text), text, item, owners_in(note), note)


def _anew(item: Item, rewriting: Rewriting) -> Item:
    kept = {"network": item} if isinstance(item, str) else item
    return {**kept, "description": rewriting.note}
