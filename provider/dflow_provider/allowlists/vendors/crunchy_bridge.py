"""Crunchy Bridge: the firewall rules of a network, one call for each, none within another.

A rule that takes the place of narrower or wider ones of ours is made from one of them, so that the door stays open.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dflow_provider.allowlists.address import canonical, covered
from dflow_provider.allowlists.authority_answer import no_certificate, value_at
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing
from dflow_provider.allowlists.note_mark import owners_in
from dflow_provider.allowlists.oauth import granted_token
from dflow_provider.allowlists.rest import Rest, bearer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Request
    from dflow_vendors import Vendor


def open_list(place: Place) -> BridgeList:
    """Build the adapter of a network's rules. CB_HOST holds a host alone, or a whole address."""
    base = place.endpoint if "://" in place.endpoint else f"https://{place.endpoint}"
    target = f"Crunchy Bridge network {place['network_id']}"
    return BridgeList(place, Rest(place, _authorize(place, base), target, base=base))


def _authorize(place: Place, base: str) -> Callable[[Request], Mapping[str, str]]:
    form = {"grant_type": "client_credential", "client_secret": place.credential()}

    def authorize(request: Request) -> Mapping[str, str]:
        return bearer(granted_token(place, f"{base}/access-tokens", form))(request)

    return authorize


@dataclass(frozen=True)
class BridgeList:
    """The addresses that may reach the clusters in a network."""

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
        """Read all rules; the API has no pages here."""
        return Listing(tuple(map(_entry, self.rest.get(self._path).json["firewall_rules"])))

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (rules go by id)
        """Add, describe and remove rules, each with a call."""
        going = [*change.remove]
        for entry in change.add:
            if covered(entry.cidr, [other.cidr for other in change.add if other is not entry]):
                continue  # the wider one of the two lets it in
            content = {"rule": entry.cidr, "description": entry.note}
            in_the_way = [listed for listed in going if _overlap(entry.cidr, listed.cidr)]
            for listed in in_the_way[1:]:
                self._remove(listed)
            if in_the_way:
                self.rest.send("PATCH", self._one(in_the_way[0]), content)
                going = [listed for listed in going if listed not in in_the_way]
            else:
                self.rest.send("POST", self._path, content)
        for rewriting in change.rewrite:
            self.rest.send("PATCH", self._one(rewriting.listed), {"description": rewriting.note})
        for listed in going:
            self._remove(listed)

    def authority(self) -> str:
        """Read the certificate of the authority that vouches for the clusters of the network's team."""
        network = self.rest.get(f"/networks/{quote(self.place['network_id'], safe='')}")
        team = value_at(network, "team_id")
        if not team:
            raise no_certificate(network.request, "team_id is missing")
        return self.rest.get(f"/teams/{quote(str(team), safe='')}.pem").body.decode("utf-8", "replace")

    def _remove(self, listed: ListedEntry) -> None:
        try:
            self.rest.send("DELETE", self._one(listed))
        except ListGoneError:
            return  # somebody else was faster

    def _one(self, listed: ListedEntry) -> str:
        return f"{self._path}/{quote(str(listed.handle), safe='')}"

    @property
    def _path(self) -> str:
        return f"/networks/{quote(self.place['network_id'], safe='')}/firewall-rules"


def _entry(raw: dict[str, Any]) -> ListedEntry:
    rule, note = raw["rule"], raw.get("description") or None
    return ListedEntry(canonical(rule), rule, raw["id"], owners_in(note), note)


def _overlap(one: str, other: str | None) -> bool:
    if other is None or ipaddress.ip_network(one).version != ipaddress.ip_network(other).version:
        return False
    return covered(one, [other]) or covered(other, [one])
