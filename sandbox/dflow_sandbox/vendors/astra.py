"""DataStax Astra's DevOps API v2, as far as a database's access list needs it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN: Final = "AstraCS:token:of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_ENTRY: Final = ("address", "enabled", "description")


class AstraServer(ContractServer):
    """One database. A removal without an address empties the list, and one of several removes only the first."""

    locators: ClassVar[Mapping[str, str]] = {"database_id": "8c1d6a52-3f0e-4b7a-9d2c-51e6f7a8b9c0"}

    def __init__(self) -> None:
        super().__init__()
        self.addresses = [
            _entry("198.51.100.7", "Büro, 3. Stock"),
            _entry("198.51.100.128/25", ""),
            {**_entry("198.51.100.99/32", "old office"), "enabled": False},
        ]
        self.is_enforced = True
        """Whether the list is switched on."""
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"ASTRA_API_TOKEN": _TOKEN, "ASTRA_API_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an address as the portal does."""
        self.addresses.append(_entry(cidr, note))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the portal does."""
        self.addresses = [each for each in self.addresses if _cidr(each) != cidr]

    def clear_by_hand(self) -> None:
        """Remove every entry, the one that is switched off too."""
        self.addresses = []

    def remove_list(self) -> None:
        """Delete the database."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the entries."""
        return copy.deepcopy(self.addresses)

    def cidrs(self) -> set[str]:
        """Return what is let in, in CIDR form."""
        return {_cidr(each) for each in self.addresses if each["enabled"]}

    def authenticate(self, request: Request) -> None:
        """Take the one token there is."""
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _refusal(401, "authorization token is invalid")

    @route("GET", "/v2/databases/{database}/access-list")
    def get_access_list(self, _: Request, database: str) -> Answer:
        """Return the list."""
        self._find(database)
        return Answer(
            200,
            {
                "databaseId": database,
                "organizationId": "0b9c1e2d-0000-4000-8000-000000000000",
                "addresses": self.listed(),
                "configurations": {"accessListEnabled": self.is_enforced},
            },
        )

    @route("POST", "/v2/databases/{database}/access-list")
    def add_addresses(self, request: Request, database: str) -> Answer:
        """Add the entries of an array, all of them or none."""
        self._find(database)
        if not isinstance(request.json, list):
            raise _refusal(400, "the body has to be an array of addresses")
        here = {_cidr(each) for each in self.addresses}
        for entry in request.json:
            _check(entry)
            if _cidr(entry) in here:
                raise _refusal(400, f"address {entry['address']} already exists")
        self.addresses += [_entry(each["address"], each["description"], each["enabled"]) for each in request.json]
        return Answer(204)

    @route("DELETE", "/v2/databases/{database}/access-list")
    def delete_addresses(self, request: Request, database: str) -> Answer:
        """Remove the first of the given addresses; all there are, if none is given."""
        self._find(database)
        if not request.query.get("addresses"):
            self.addresses = []
            return Answer(204)
        address = request.query["addresses"].partition(",")[0]
        if address not in {each["address"] for each in self.addresses}:
            raise _refusal(404, f"address {address} not found")
        self.addresses = [each for each in self.addresses if each["address"] != address]
        return Answer(204)

    def _find(self, database: str) -> None:
        if not self._is_there or database != self.locators["database_id"]:
            raise _refusal(404, "database not found")


def _entry(address: str, description: str, enabled: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 (as in the API)
    return {
        "address": address,
        "enabled": enabled,
        "description": description,
        "lastUpdateDateTime": "2026-11-22T09:00:00Z",
    }


def _cidr(entry: dict[str, Any]) -> str:
    return str(ipaddress.ip_network(entry["address"]))


def _check(entry: dict[str, Any]) -> None:
    refuse_unknown(entry, _ENTRY, lambda field: _refusal(400, f"unknown field {field}"))
    for field in _ENTRY:
        if field not in entry:
            raise _refusal(400, f"{field} is required")
    try:
        ipaddress.IPv4Network(entry["address"])
    except ValueError:
        raise _refusal(400, f"{entry['address']} is not a valid IPv4 address or CIDR") from None


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"errors": [{"ID": 2000000 + status, "message": message}]})


SERVER = AstraServer
