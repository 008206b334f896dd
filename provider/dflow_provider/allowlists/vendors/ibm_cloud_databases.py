"""IBM Cloud Databases: a deployment's allowlist, written whole under the lock of its ETag."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import Encoding, certificate_at, value_at
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.oauth import granted_token
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_IAM: Final = "https://iam.cloud.ibm.com"
_VERSION: Final = "/v5/ibm"
_UNDER_WAY: Final = frozenset({"queued", "running"})


def open_list(place: Place) -> IbmAllowlist:
    """Build the adapter of a deployment's list."""
    return IbmAllowlist(place)


@dataclass(frozen=True)
class IbmAllowlist:
    """The addresses that may reach a deployment."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"IBM Cloud deployment {self.place['deployment']}"

    def read(self) -> Listing:
        """Read the list and its ETag."""
        answer = self._rest.get(self._path)
        entries = tuple(_listed(raw) for raw in answer.json["ip_addresses"] or ())
        etag = answer.headers.get("etag")
        missing = (
            "IBM Cloud sent no ETag with the list, and without it a write could take away what others add meanwhile. "
            "Apply again later, or ask IBM's support."
        )
        return Listing(entries, version=etag, unwritable=None if etag else missing)

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list if it is still the one that was read, and wait until IBM Cloud has carried it out."""
        entries = rewritten(
            listing, change, new=_new, anew=lambda raw, rewriting: {**raw, "description": rewriting.note}
        )
        answer = self._rest.send(
            "PUT", self._path, {"ip_addresses": entries}, headers={"If-Match": str(listing.version)}
        )
        task = (answer.json or {}).get("task")
        if task:
            self.place.waiting.until(partial(self._is_done, task["id"]), f"IBM Cloud's task {task['id']}")

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the deployment, out of its connection strings."""
        deployment = f"{self._base}/deployments/{quote(self.place['deployment'], safe='')}"
        answer = self._rest.get(f"{deployment}/users/database/admin/connections/public")
        ways = value_at(answer, "connection")
        secured = (name for name, each in ways.items() if "certificate" in each) if isinstance(ways, dict) else iter(())
        steps = ("connection", next(secured, "postgres"), "certificate", "certificate_base64")
        return certificate_at(answer, *steps, encoding=Encoding.BASE64)

    def _is_done(self, task_id: str) -> bool:
        task: dict[str, Any] = self._rest.get(f"{self._base}/tasks/{quote(task_id, safe='')}").json["task"]
        status = str(task["status"])
        if status != "completed" and status not in _UNDER_WAY:
            raise ProviderError(
                "IBM Cloud did not apply the list",
                f"{self.target}: task {task_id} ({task.get('description') or 'no description'}) ended as {status}. "
                f"Look at the deployment's tasks, then apply again.",
            )
        return status == "completed"

    @property
    def _base(self) -> str:
        """The API's version, unless IBMCLOUD_ICD_API_ENDPOINT names it."""
        return "" if self.place.endpoint.endswith(_VERSION) else _VERSION

    @property
    def _path(self) -> str:
        return f"{self._base}/deployments/{quote(self.place['deployment'], safe='')}/allowlists/ip_addresses"

    @cached_property
    def _rest(self) -> Rest:
        iam = self.place.environment.get("IBMCLOUD_IAM_API_ENDPOINT", "").strip() or _IAM
        grant = {"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": self.place.credential()}
        token = granted_token(self.place, f"{iam.rstrip('/')}/identity/token", grant)
        return Rest(self.place, bearer(token), self.target)


def _listed(raw: dict[str, Any]) -> ListedEntry:
    description = raw.get("description")
    return ListedEntry(canonical(raw["address"]), raw["address"], raw, owners_in(description), description)


def _new(entry: WantedEntry) -> dict[str, Any]:
    return {"address": entry.cidr.removesuffix("/32"), "description": entry.note}
