"""Firewall rules of Azure's database servers: one call for each, from a first to a last address, told apart by name.

A rule of ours is named after its owner and its address: `dflow-shop-orders-1a2b3c4d-203-0-113-7-32`. Adding is
create-or-replace, so a name must never be somebody else's: it holds a digest of the owner.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dflow_provider.allowlists.azure_access import resource_manager, server_path, wait_for
from dflow_provider.allowlists.listing import ListedEntry, ListGoneError, Listing

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Rest
    from dflow_vendors import Vendor


@dataclass(frozen=True)
class DatabaseServer:
    """A kind of server that has firewall rules.

    Args:
        kind: its resource type: `Microsoft.Sql/servers`.
        version: of the API.
        name: what people call it.
    """

    kind: str
    version: str
    name: str


def open_firewall(place: Place, server: DatabaseServer) -> AzureFirewall:
    """Build the adapter of a server's rules."""
    target = f"{server.name} {place['server_name']} in {place['resource_group']}"
    return AzureFirewall(place, server, resource_manager(place, target))


@dataclass(frozen=True)
class AzureFirewall:
    """The addresses that may reach a database server.

    Args:
        place: which server.
        server: its kind.
        rest: Azure Resource Manager.
    """

    place: Place
    server: DatabaseServer
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
        """Read all rules, page by page."""
        entries: list[ListedEntry] = []
        page = f"{self._path}?api-version={self.server.version}"
        while page:
            content = self.rest.get(page).json
            entries += map(self._entry, content["value"])
            page = content.get("nextLink") or ""
        return Listing(tuple(entries))

    def apply(self, change: Change, listing: Listing) -> None:  # noqa: ARG002 (rules go by name)
        """Put and delete rules one by one: the server takes one change at a time."""
        put = set()
        for entry in change.add:
            network = ipaddress.IPv4Network(entry.cidr)
            name = f"{self._prefix}{re.sub('[./]', '-', entry.cidr)}"
            first, last = str(network.network_address), str(network.broadcast_address)
            content = {"properties": {"startIpAddress": first, "endIpAddress": last}}
            wait_for(self.rest, self.rest.send("PUT", self._rule(name), content))
            put.add(name.lower())
        for listed in change.remove:
            if str(listed.handle).lower() not in put:  # else it had other addresses, and has just been replaced
                self._delete(str(listed.handle))

    def _delete(self, name: str) -> None:
        try:
            answer = self.rest.send("DELETE", self._rule(name))
        except ListGoneError:
            return  # somebody else was faster
        wait_for(self.rest, answer)

    def _entry(self, rule: dict[str, Any]) -> ListedEntry:
        name, properties = rule["name"], rule["properties"]
        cidr, spelling = _range(properties["startIpAddress"], properties["endIpAddress"])
        if name.lower().startswith(self._prefix.lower()):
            return ListedEntry(cidr, spelling, name, frozenset({self.place.author.owner}))
        return ListedEntry(cidr, spelling, name, note=name)

    @property
    def _prefix(self) -> str:
        owner = self.place.author.owner
        readable = re.sub("[^A-Za-z0-9]+", "-", owner).strip("-")
        return f"dflow-{readable}-{hashlib.sha256(owner.encode()).hexdigest()[:8]}-"

    def _rule(self, name: str) -> str:
        return f"{self._path}/{quote(name, safe='')}?api-version={self.server.version}"

    @property
    def _path(self) -> str:
        return f"{server_path(self.place, self.server.kind, 'server_name')}/firewallRules"


def _range(first: str, last: str) -> tuple[str | None, str]:
    """Return the range as a CIDR if it is exactly one, and as people read it."""
    if first == last == "0.0.0.0":  # noqa: S104 (a mark of Azure's, not an address to listen at)
        return None, "all Azure services"
    try:
        networks = [*ipaddress.summarize_address_range(ipaddress.IPv4Address(first), ipaddress.IPv4Address(last))]
    except ValueError:
        networks = []
    return (str(networks[0]), str(networks[0])) if len(networks) == 1 else (None, f"{first}-{last}")
