"""Scaleway Managed Redis: a cluster's ACL, to which one call adds rules and from which rules go by id, one by one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.authority_answer import Encoding, certificate_at
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing, TryLaterError
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.rest import Rest

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Refused
    from dflow_provider.schema import ProviderError
    from dflow_vendors import Vendor

_PASSING: Final = frozenset({"provisioning", "initializing", "configuring", "autohealing"})
"""States of a cluster that end by themselves, and until then no rule can be changed."""


def open_list(place: Place) -> ScalewayRedisAcl:
    """Build the adapter of a cluster's ACL."""
    return ScalewayRedisAcl(place)


@dataclass(frozen=True)
class ScalewayRedisAcl:
    """The rules that let addresses reach a Redis cluster."""

    place: Place

    @property
    def vendor(self) -> Vendor:
        """The facts the engine decides by."""
        return self.place.vendor

    @property
    def target(self) -> str:
        """Which list this is, for people."""
        return f"Scaleway Redis cluster {self.place['cluster_id']} in {self.place['zone']}"

    def read(self) -> Listing:
        """Read the cluster, whose rules come along."""
        return Listing(tuple(_listed(rule) for rule in self._rest.get(self._path).json.get("acl_rules") or ()))

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (rules go by id)
        """Add rules in one call, then remove rules one by one, each time when the cluster is ready for it."""
        if change.add:
            rules = [{"ip_cidr": entry.cidr, "description": entry.note} for entry in change.add]
            self._wait()
            self._rest.send("POST", f"{self._path}/acls", {"acl_rules": rules})
        for entry in change.remove:
            self._wait()
            with suppress(ListGoneError):  # somebody else was faster
                self._rest.send("DELETE", f"{self._zone}/acls/{quote(str(entry.handle), safe='')}")
        self._wait()

    def authority(self) -> str:
        """Read the cluster's certificate, which vouches for itself."""
        return certificate_at(self._rest.get(f"{self._path}/certificate"), "content", encoding=Encoding.BASE64)

    def _wait(self) -> None:
        self.place.waiting.until(self._is_settled, self.target)

    def _is_settled(self) -> bool:
        """Say whether changes are taken; a cluster that is locked or broken says so itself when it is changed."""
        return self._rest.get(self._path).json["status"] not in _PASSING

    def _understand(self, refused: Refused) -> ProviderError | None:
        content = refused.json if isinstance(refused.json, dict) else {}
        if content.get("type") != "transient_state":
            return None
        return TryLaterError("Vendor is busy", f"{self.target} is {content.get('current_state')}: {refused.story}.")

    @property
    def _zone(self) -> str:
        return f"/redis/v1/zones/{quote(self.place['zone'], safe='')}"

    @property
    def _path(self) -> str:
        return f"{self._zone}/clusters/{quote(self.place['cluster_id'], safe='')}"

    @cached_property
    def _rest(self) -> Rest:
        secret = self.place.credential()
        return Rest(self.place, lambda _: {"X-Auth-Token": secret}, self.target, understand=self._understand)


def _listed(rule: dict[str, Any]) -> ListedEntry:
    description = rule.get("description") or None
    return ListedEntry(canonical(rule["ip_cidr"]), rule["ip_cidr"], rule["id"], owners_in(description), description)
