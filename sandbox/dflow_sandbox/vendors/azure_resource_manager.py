"""What the stand-ins for Azure Resource Manager share: tokens, paths, operations that take two looks, errors."""

from __future__ import annotations

import copy
import ipaddress
import itertools
import re
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import parse_qs, unquote

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLIENT: Final = "99999999-8888-7777-6666-555555555555"
_TENANT: Final = "44444444-3333-2222-1111-000000000000"
_SECRET: Final = "client-secret-of-the-sandbox"  # noqa: S105 (of a stand-in)
TOKEN: Final = "arm-token-of-the-sandbox"  # noqa: S105 (of a stand-in)
"""What requests are authorized with."""
SUBSCRIPTION: Final = "11111111-2222-3333-4444-555555555555"
GROUP: Final = "shop-production"
RESOURCE: Final = "/subscriptions/{subscription}/resourceGroups/{group}/providers/{namespace}/{kind}/{name}"
_VERSION: Final = re.compile(r"\d{4}-\d\d-\d\d(-preview)?")


class AzureServer(ContractServer):
    """Azure Resource Manager with one resource, and the authority that grants tokens for it."""

    KIND: ClassVar[str]
    """The resource's type: `Microsoft.Sql/servers`."""

    NAME: ClassVar[str] = "orders"
    """The resource's name."""

    LOOKS: ClassVar[int] = 2
    """How many looks at an operation it takes until it has ended."""

    def __init__(self) -> None:
        super().__init__()
        self._operations: dict[str, int] = {}
        self._numbers = itertools.count(1)
        self._is_there = True
        self.failing_operation: Mapping[str, str] | None = None
        """The error the next operation ends with, if it is to fail."""

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "ARM_CLIENT_ID": _CLIENT,
            "ARM_TENANT_ID": _TENANT,
            "ARM_CLIENT_SECRET": _SECRET,
            "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_RESOURCE_MANAGER_ENDPOINT": self.url,
        }

    def remove_list(self) -> None:
        """Delete the resource."""
        self._is_there = False

    def writes(self) -> list[str]:
        """Return the requests that change something; asking for a token does not."""
        return [each for each in super().writes() if not each.endswith("/token")]

    def authenticate(self, request: Request) -> None:
        """Take the token; the authority takes everybody's requests."""
        if request.path.endswith("/oauth2/v2.0/token"):
            return
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            raise refusal(401, "InvalidAuthenticationToken", "The access token is invalid.")
        if not _VERSION.fullmatch(request.query.get("api-version", "")):
            raise refusal(
                400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required."
            )

    def not_found(self, request: Request) -> Answer:
        """Answer as Azure does."""
        return refusal(404, "InvalidResourceType", f"The resource type could not be found: {request.path}")

    @route("POST", "/{tenant}/oauth2/v2.0/token")
    def grant_token(self, request: Request, tenant: str) -> Answer:
        """Grant a token to the service principal."""
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        good = {
            "grant_type": "client_credentials",
            "client_id": _CLIENT,
            "client_secret": _SECRET,
            "scope": "https://management.azure.com/.default",
        }
        if form != good or tenant != _TENANT:
            trace = "Trace ID: 0\r\nCorrelation ID: 0"
            said = f"AADSTS7000215: Invalid client secret provided.\r\n{trace}"
            return Answer(401, {"error": "invalid_client", "error_description": said})
        return Answer(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN})

    @route("GET", "/subscriptions/{subscription}/operations/{operation}")
    def get_operation(self, _: Request, subscription: str, operation: str) -> Answer:
        """Say how far an operation is; each look brings it nearer to its end."""
        if subscription != SUBSCRIPTION or operation not in self._operations:
            raise refusal(404, "OperationNotFound", f"The operation {operation} was not found.")
        self._operations[operation] -= 1
        if self._operations[operation] > 0:
            return Answer(200, {"name": operation, "status": "InProgress"}, {"Retry-After": "0"})
        error, self.failing_operation = self.failing_operation, None
        if error is not None:
            return Answer(200, {"name": operation, "status": "Failed", "error": dict(error)})
        return Answer(200, {"name": operation, "status": "Succeeded"})

    @route("GET", "/subscriptions/{subscription}/operationResults/{operation}")
    def get_result(self, request: Request, subscription: str, operation: str) -> Answer:
        """Say with the status alone how far an operation is, and return the resource at its end."""
        content = self.get_operation(request, subscription, operation).body
        if content["status"] == "InProgress":
            return Answer(202, None, {"Retry-After": "0"})
        return Answer(400, {"error": content["error"]}) if "error" in content else Answer(200, self.resource())

    def resource(self) -> dict[str, Any]:
        """Return the resource as Azure writes it."""
        return {"id": self.path, "name": self.NAME, "type": self.KIND}

    def is_busy(self) -> bool:
        """Say whether an operation is under way."""
        return any(left > 0 for left in self._operations.values())

    def time_passes(self) -> None:
        """Bring operations nearer to their end that nobody looks at."""
        self._operations = {name: left - 1 for name, left in self._operations.items()}

    def started(self, *, by_location: bool = False) -> Mapping[str, str]:
        """Start an operation, and return the headers that say where to look."""
        operation = f"operation-{next(self._numbers)}"
        self._operations[operation] = self.LOOKS
        what, name = ("operationResults", "Location") if by_location else ("operations", "Azure-AsyncOperation")
        where = f"{self.url}/subscriptions/{SUBSCRIPTION}/{what}/{operation}?api-version=2025-08-01"
        return {name: where, "Retry-After": "0"}

    def expect(self, place: Mapping[str, str]) -> None:
        """Refuse the path of another resource than the one there is."""
        named = f"{place['namespace']}/{place['kind']}/{place['name']}"
        if place["subscription"] != SUBSCRIPTION:
            raise refusal(404, "SubscriptionNotFound", f"The subscription '{place['subscription']}' was not found.")
        if unquote(place["group"]) != GROUP:
            raise refusal(404, "ResourceGroupNotFound", f"Resource group '{place['group']}' could not be found.")
        if named != f"{self.KIND}/{self.NAME}" or not self._is_there:
            raise refusal(404, "ResourceNotFound", f"The Resource '{named}' under resource group was not found.")

    @property
    def path(self) -> str:
        """The resource's id."""
        return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}/providers/{self.KIND}/{self.NAME}"


