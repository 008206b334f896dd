"""MongoDB Atlas: the IP access list of a project, whose entries come several at a time and go one by one.

Adding an entry that is there succeeds and changes nothing, neither its comment nor its end: who was first owns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.digest_auth import DigestAuth
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing
from dflow_provider.allowlists.moment import moment
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.oauth import granted_token
from dflow_provider.allowlists.rest import Rest, basic, bearer
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Request
    from dflow_vendors import Vendor

_VERSION: Final = "application/vnd.atlas.2023-01-01+json"
_PER_PAGE: Final = 500


def open_list(place: Place) -> AtlasList:
    """Build the adapter of a project's list."""
    target = f"MongoDB Atlas project {place['project_id']}"
    rest = partial(Rest, place, target=target, headers={"Accept": _VERSION})
    public, private, client, secret, token = map(place.optional_credential, range(5))
    if token is not None:
        return AtlasList(place, rest(authorize=bearer(token)))
    if client is not None and secret is not None:
        return AtlasList(place, rest(authorize=_service_account(place, client, secret)))
    if public is not None and private is not None:
        digest = DigestAuth(public, private)
        return AtlasList(place, rest(authorize=digest.authorize, answer_challenge=digest.answer_challenge))
    raise place.lacks(*place.owned.credentials)


def _service_account(place: Place, client: str, secret: str) -> Callable[[Request], Mapping[str, str]]:
    def authorize(request: Request) -> Mapping[str, str]:
        grant = {"grant_type": "client_credentials"}
        token = granted_token(place, f"{place.endpoint}/api/oauth/token", grant, basic(client, secret))
        return bearer(token)(request)

    return authorize


@dataclass(frozen=True)
class AtlasList:
    """The addresses that may reach the clusters of an Atlas project."""

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
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            answer = self.rest.get(f"{self._path}?itemsPerPage={_PER_PAGE}&pageNum={page}").json
            found += answer["results"]
            if not answer["results"] or len(found) >= answer.get("totalCount", len(found)):
                return Listing(tuple(map(_entry, found)))
            page += 1

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (entries go by their addresses)
        """Add all new entries in one call, wait until they are in force, then remove old ones one by one."""
        if change.rewrite:
            raise self._cannot_change([rewriting.listed.spelling for rewriting in change.rewrite])
        if change.add:
            content = [_new(entry) for entry in change.add]
            self.rest.send("POST", self._path, content, headers={"Content-Type": _VERSION})
        for entry in change.add:
            name = entry.cidr.removesuffix("/32")
            self.place.waiting.until(partial(self._is_active, name), f"{self.target}'s entry {name}")
        for listed in change.remove:
            self._remove(str(listed.handle))

    def _is_active(self, name: str) -> bool:
        try:
            status = self.rest.get(f"{self._path}/{quote(name, safe='')}/status").json["STATUS"]
        except ListGoneError:
            return False  # it may take a moment until an entry can be asked for
        if status == "FAILED":
            raise ProviderError(
                "Atlas did not add the entry",
                f"{self.target}: {name} became {status}. Look at Network Access in the project, then apply again.",
            )
        return bool(status == "ACTIVE")

    def _remove(self, name: str) -> None:
        try:
            self.rest.send("DELETE", f"{self._path}/{quote(name, safe='')}")
        except ListGoneError:
            return  # somebody else, or its end, was faster

    def _cannot_change(self, names: list[str]) -> ProviderError:
        return ProviderError(
            "Entry cannot be changed",
            f"{self.target}: Atlas cannot give {', '.join(names)} another end. Take the entry out, apply, and add it "
            f"again; in between the address is not let in.",
        )

    @property
    def _path(self) -> str:
        return f"/api/atlas/v2/groups/{quote(self.place['project_id'], safe='')}/accessList"


def _entry(raw: dict[str, Any]) -> ListedEntry:
    """Read an entry; an address has both its own field and that of a range, a security group neither."""
    cidr, note = raw.get("cidrBlock") or raw.get("ipAddress") or "", raw.get("comment")
    spelling = raw.get("ipAddress") or cidr or raw.get("awsSecurityGroup") or "?"
    return ListedEntry(
        canonical(cidr), spelling, spelling, owners_in(note), note, expires_at=raw.get("deleteAfterDate")
    )


def _new(entry: WantedEntry) -> dict[str, str]:
    address = entry.cidr.removesuffix("/32")
    raw = {"cidrBlock" if "/" in address else "ipAddress": address, "comment": entry.note}
    if entry.expires_at is not None:
        raw["deleteAfterDate"] = moment(entry.expires_at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return raw
