"""OVHcloud databases: the IP restrictions of a service, each by calls of its own as long as OVHcloud has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import certificate_at
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, TryLaterError
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.ovh_access import authorization, located
from dflow_provider.allowlists.rest import Rest
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused
    from dflow_vendors import Vendor

_PASSING: Final = frozenset({"PENDING", "CREATING", "UPDATING", "DELETING"})
_SENT_BACK: Final = (
    "backups",
    "deletionProtection",
    "description",
    "disk",
    "flavor",
    "maintenanceTime",
    "plan",
    "version",
)
"""What a write of the whole service sends as it was: OVHcloud does not say that it keeps what is left out."""
_NO_CREDENTIAL: Final = frozenset({"INVALID_SIGNATURE", "INVALID_KEY", "INVALID_CREDENTIAL", "NOT_CREDENTIAL"})


def open_list(place: Place) -> OvhRestrictions:
    """Build the adapter of a service's list."""
    return OvhRestrictions(located(place))


class _NoSuchCallError(ProviderError):
    """OVHcloud knows no such path: the entry is gone, or the call."""


@dataclass(frozen=True)
class OvhRestrictions:
    """The addresses that may reach an OVHcloud database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"OVHcloud {self.place['engine']} service {self.place['cluster_id']}"

    def read(self) -> Listing:
        """Read the service; what is being deleted is gone."""
        service = self._service()
        raws = [raw for raw in service["ipRestrictions"] if raw.get("status") != "DELETING"]
        return Listing(tuple(_listed(raw) for raw in raws), version=service)

    def apply(self, change: Change, listing: Listing) -> None:
        """Make one call for each entry and wait until it is carried out; without such calls, write the service."""
        self._wait()
        try:
            for entry in change.add:
                self._write("POST", entry.cidr, {"ip": entry.cidr, "description": entry.note})
            for each in change.rewrite:
                self._write("PUT", each.listed.spelling, {"description": each.note})
            for gone in change.remove:
                self._write("DELETE", gone.spelling)
        except _NoSuchCallError:
            self._write_whole(change, listing)

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the service."""
        return certificate_at(self._rest.get(f"{self._path}/certificates"), "ca")

    def _write(self, method: str, address: str, content: object = None) -> None:
        one = "" if method == "POST" else f"/{quote(address, safe='')}"
        try:
            self._rest.send(method, f"{self._path}/ipRestriction{one}", content)
        except _NoSuchCallError as problem:
            if method == "POST" or any(raw["ip"] == address for raw in self._service()["ipRestrictions"]):
                raise
            if method == "PUT":
                raise TryLaterError("Allowlist changed meanwhile", problem.detail) from None
        self._wait()

    def _write_whole(self, change: Change, listing: Listing) -> None:
        """Write the list with the service, from what was read. Without a lock: nobody can tell what came between."""
        service = listing.version if isinstance(listing.version, dict) else {}
        restrictions = rewritten(
            listing,
            change,
            new=lambda entry: {"ip": entry.cidr, "description": entry.note},
            anew=lambda raw, rewriting: {**raw, "description": rewriting.note},
        )
        here = {raw["ip"] for raw in self._service()["ipRestrictions"]}
        if here - {entry.spelling for entry in listing.entries} - {entry.cidr for entry in change.add}:
            raise TryLaterError("Allowlist changed meanwhile", f"{self.target} has an entry that was not read.")
        kept = {name: service[name] for name in _SENT_BACK if service.get(name) is not None}
        self._rest.send("PUT", self._path, {**kept, "ipRestrictions": restrictions})
        self._wait()

    def _wait(self) -> None:
        self.place.waiting.until(self._is_settled, self.target)

    def _is_settled(self) -> bool:
        service = self._service()
        states = {service.get("status"), *(raw.get("status") for raw in service["ipRestrictions"])}
        return not states & _PASSING

    def _service(self) -> dict[str, Any]:
        service: dict[str, Any] = self._rest.get(self._path).json
        if not isinstance(service.get("ipRestrictions"), list):
            raise ProviderError(
                "Vendor answered strangely",
                f"{self.target}: GET {self._path} names no ipRestrictions. Is the engine right?",
            )
        return service

    def _understand(self, refused: Refused) -> ProviderError | None:
        content = refused.json if isinstance(refused.json, dict) else {}
        story = f"{self.target}: {refused.request} was answered with {refused.status}: {refused.story}."
        query = refused.headers.get("x-ovh-queryid")
        story += f" OVHcloud's id of the request is {query}." if query else ""
        if content.get("errorCode") in _NO_CREDENTIAL:
            names = ", ".join(name for each in self.place.owned.credentials for name in each.variables)
            return ProviderError("Vendor refuses the credential", f"{story} Check {names}. {self.place.owned.rights}")
        if refused.status == 410 or (refused.status == 404 and "/ipRestriction" in refused.request):
            return _NoSuchCallError("No such call", story)
        if refused.status == 404:
            return ListGoneError("Allowlist does not exist", story)
        return None

    @property
    def _path(self) -> str:
        project, engine, cluster = (quote(value, safe="") for value in self.place.locators.values())
        return f"/cloud/project/{project}/database/{engine}/{cluster}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, authorization(self.place), self.target, understand=self._understand)


def _listed(raw: dict[str, Any]) -> ListedEntry:
    handle = {name: value for name, value in raw.items() if name != "status"}
    return ListedEntry(
        canonical(raw["ip"]), raw["ip"], handle, owners_in(raw.get("description")), raw.get("description")
    )
