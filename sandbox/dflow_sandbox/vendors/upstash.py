"""Upstash's developer API v2, as far as a Redis database's IP allowlist needs it."""

from __future__ import annotations

import base64
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_EMAIL: Final = "sandbox@example.com"
_KEY: Final = "upstash-api-key-of-the-sandbox"


class UpstashServer(ContractServer):
    """One database. Errors are JSON strings; a list that was never set, or is empty, is null."""

    locators: ClassVar[Mapping[str, str]] = {"database_id": "93e3a3e1-53b1-4f8c-9d2e-7a0c5b6d1e2f"}

    def __init__(self) -> None:
        super().__init__()
        self.allowed: list[str] = ["198.51.100.7", "198.51.100.128/25"]
        self.is_free = False
        """Whether the database is on the free plan, which has no allowlist."""
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"UPSTASH_EMAIL": _EMAIL, "UPSTASH_API_KEY": _KEY, "UPSTASH_API_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add an address as the console does."""
        self.allowed.append(cidr.removesuffix("/32"))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the console does."""
        self.allowed = [text for text in self.allowed if str(ipaddress.ip_network(text)) != cidr]

    def remove_list(self) -> None:
        """Delete the database."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return list(self.allowed)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form."""
        return {str(ipaddress.ip_network(text)) for text in self.allowed}

    def authenticate(self, request: Request) -> None:
        """Take the one account there is."""
        expected = base64.b64encode(f"{_EMAIL}:{_KEY}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            raise Answer(401, "Unauthorized")

    def not_found(self, request: Request) -> Answer:
        """Answer as Upstash does."""
        return Answer(404, f"no such route: {request.path}")

    @route("GET", "/v2/redis/database/{database}")
    def get_database(self, _: Request, database: str) -> Answer:
        """Return the database."""
        self._find(database)
        return Answer(
            200,
            {
                "database_id": database,
                "database_name": "orders",
                "state": "active",
                "endpoint": "eager-otter-12345.upstash.io",
                "port": 6379,
                "tls": True,
                "allowed_ip_ranges": list(self.allowed) or None,
            },
        )

    @route("POST", "/v2/redis/update-allowlist/{database}")
    def update_allowlist(self, request: Request, database: str) -> Answer:
        """Replace the list."""
        self._find(database)
        refuse_unknown(request.json, ("allowed_ips",), lambda field: Answer(400, f"unknown field: {field}"))
        if self.is_free:
            raise Answer(400, "IP allowlist is not available on the free plan")
        for text in request.json["allowed_ips"]:
            _check(text)
        self.allowed = list(request.json["allowed_ips"])
        return Answer(200, "OK")

    def _find(self, database: str) -> None:
        if not self._is_there or database != self.locators["database_id"]:
            raise Answer(404, "database not found")


def _check(text: str) -> None:
    try:
        ipaddress.IPv4Network(text)
    except ValueError:
        raise Answer(400, f"invalid IP address: {text}") from None


SERVER = UpstashServer
