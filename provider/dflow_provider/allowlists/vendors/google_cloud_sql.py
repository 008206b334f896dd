"""Google Cloud SQL: the authorized networks of an instance, written whole under the lock of its settings' version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import no_certificate, value_at
from dflow_provider.allowlists.google_access import authorize_google
from dflow_provider.allowlists.listing import ListedEntry, Listing, ListMovedError, TryLaterError
from dflow_provider.allowlists.moment import has_passed
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Refused, Rest
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Change, Rewriting
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_UNDER_WAY: Final = frozenset({"PENDING", "RUNNING"})


class InstanceBusyError(TryLaterError):
    """Another operation runs on the instance, and nothing was written."""


def open_list(place: Place) -> CloudSqlList:
    """Build the adapter of an instance's list."""
    return CloudSqlList(place, Rest(place, authorize_google(place), _target(place), understand=_understand))


@dataclass(frozen=True)
class CloudSqlList:
    """The networks that may connect to a Cloud SQL instance."""

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
        """Read the instance's settings."""
        settings = self.rest.get(self._instance).json["settings"]
        network = settings.get("ipConfiguration") or {}
        return Listing(
            tuple(_entry(raw) for raw in network.get("authorizedNetworks") or ()),
            version=settings["settingsVersion"],
            shut_because=_shut_because(settings.get("connectorEnforcement"), network.get("ipv4Enabled")),
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list in one patch, and wait until Cloud SQL has carried it out."""
        networks = rewritten(listing, change, new=_new, anew=_anew)
        settings = {"settingsVersion": listing.version, "ipConfiguration": {"authorizedNetworks": networks}}
        try:
            name = self.rest.send("PATCH", self._instance, {"settings": settings}).json["name"]
        except InstanceBusyError as busy:
            self.place.waiting.until(self._is_idle, f"what runs on {self.target}")
            raise ListMovedError("Allowlist changed meanwhile", busy.detail) from None
        self.place.waiting.until(partial(self._is_done, name), f"Cloud SQL's operation {name}")

    def authority(self) -> str:
        """Read the certificates of every authority that may vouch for the instance, several during a rotation."""
        mode = value_at(self.rest.get(self._instance), "settings", "ipConfiguration", "serverCaMode")
        call, field = ("listServerCertificates", "caCerts") if "CAS" in str(mode) else ("listServerCas", "certs")
        answer = self.rest.get(f"{self._instance}/{call}")
        listed = value_at(answer, field)
        found = [str(each.get("cert") or "") for each in listed] if isinstance(listed, list) else []
        if not any(found):
            raise no_certificate(answer.request, f"{field} is missing or empty")
        return "\n".join(found)

    def _is_done(self, name: str) -> bool:
        operation: dict[str, Any] = self.rest.get(f"{self._project}/operations/{quote(name, safe='')}").json
        errors = (operation.get("error") or {}).get("errors") or ()
        if errors:
            said = "; ".join(f"{each.get('message') or 'no reason'} ({each.get('code')})" for each in errors)
            raise ProviderError(
                "Cloud SQL did not apply the list",
                f"{self.target}: operation {name} failed: {said}. Put that right, then apply again.",
            )
        return bool(operation["status"] == "DONE")

    def _is_idle(self) -> bool:
        newest_first = f"{self._project}/operations?instance={quote(self.place['instance'], safe='')}&maxResults=50"
        return all(each["status"] not in _UNDER_WAY for each in self.rest.get(newest_first).json.get("items") or ())

    @property
    def _project(self) -> str:
        return f"/projects/{quote(self.place['project'], safe='')}"

    @property
    def _instance(self) -> str:
        return f"{self._project}/instances/{quote(self.place['instance'], safe='')}"


def _target(place: Place) -> str:
    return f"Cloud SQL instance {place['instance']} of project {place['project']}"


def _understand(refused: Refused) -> ProviderError | None:
    if refused.status == 409:
        return InstanceBusyError("Vendor is busy", f"{refused.request} was answered with 409: {refused.story}.")
    return None


def _entry(raw: dict[str, Any]) -> ListedEntry:
    """Understand a network; one that has ended lets nobody in, so that it stands for no address."""
    value, name, end = str(raw.get("value", "")), raw.get("name"), raw.get("expirationTime")
    return ListedEntry(None if _has_ended(end) else canonical(value), value, raw, owners_in(name), name, end)


def _has_ended(end: str | None) -> bool:
    try:
        return has_passed(end)
    except ValueError:
        return False


def _new(entry: WantedEntry) -> dict[str, Any]:
    return _with_end({"kind": "sql#aclEntry", "value": entry.cidr, "name": entry.note}, entry.expires_at)


def _anew(raw: dict[str, Any], rewriting: Rewriting) -> dict[str, Any]:
    kept = {name: value for name, value in raw.items() if name != "expirationTime"}
    return _with_end({**kept, "name": rewriting.note}, rewriting.expires_at)


def _with_end(raw: dict[str, Any], expires_at: str | None) -> dict[str, Any]:
    return raw if expires_at is None else {**raw, "expirationTime": expires_at}


def _shut_because(enforcement: str | None, has_public_address: bool | None) -> str | None:  # noqa: FBT001 (Google's)
    if enforcement == "REQUIRED":
        return "the instance takes connections through connectors only (connectorEnforcement = REQUIRED)"
    return "the instance has no public IP address (ipv4Enabled = false)" if has_public_address is False else None
