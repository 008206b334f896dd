"""Linode's API v4, as far as a Managed Database's allow list needs it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.authority import in_base64
from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN: Final = "linode-token-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_DATABASE: Final = "/v4/databases/{engine}/instances/{database}"
_UPDATABLE: Final = ("allow_list", "cluster_size", "label", "private_network", "type", "updates", "version")


class LinodeServer(ContractServer):
    """One database. A change of its list leaves it updating until the second look; the same list changes nothing."""

    POLLED: ClassVar[str] = r".*"
    locators: ClassVar[Mapping[str, str]] = {"engine": "postgresql", "database_id": "123456"}

    def __init__(self) -> None:
        super().__init__()
        self.allow_list = ["198.51.100.7/32", "192.0.2.0/24"]
        self.events: list[str] = []
        self.looks_until_active = 0
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"LINODE_TOKEN": _TOKEN, "LINODE_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add an address as the Cloud Manager does."""
        self.allow_list.append(cidr)

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the Cloud Manager does."""
        self.allow_list.remove(cidr)

    def remove_list(self) -> None:
        """Delete the database."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return copy.copy(self.allow_list)

    def cidrs(self) -> set[str]:
        """Return what is on the list."""
        return set(self.allow_list)

    def authenticate(self, request: Request) -> None:
        """Take the one token there is."""
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _refusal(401, "Invalid Token")

    def not_found(self, request: Request) -> Answer:  # noqa: ARG002 (Linode does not say what)
        """Answer as Linode does."""
        return _refusal(404, "Not found")

    @route("GET", _DATABASE)
    def get_database(self, _: Request, engine: str, database: str) -> Answer:
        """Return the database; each look brings it nearer to active."""
        answer = self._database(engine, database)
        self.looks_until_active -= 1
        return answer

    @route("GET", f"{_DATABASE}/ssl")
    def get_ssl(self, _: Request, engine: str, database: str) -> Answer:
        """Return the certificate of the database's authority."""
        self._database(engine, database)
        return Answer(200, {"ca_certificate": in_base64(self.authority)})

    @route("PUT", _DATABASE)
    def update_database(self, request: Request, engine: str, database: str) -> Answer:
        """Change what is given; single addresses get a prefix length."""
        self._database(engine, database)
        if self.looks_until_active > 0:
            raise _refusal(400, "The database is not in an active state")
        content = request.json
        refuse_unknown(content, _UPDATABLE, lambda field: _refusal(400, f"{field} is not a field", field))
        if "allow_list" in content:
            wanted = [_normal(text) for text in content["allow_list"]]
            if wanted != self.allow_list:
                self.allow_list = wanted
                self.events.append("database_update")
                self.looks_until_active = 1
        return self._database(engine, database)

    def _database(self, engine: str, database: str) -> Answer:
        if (engine, database) != tuple(self.locators.values()) or not self._is_there:
            raise _refusal(404, "Not found")
        return Answer(
            200,
            {
                "id": int(database),
                "label": "orders",
                "engine": engine,
                "version": "16.4",
                "status": "updating" if self.looks_until_active > 0 else "active",
                "allow_list": copy.copy(self.allow_list),
                "port": 5432,
                "ssl_connection": True,
                "hosts": {"primary": "orders.g2a.akamaidb.net", "standby": None},
            },
        )


def _normal(text: Any) -> str:
    try:
        return str(ipaddress.IPv4Network(text))
    except ValueError:
        raise _refusal(400, f"{text} is not a valid IPv4 address or range", "allow_list") from None


def _refusal(status: int, reason: str, field: str | None = None) -> Answer:
    return Answer(status, {"errors": [{"reason": reason, **({"field": field} if field else {})}]})


SERVER = LinodeServer
