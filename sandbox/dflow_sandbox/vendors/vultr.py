"""Vultr's API v2, as far as a managed database's trusted sources need it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "vultr-api-key-of-the-sandbox"
_UPDATABLE: Final = ("label", "tag", "plan", "vpc_id", "trusted_ips", "maintenance_dow", "maintenance_time")


class VultrServer(ContractServer):
    """One database."""

    locators: ClassVar[Mapping[str, str]] = {"database_id": "43b4c774-5dff-4ac0-a01f-78a23c2205b5"}

    def __init__(self) -> None:
        super().__init__()
        self.trusted: list[str] | None = ["198.51.100.7", "198.51.100.128/25"]
        """The list; nothing if it was never set."""
        self.settings: dict[str, Any] = {"label": "orders", "tag": "shop", "plan": "vultr-dbaas-startup-cc-1-55-2"}
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"VULTR_API_KEY": _KEY, "VULTR_API_URL": f"{self.url}/v2"}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add an address as the console does."""
        self.trusted = [*self.listed(), cidr.removesuffix("/32")]

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the console does."""
        self.trusted = [text for text in self.listed() if str(ipaddress.ip_network(text)) != cidr]

    def remove_list(self) -> None:
        """Delete the database."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return list(self.trusted or ())

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form."""
        return {str(ipaddress.ip_network(text)) for text in self.listed()}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("authorization") != f"Bearer {_KEY}":
            raise _refusal(401, "Invalid API token.")

    def not_found(self, request: Request) -> Answer:
        """Answer as Vultr does."""
        return _refusal(404, f"Invalid endpoint: {request.path}")

    @route("GET", "/v2/databases/{database}")
    def get_database(self, _: Request, database: str) -> Answer:
        """Return the database."""
        return Answer(200, {"database": self._show(database)})

    @route("PUT", "/v2/databases/{database}")
    def update_database(self, request: Request, database: str) -> Answer:
        """Change what is given."""
        self._show(database)
        refuse_unknown(request.json, _UPDATABLE, lambda field: _refusal(400, f"Unknown parameter: {field}"))
        for text in request.json.get("trusted_ips", ()):
            _check(text)
        for name, value in request.json.items():
            if name == "trusted_ips":
                self.trusted = list(value)
            else:
                self.settings[name] = value
        return Answer(202, {"database": self._show(database)})

    def _show(self, database: str) -> dict[str, Any]:
        if not self._is_there or database != self.locators["database_id"]:
            raise _refusal(404, "Invalid database ID.")
        return {
            "id": database,
            "status": "Running",
            "database_engine": "pg",
            "host": "vultr-prod-orders.vultrdb.com",
            "port": "16751",
            "ca_certificate": self.authority,
            "trusted_ips": self.trusted if self.trusted is None else list(self.trusted),
            **self.settings,
        }


def _check(text: str) -> None:
    try:
        ipaddress.IPv4Network(text)
    except ValueError:
        raise _refusal(400, f"Invalid trusted IP: {text}") from None


def _refusal(status: int, error: str) -> Answer:
    return Answer(status, {"error": error, "status": status})


SERVER = VultrServer
