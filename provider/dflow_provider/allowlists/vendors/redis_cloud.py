"""Redis Cloud: the CIDR allow list of a database on a Pro or an Essentials plan, written whole and without a lock.

A write is a task. Changes within one subscription go one after the other, whichever databases they are about.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import certificate_at
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, ListMovedError, TryLaterError
from dflow_provider.allowlists.rest import Rest
from dflow_provider.allowlists.whole_list import rewritten
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_vendors import Vendor

_UNDER_WAY: Final = frozenset({"initialized", "received", "processing-in-progress"})
_WELL: Final = "processing-completed"
_LOOKS_UNTIL_KNOWN: Final = 5
"""How often a task may not be found: Redis Cloud knows it a moment after it said its number."""
_ACTIVE_ACTIVE: Final = (
    "This is an Active-Active database: each of its regions has a list of its own, which is not written from here. "
    "Keep those lists with rediscloud_active_active_subscription_database."
)

_one_change: Final[defaultdict[str, threading.Lock]] = defaultdict(threading.Lock)


def open_list(place: Place) -> RedisCloudList:
    """Build the adapter of a database's list."""
    return RedisCloudList(place)


@dataclass(frozen=True)
class RedisCloudList:
    """The CIDRs that may reach a Redis Cloud database."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Redis Cloud database {self.place['database_id']} of subscription {self.place['subscription_id']}"

    def read(self) -> Listing:
        """Read the database; its status comes along, since one that is being changed takes no other change."""
        database = self._database()
        listed = (database.get("security") or {}).get("sourceIps") or ()
        regional = database.get("activeActiveRedis") or database.get("crdbDatabases")
        return Listing(
            tuple(ListedEntry(canonical(text), text, text) for text in listed),
            version=database.get("status"),
            unwritable=_ACTIVE_ACTIVE if regional else None,
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else of the database, and wait until its task is through."""
        with _one_change[f"{self.place.endpoint} {self._subscription}"]:
            if _is_changing(listing.version):
                self.place.waiting.until(lambda: not _is_changing(self._database().get("status")), self.target)
                raise ListMovedError(
                    "Database was being changed", f"{self.target} was {listing.version} when its list was read."
                )
            cidrs = rewritten(listing, change, new=lambda entry: entry.cidr)
            field = "sourceIp" if self.place["plan"] == "pro" else "sourceIps"
            task_id = str(self._rest.send("PUT", self._path, {field: cidrs}).json["taskId"])
            self.place.waiting.until(partial(self._is_done, task_id, count(1)), f"Redis Cloud's task {task_id}")

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for a Pro database."""
        if self.place["plan"] != "pro":
            raise ProviderError(
                "Authority is not documented",
                f"{self.target}: Redis Cloud documents the call for the certificate for Pro databases only. Download "
                f"it from the console, and deliver its text.",
            )
        return certificate_at(self._rest.get(f"{self._path}/certificate"), "publicCertificatePEMString")

    def _is_done(self, task_id: str, misses: Iterator[int]) -> bool:
        try:
            task: dict[str, Any] = self._rest.get(f"/tasks/{quote(task_id, safe='')}").json
        except ListGoneError:
            if next(misses) > _LOOKS_UNTIL_KNOWN:
                raise TryLaterError(
                    "Vendor lost track of a change", f"{self.target}: task {task_id} is not found."
                ) from None
            return False
        status, error = task.get("status"), (task.get("response") or {}).get("error")
        if error is None and status in _UNDER_WAY:
            return False
        if error is None and status == _WELL:
            return True
        told = ", ".join(str(error[name]) for name in ("description", "type", "status") if error and error.get(name))
        story = f"{self.target}: task {task_id} ended as {status}: {told or task.get('description') or 'no reason'}."
        if error and str(error.get("status")).startswith("409"):
            raise TryLaterError("Vendor is busy", story)
        raise ProviderError("Redis Cloud did not apply the list", f"{story} Mend what it says, then apply again.")

    def _database(self) -> dict[str, Any]:
        database: dict[str, Any] = self._rest.get(self._path).json
        return database

    @property
    def _subscription(self) -> str:
        fixed = "" if self.place["plan"] == "pro" else "/fixed"
        return f"{fixed}/subscriptions/{quote(self.place['subscription_id'], safe='')}"

    @property
    def _path(self) -> str:
        return f"{self._subscription}/databases/{quote(self.place['database_id'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        keys = {"X-Api-Key": self.place.credential(0), "X-Api-Secret-Key": self.place.credential(1)}
        return Rest(self.place, lambda _: keys, self.target)


def _is_changing(status: object) -> bool:
    """Say whether a database's status tells of a change under way: `pending`, `active-change-draft`."""
    return isinstance(status, str) and ("pending" in status or "draft" in status)
