"""Linode Managed Databases: the allow list of a database, written whole and without a lock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import Encoding, certificate_at
from dflow_provider.allowlists.listing import ListedEntry, Listing
from dflow_provider.allowlists.rest import Rest, bearer
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused
    from dflow_vendors import Vendor

_PASSING: Final = frozenset({"provisioning", "updating", "resuming", "restoring", "resizing"})
"""States of a database that end by themselves."""
_VERSIONED: Final = re.compile(r"/v[0-9]\w*$")


def open_list(place: Place) -> LinodeList:
    """Build the adapter of a database's list."""
    return LinodeList(place)


@dataclass(frozen=True)
class LinodeList:
    """The addresses that may reach a Linode database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Linode {self.place['engine']} database {self.place['database_id']}"

    def read(self) -> Listing:
        """Read the database."""
        return Listing(tuple(ListedEntry(canonical(text), text, text) for text in self._database()["allow_list"] or ()))

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else, each side of it waiting until the database is active.

        Linode's events could tell as well, but need rights of their own, and none comes if nothing changed.
        """
        self._wait()
        self._rest.send("PUT", self._path, {"allow_list": rewritten(listing, change, new=lambda entry: entry.cidr)})
        self._wait()

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the database."""
        return certificate_at(self._rest.get(f"{self._path}/ssl"), "ca_certificate", encoding=Encoding.BASE64)

    def _wait(self) -> None:
        self.place.waiting.until(lambda: self._database()["status"] not in _PASSING, self.target)

    def _database(self) -> dict[str, Any]:
        database: dict[str, Any] = self._rest.get(self._path).json
        return database

    def _understand(self, refused: Refused) -> ProviderError | None:
        if refused.status != 503 or "x-maintenance-mode" not in refused.headers:
            return None
        return ProviderError(
            "Vendor is in maintenance",
            f"{self.target}: {refused.request} was answered with 503 because of maintenance: {refused.story}. Look at "
            f"https://status.linode.com, and apply again when it is over.",
        )

    @property
    def _path(self) -> str:
        """The database's path; the API's version is part of it unless LINODE_URL names one."""
        version = self.place.environment.get("LINODE_API_VERSION") or "v4"
        prefix = "" if _VERSIONED.search(self.place.endpoint) else f"/{version}"
        engine, database = (quote(self.place[name], safe="") for name in ("engine", "database_id"))
        return f"{prefix}/databases/{engine}/instances/{database}"

    @cached_property
    def _rest(self) -> Rest:
        return Rest(self.place, bearer(self.place.credential()), self.target, understand=self._understand)
