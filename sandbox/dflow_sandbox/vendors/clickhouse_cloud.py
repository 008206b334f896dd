"""ClickHouse Cloud's API v1, as far as a service's IP access list needs it."""

from __future__ import annotations

import base64
import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "clickhouse-key-of-the-sandbox"
_SECRET: Final = "clickhouse-secret-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_SERVICE: Final = "/v1/organizations/{organization}/services/{service}"
_UPDATABLE: Final = ("name", "ipAccessList", "privateEndpointIds", "releaseChannel", "tags")


class ClickHouseServer(ContractServer):
    """One service. What a delta removes has to be named with its description; what it adds must not be there."""

    locators: ClassVar[Mapping[str, str]] = {
        "organization_id": "5a1b0c4e-7f2d-4c55-9d4a-0e6b8c1d2f30",
        "service_id": "c0ffee00-1234-4abc-8def-0123456789ab",
    }

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[dict[str, Any]] = [
            {"source": "198.51.100.7", "description": "office"},
            {"source": "192.0.2.0/24", "description": ""},
        ]
        self.state = "running"
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "CLICKHOUSE_CLOUD_API_KEY": _KEY,
            "CLICKHOUSE_CLOUD_API_SECRET": _SECRET,
            "CLICKHOUSE_API_URL": f"{self.url}/v1",
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an entry as the console does."""
        self.entries.append({"source": cidr, "description": note})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an entry as the console does."""
        self.entries = [entry for entry in self.entries if _network(entry["source"]) != _network(cidr)]

    def remove_list(self) -> None:
        """Delete the service."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return copy.deepcopy(self.entries)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form."""
        return {str(_network(entry["source"])) for entry in self.entries}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        expected = base64.b64encode(f"{_KEY}:{_SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            raise _refusal(401, "UNAUTHORIZED: Invalid API key")

    def not_found(self, request: Request) -> Answer:
        """Answer as ClickHouse Cloud does."""
        return _refusal(404, f"NOT_FOUND: {request.path}")

    @route("GET", _SERVICE)
    def get_service(self, _: Request, organization: str, service: str) -> Answer:
        """Return the service."""
        return self._service(organization, service)

    @route("PATCH", _SERVICE)
    def update_service(self, request: Request, organization: str, service: str) -> Answer:
        """Change what is given; of the list, remove first and add then."""
        self._service(organization, service)
        content = request.json
        refuse_unknown(content, _UPDATABLE, _unknown)
        delta = content.get("ipAccessList", {})
        if not isinstance(delta, dict):
            raise _refusal(400, "BAD_REQUEST: ipAccessList must be an object with add and remove")
        refuse_unknown(delta, ("add", "remove"), _unknown)
        for entry in (*delta.get("add", ()), *delta.get("remove", ())):
            _check(entry)
        entries = [entry for entry in self.entries if entry not in delta.get("remove", ())]
        listed = {_network(entry["source"]) for entry in entries}
        for entry in delta.get("add", ()):
            network = _network(entry["source"])
            if network in listed:
                raise _refusal(400, f"BAD_REQUEST: duplicate source in ipAccessList: {entry['source']}")
            listed.add(network)
            entries.append(copy.deepcopy(entry))
        self.entries = entries
        return self._service(organization, service)

    def _service(self, organization: str, service: str) -> Answer:
        if (organization, service) != tuple(self.locators.values()) or not self._is_there:
            raise _refusal(404, "NOT_FOUND: Service not found")
        return Answer(
            200,
            {
                "status": 200,
                "requestId": "00000000-0000-4000-8000-000000000000",
                "result": {
                    "id": service,
                    "name": "orders",
                    "state": self.state,
                    "endpoints": [{"protocol": "nativesecure", "host": "orders.clickhouse.cloud", "port": 9440}],
                    "ipAccessList": copy.deepcopy(self.entries),
                },
            },
        )


def _network(source: str) -> ipaddress.IPv4Network:
    return ipaddress.IPv4Network(source)


def _check(entry: Any) -> None:
    refuse_unknown(entry, ("source", "description"), _unknown)
    for field in ("source", "description"):
        if not isinstance(entry.get(field), str):
            raise _refusal(400, f"BAD_REQUEST: ipAccessList.{field} is required")
    try:
        _network(entry["source"])
    except ValueError:
        raise _refusal(400, f"BAD_REQUEST: invalid IP address or CIDR: {entry['source']}") from None


def _unknown(field: str) -> Answer:
    return _refusal(400, f"BAD_REQUEST: unknown property {field}")


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"status": status, "error": message})


SERVER = ClickHouseServer
