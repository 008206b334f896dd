"""Google AlloyDB: the authorized external networks of an instance, written whole under the lock of its etag."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.google_access import authorize_google
from dflow_provider.allowlists.listing import ListedEntry, Listing, ListMovedError
from dflow_provider.allowlists.rest import Refused, Rest
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_MASK: Final = "networkConfig.authorizedExternalNetworks"
_ABORTED: Final = 10
"""Google's code for a change that met another one, an etag that is no longer the one that was read among them."""
_UNSETTLED: Final = frozenset({"CREATING", "DELETING", "MAINTENANCE", "BOOTSTRAPPING", "PROMOTING", "SWITCHOVER"})


def open_list(place: Place) -> AlloyDbList:
    """Build the adapter of an instance's list."""
    return AlloyDbList(place, Rest(place, authorize_google(place), _target(place), understand=_understand))


@dataclass(frozen=True)
class AlloyDbList:
    """The networks that may connect to an AlloyDB instance by its public address."""

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
        """Read the instance."""
        instance = self.rest.get(self._path).json
        network = instance.get("networkConfig") or {}
        unwritable = shut_because = None
        if not network.get("enablePublicIp"):
            unwritable = (
                "the instance has no public IP address, and AlloyDB takes no authorized networks without one. Turn it "
                "on (networkConfig.enablePublicIp), then apply again."
            )
        if (instance.get("clientConnectionConfig") or {}).get("requireConnectors"):
            shut_because = "the instance takes connections through connectors only (requireConnectors = true)"
        return Listing(
            tuple(_entry(raw) for raw in network.get("authorizedExternalNetworks") or ()),
            version=instance["etag"],
            unwritable=unwritable,
            shut_because=shut_because,
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list, and of the instance nothing else, and wait until AlloyDB has carried it out."""
        networks = rewritten(listing, change, new=lambda entry: {"cidrRange": entry.cidr})
        content = {"etag": listing.version, "networkConfig": {"authorizedExternalNetworks": networks}}
        try:
            name = self.rest.send("PATCH", f"{self._path}?updateMask={_MASK}", content).json["name"]
            self.place.waiting.until(partial(self._is_done, name), f"AlloyDB's operation {name.rpartition('/')[2]}")
        except ListMovedError:
            self.place.waiting.until(self._is_settled, f"what runs on {self.target}")
            raise

    def _is_done(self, name: str) -> bool:
        operation: dict[str, Any] = self.rest.get(f"/{quote(name)}").json
        error = operation.get("error")
        if not error:
            return bool(operation.get("done"))
        story = f"{self.target}: operation {name.rpartition('/')[2]} failed: {error.get('message')}"
        if error.get("code") == _ABORTED:
            raise ListMovedError("Allowlist changed meanwhile", f"{story}.")
        raise ProviderError("AlloyDB did not apply the list", f"{story}. Put that right, then apply again.")

    def _is_settled(self) -> bool:
        instance = self.rest.get(self._path).json
        return not instance.get("reconciling") and instance.get("state") not in _UNSETTLED

    @property
    def _path(self) -> str:
        project, location, cluster, instance = (
            quote(self.place[name], safe="") for name in ("project", "location", "cluster", "instance")
        )
        return f"/projects/{project}/locations/{location}/clusters/{cluster}/instances/{instance}"


def _target(place: Place) -> str:
    return (
        f"AlloyDB instance {place['instance']} of cluster {place['cluster']} in {place['location']}, "
        f"project {place['project']}"
    )


def _understand(refused: Refused) -> ProviderError | None:
    """Take a conflict for a list that moved: Google answers an old etag and a change under way alike."""
    if refused.status == 409 or (refused.status == 400 and "etag" in refused.story.lower()):
        return ListMovedError(
            "Allowlist changed meanwhile", f"{refused.request} was answered with {refused.status}: {refused.story}."
        )
    return None


def _entry(raw: dict[str, Any]) -> ListedEntry:
    text = str(raw.get("cidrRange", ""))
    return ListedEntry(canonical(text), text, raw)
