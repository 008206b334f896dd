"""Azure Cosmos DB: the IP firewall of an account, written whole and without a lock.

Virtual networks that are let in stand on a list of their own; as long as there is one, no IP rule does not mean open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dflow_provider.allowlists.address import canonical
from dflow_provider.allowlists.azure_access import UNDER_WAY, resource_manager, server_path, wait_for
from dflow_provider.allowlists.listing import ListedEntry, Listing, ListMovedError
from dflow_provider.allowlists.whole_list import rewritten

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Change
    from dflow_provider.allowlists.place import Place
    from dflow_provider.allowlists.rest import Rest
    from dflow_vendors import Vendor

_VERSION: Final = "2024-08-15"
_DATACENTRES: Final = "0.0.0.0"  # noqa: S104 (a mark of Azure's, not an address to listen at)
_SHUT: Final = {
    "disabled": "public network access to the account is disabled",
    "securedbyperimeter": "a network security perimeter decides who gets in",
}


def open_list(place: Place) -> CosmosList:
    """Build the adapter of an account's list."""
    target = f"Azure Cosmos DB account {place['account_name']} in {place['resource_group']}"
    return CosmosList(place, resource_manager(place, target))


@dataclass(frozen=True)
class CosmosList:
    """The addresses that may reach a Cosmos DB account."""

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
        """Read the account; a list that was never set is empty."""
        properties = self._properties()
        rules = tuple(map(_entry, properties.get("ipRules") or ()))
        networks = tuple(
            ListedEntry(None, f"subnet {each['id'].rsplit('/', 1)[-1]}", None)
            for each in properties.get("virtualNetworkRules") or ()
        )
        return Listing(
            (*rules, *networks),
            version=_is_settled(properties),
            shut_because=_SHUT.get(str(properties.get("publicNetworkAccess")).lower()),
        )

    def apply(self, change: Change, listing: Listing) -> None:
        """Write the list and nothing else, once the account is not being changed, and wait until Azure is done."""
        if not listing.version:
            self._settle()
            raise ListMovedError("Account was being changed", f"{self.target} was being changed when it was read.")
        rules = rewritten(listing, change, new=lambda entry: {"ipAddressOrRange": entry.cidr.removesuffix("/32")})
        wait_for(self.rest, self.rest.send("PATCH", self._path, {"properties": {"ipRules": rules}}))
        self._settle()

    def _settle(self) -> None:
        self.place.waiting.until(lambda: _is_settled(self._properties()), f"{self.target}'s change")

    def _properties(self) -> dict[str, Any]:
        properties: dict[str, Any] = self.rest.get(self._path).json["properties"]
        return properties

    @property
    def _path(self) -> str:
        kind = "Microsoft.DocumentDB/databaseAccounts"
        return f"{server_path(self.place, kind, 'account_name')}?api-version={_VERSION}"


def _is_settled(properties: dict[str, Any]) -> bool:
    return str(properties.get("provisioningState")).lower() not in UNDER_WAY


def _entry(raw: dict[str, Any]) -> ListedEntry:
    text = raw["ipAddressOrRange"]
    if text == _DATACENTRES:
        return ListedEntry(None, "Azure datacentres", raw)
    return ListedEntry(canonical(text), text, raw)
