"""DigitalOcean: the trusted sources of a managed database, written whole and without a lock.

Besides addresses the list holds Droplets, Kubernetes clusters, apps and tags; they go back as they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import Encoding, certificate_at
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten
from dflow_vendors import Family

if TYPE_CHECKING:
    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor


def open_list(place: Place) -> TrustedSources:
    """Build the adapter of a cluster's list."""
    return TrustedSources(place, Rest(place, bearer(place.credential()), _target(place)))


@dataclass(frozen=True)
class TrustedSources:
    """What may connect to a database cluster of DigitalOcean."""

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
        """Read the rules."""
        entries = tuple(_entry(rule) for rule in self.rest.get(self._path).json["rules"])
        return Listing(entries, occupied={Family.IPV4: len(entries)})

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list; DigitalOcean takes it at once."""
        rules = rewritten(
            listing, change, new=_new, anew=lambda rule, rewriting: {**rule, "description": rewriting.note}
        )
        self.rest.send("PUT", self._path, {"rules": rules})

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the cluster."""
        return certificate_at(self.rest.get(f"{self._cluster}/ca"), "ca", "certificate", encoding=Encoding.BASE64)

    @property
    def _path(self) -> str:
        return f"{self._cluster}/firewall"

    @property
    def _cluster(self) -> str:
        return f"/v2/databases/{quote(self.place['cluster_id'], safe='')}"


def _target(place: Place) -> str:
    return f"DigitalOcean database cluster {place['cluster_id']}"


def _entry(rule: dict[str, Any]) -> ListedEntry:
    kind, value, note = rule.get("type"), str(rule.get("value", "")), rule.get("description")
    if kind != "ip_addr":
        return ListedEntry(None, f"{kind} {value}", rule, note=note)
    return ListedEntry(canonical(value), value, rule, owners_in(note), note)


def _new(entry: WantedEntry) -> dict[str, Any]:
    """Make a rule; a single address stands without a prefix length, as the control panel writes it."""
    return {"type": "ip_addr", "value": entry.cidr.removesuffix("/32"), "description": entry.note}
