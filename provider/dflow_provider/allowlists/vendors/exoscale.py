"""Exoscale DBaaS: the IP filter of a service, written whole and without a lock. Each request is signed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import certificate_at
from dflow_provider.allowlists.listing import ListedEntry, Listing, TryLaterError
from dflow_provider.allowlists.rest import Rest
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Request
    from dflow_vendors import Vendor

_SIGNED_FOR_S: Final = 600
_COLLECTIONS: Final = {
    "pg": "dbaas-postgres",
    "mysql": "dbaas-mysql",
    "valkey": "dbaas-valkey",
    "kafka": "dbaas-kafka",
    "opensearch": "dbaas-opensearch",
}
_PASSING: Final = frozenset({"busy", "conflict", "interrupted", "unavailable"})
"""The reasons of a failure that may be gone at the next try."""


def open_list(place: Place) -> ExoscaleList:
    """Build the adapter of a service's list."""
    return ExoscaleList(place)


@dataclass(frozen=True)
class ExoscaleList:
    """The CIDRs that may reach an Exoscale database service."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Exoscale {self.place['type']} service {self.place['name']} in {self.place['zone']}"

    def read(self) -> Listing:
        """Read the service; a list that was never set is missing."""
        listed = self._rest.get(self._path).json.get("ip-filter") or ()
        return Listing(tuple(ListedEntry(canonical(text), text, text) for text in listed))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else of the service, an empty one too, and wait for the operation's end."""
        cidrs = rewritten(listing, change, new=lambda entry: entry.cidr)
        operation: dict[str, Any] = self._rest.send("PUT", self._path, {"ip-filter": cidrs}).json
        if not self._has_ended(operation):
            self.place.waiting.until(
                partial(self._is_done, str(operation["id"])), f"Exoscale's operation {operation['id']}"
            )

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the account's services in the zone."""
        return certificate_at(self._rest.get("/dbaas-ca-certificate"), "certificate")

    def _is_done(self, operation_id: str) -> bool:
        return self._has_ended(self._rest.get(f"/operation/{quote(operation_id, safe='')}").json)

    def _has_ended(self, operation: Mapping[str, Any]) -> bool:
        state, reason = operation.get("state"), operation.get("reason")
        if state in {"pending", "success"}:
            return bool(state == "success")
        told = ", ".join(str(each) for each in (reason, operation.get("message")) if each) or "no reason"
        story = f"{self.target}: operation {operation.get('id')} ended as {state}: {told}."
        if state == "timeout" or reason in _PASSING:
            raise TryLaterError("Vendor is busy", story)
        raise ProviderError(
            "Exoscale did not apply the list", f"{story} Look at the service in the portal, then apply again."
        )

    @property
    def _path(self) -> str:
        return f"/{_COLLECTIONS[self.place['type']]}/{quote(self.place['name'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        key, secret = self.place.credential(0), self.place.credential(1)
        return Rest(self.place, lambda request: signed(request, key, secret, int(time.time())), self.target)


def signed(request: Request, key: str, secret: str, now: int) -> Mapping[str, str]:
    """Sign method, path, body, the values of the query by the order of their names, no headers, and the end."""
    parts = urlsplit(request.url)
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    expires = now + _SIGNED_FOR_S
    message = b"\n".join(
        (
            f"{request.method} {parts.path}".encode(),
            request.body,
            "".join(value for _, value in query).encode(),
            b"",
            str(expires).encode(),
        )
    )
    signature = base64.b64encode(hmac.new(secret.encode(), message, hashlib.sha256).digest()).decode()
    names = f"signed-query-args={';'.join(name for name, _ in query)}," if query else ""
    return {
        "Authorization": f"EXO2-HMAC-SHA256 credential={key},{names}expires={expires},signature={signature}",
    }
