"""Azure Cosmos DB's accounts, as far as their IP firewall needs them."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar

from dflow_sandbox.vendors.azure_resource_manager import GROUP, RESOURCE, SUBSCRIPTION, AzureServer, refusal
from dflow_sandbox.vendors.contract_server import Answer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHANGEABLE = ("ipRules", "virtualNetworkRules", "publicNetworkAccess", "isVirtualNetworkFilterEnabled")


class AzureCosmosServer(AzureServer):
    """One account. A change takes two looks at its operation; another one before that is refused."""

    KIND: ClassVar[str] = "Microsoft.DocumentDB/databaseAccounts"

    POLLED: ClassVar[str] = r".*"
    locators: ClassVar[Mapping[str, str]] = {
        "subscription_id": SUBSCRIPTION,
        "resource_group": GROUP,
        "account_name": AzureServer.NAME,
    }

    def __init__(self) -> None:
        super().__init__()
        self.properties: dict[str, Any] = {
            "documentEndpoint": "https://orders.documents.azure.com:443/",
            "publicNetworkAccess": "Enabled",
            "isVirtualNetworkFilterEnabled": False,
            "virtualNetworkRules": [],
            "ipRules": [
                {"ipAddressOrRange": "198.51.100.7"},
                {"ipAddressOrRange": "198.51.100.64/26", "addedBy": "portal"},
                {"ipAddressOrRange": "0.0.0.0"},  # noqa: S104 (Azure's mark)
            ],
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add a rule as the portal does."""
        self.properties["ipRules"].append({"ipAddressOrRange": cidr.removesuffix("/32")})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule as the portal does."""
        self.properties["ipRules"] = [each for each in self.properties["ipRules"] if _cidr(each) != cidr]

    def clear_by_hand(self) -> None:
        """Remove every rule."""
        self.properties["ipRules"] = []

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self.properties["ipRules"])

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form; Azure's datacentres are left out."""
        return {_cidr(each) for each in self.properties["ipRules"] if each["ipAddressOrRange"] != "0.0.0.0"}  # noqa: S104 (Azure's mark)

    @route("GET", RESOURCE)
    def get_account(self, _: Request, **place: str) -> Answer:
        """Return the account."""
        self.expect(place)
        self.time_passes()
        return Answer(200, self.resource())

    @route("PATCH", RESOURCE)
    def update_account(self, request: Request, **place: str) -> Answer:
        """Replace what of the properties is given."""
        self.expect(place)
        if self.is_busy():
            said = "There is already an operation in progress which requires exclusive lock on this service orders."
            raise refusal(412, "PreconditionFailed", f"{said} Please retry the operation after sometime.")
        content = request.json
        refuse_unknown(content, ("properties", "tags", "location", "identity"), _unknown)
        refuse_unknown(content["properties"], _CHANGEABLE, _unknown)
        for rule in content["properties"].get("ipRules", []):
            try:
                ipaddress.IPv4Network(rule["ipAddressOrRange"])
            except (KeyError, ValueError):
                raise refusal(400, "BadRequest", f"Invalid IP address or range: {rule}") from None
        self.properties.update(copy.deepcopy(content["properties"]))
        headers = self.started(by_location=True)
        return Answer(200, self.resource(), headers)

    def resource(self) -> dict[str, Any]:
        """Return the account."""
        state = "Updating" if self.is_busy() else "Succeeded"
        return {
            **super().resource(),
            "location": "West Europe",
            "kind": "GlobalDocumentDB",
            "properties": {"provisioningState": state, **copy.deepcopy(self.properties)},
        }


def _cidr(rule: Mapping[str, Any]) -> str:
    return str(ipaddress.IPv4Network(rule["ipAddressOrRange"]))


def _unknown(name: str) -> Answer:
    return refusal(400, "BadRequest", f"The property '{name}' is not valid in an update of a database account.")


SERVER = AzureCosmosServer