class FirewallServer(AzureServer):
    """A database server with firewall rules.

    Rules are there from the start: one of somebody's office, one of all Azure services, and a range that is no CIDR.
    """

    locators: ClassVar[Mapping[str, str]] = {
        "subscription_id": SUBSCRIPTION,
        "resource_group": GROUP,
        "server_name": AzureServer.NAME,
    }

    IS_SYNCHRONOUS: ClassVar[bool] = False
    """Whether changes are carried out before they are answered."""

    PER_PAGE: ClassVar[int] = 100

    def __init__(self) -> None:
        super().__init__()
        self._rules: dict[str, tuple[str, str]] = {
            "office": ("198.51.100.7", "198.51.100.7"),
            "AllowAllWindowsAzureIps": ("0.0.0.0", "0.0.0.0"),  # noqa: S104 (Azure's mark)
            "vpn": ("198.51.100.20", "198.51.100.29"),
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule as the portal does."""
        network = ipaddress.IPv4Network(cidr)
        name = re.sub("[^A-Za-z0-9]+", "-", f"{note} {cidr}")
        self._rules[name] = (str(network.network_address), str(network.broadcast_address))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule as the portal does."""
        del self._rules[next(name for name, range_ in self._rules.items() if _cidr(range_) == cidr)]

    def clear_by_hand(self) -> None:
        """Remove every rule."""
        self._rules.clear()

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy([self._as_json(name) for name in self._rules])

    def cidrs(self) -> set[str]:
        """Return the ranges that are exactly one CIDR."""
        return {cidr for range_ in self._rules.values() if (cidr := _cidr(range_)) is not None}

    @route("GET", f"{RESOURCE}/firewallRules")
    def list_rules(self, request: Request, **place: str) -> Answer:
        """Return a page of the rules."""
        self.expect(place)
        self.time_passes()
        start = int(request.query.get("$skiptoken", "0"))
        names = [*self._rules][start : start + self.PER_PAGE]
        following = {}
        if start + self.PER_PAGE < len(self._rules):
            query = f"api-version={request.query['api-version']}&$skiptoken={start + self.PER_PAGE}"
            following = {"nextLink": f"{self.url}{self.path}/firewallRules?{query}"}
        return Answer(200, {"value": [self._as_json(name) for name in names], **following})

    @route("GET", f"{RESOURCE}/firewallRules/{{rule}}")
    def get_rule(self, _: Request, rule: str, **place: str) -> Answer:
        """Return one rule."""
        self.expect(place)
        if unquote(rule) not in self._rules:
            raise refusal(404, "ResourceNotFound", f"The requested resource of type firewallRules '{rule}' not found.")
        return Answer(200, self._as_json(unquote(rule)))

    @route("PUT", f"{RESOURCE}/firewallRules/{{rule}}")
    def put_rule(self, request: Request, rule: str, **place: str) -> Answer:
        """Make or replace a rule."""
        self.expect(place)
        self._refuse_while_busy()
        name, content = unquote(rule), request.json
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}", name):
            raise refusal(400, "InvalidResourceName", f"The resource name '{name}' is not valid.")
        refuse_unknown(content, ("properties", "name", "id", "type"), _unknown)
        properties = content["properties"]
        refuse_unknown(properties, ("startIpAddress", "endIpAddress"), _unknown)
        try:
            first, last = (ipaddress.IPv4Address(properties[end]) for end in ("startIpAddress", "endIpAddress"))
        except (KeyError, ValueError):
            raise refusal(400, "InvalidParameterValue", "Invalid value given for parameter startIpAddress.") from None
        if first > last:
            raise refusal(400, "InvalidFirewallRule", "The start IP address must not be above the end IP address.")
        existed = name in self._rules
        self._rules[name] = (str(first), str(last))
        if self.IS_SYNCHRONOUS:
            return Answer(200 if existed else 201, self._as_json(name))
        return Answer(202, None, self.started())

    @route("DELETE", f"{RESOURCE}/firewallRules/{{rule}}")
    def delete_rule(self, _: Request, rule: str, **place: str) -> Answer:
        """Delete a rule; one that is not there is as good as deleted."""
        self.expect(place)
        self._refuse_while_busy()
        if self._rules.pop(unquote(rule), None) is None:
            return Answer(204)
        return Answer(200) if self.IS_SYNCHRONOUS else Answer(202, None, self.started())

    def _refuse_while_busy(self) -> None:
        if self.is_busy():
            raise refusal(
                409, "ServerIsBusy", f"Cannot complete operation, as server '{self.NAME}' is busy. Try again later."
            )

    def _as_json(self, name: str) -> dict[str, Any]:
        first, last = self._rules[name]
        return {
            "id": f"{self.path}/firewallRules/{name}",
            "name": name,
            "type": f"{self.KIND}/firewallRules",
            "properties": {"startIpAddress": first, "endIpAddress": last},
        }


def refusal(status: int, code: str, message: str) -> Answer:
    """Return an error as Azure Resource Manager writes it."""
    return Answer(status, {"error": {"code": code, "message": message}})


def _unknown(name: str) -> Answer:
    return refusal(400, "InvalidRequestContent", f"Could not find member '{name}' on object of type 'FirewallRule'.")


def _cidr(range_: tuple[str, str]) -> str | None:
    if range_[0] == "0.0.0.0" and range_[1] == "0.0.0.0":  # noqa: S104 (Azure's mark)
        return None
    networks = [*ipaddress.summarize_address_range(*map(ipaddress.IPv4Address, range_))]
    return str(networks[0]) if len(networks) == 1 else None
