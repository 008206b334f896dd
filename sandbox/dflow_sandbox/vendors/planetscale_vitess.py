"""PlanetScale's API v1, as far as the addresses of a Vitess branch's password need it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN_ID: Final = "planetscale-token-id"  # noqa: S105 (opens nothing but this stand-in)
_TOKEN: Final = "pscale_tkn_of_the_sandbox"  # noqa: S105
_PATH: Final = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/passwords/{password}"


class PlanetScaleVitessServer(ContractServer):
    """One password of one branch."""

    locators: ClassVar[Mapping[str, str]] = {
        "organization": "shop",
        "database_name": "orders",
        "branch": "main",
        "password_id": "kx3yd9wz2mqa",
    }

    def __init__(self) -> None:
        super().__init__()
        self.password: dict[str, Any] = {
            "id": self.locators["password_id"],
            "name": "orders of the shop",
            "role": "readwriter",
            "cidrs": ["198.51.100.7", "192.0.2.0/24"],
            "created_at": "2026-11-01T08:00:00.000Z",
            "deleted_at": None,
            "expires_at": None,
            "expired": False,
            "username": "u9d3k2",
            "access_host_url": "aws.connect.psdb.cloud",
        }

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "PLANETSCALE_SERVICE_TOKEN_ID": _TOKEN_ID,
            "PLANETSCALE_SERVICE_TOKEN": _TOKEN,
            "PLANETSCALE_SERVER_URL": f"{self.url}/v1",
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add an address as the console does."""
        self.password["cidrs"] = [*(self.password["cidrs"] or ()), cidr]

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the console does."""
        wanted = ipaddress.IPv4Network(cidr)
        self.password["cidrs"] = [text for text in self.password["cidrs"] if ipaddress.IPv4Network(text) != wanted]

    def remove_list(self) -> None:
        """Delete the password; PlanetScale still shows it, with the moment."""
        self.password["deleted_at"] = "2026-11-22T08:00:00.000Z"

    def listed(self) -> list[Any]:
        """Return the addresses."""
        return list(self.password["cidrs"] or ())

    def cidrs(self) -> set[str]:
        """Return the addresses in CIDR form."""
        return {str(ipaddress.IPv4Network(text)) for text in self.listed()}

    def authenticate(self, request: Request) -> None:
        """Take the one service token there is."""
        if request.headers.get("authorization") != f"{_TOKEN_ID}:{_TOKEN}":
            raise _refusal(401, "unauthorized", "Service token is invalid or missing")

    def not_found(self, request: Request) -> Answer:  # noqa: ARG002 (PlanetScale does not say what)
        """Answer as PlanetScale does."""
        return _refusal(404, "not_found", "Not Found")

    @route("GET", _PATH)
    def get_password(self, _: Request, organization: str, database: str, branch: str, password: str) -> Answer:
        """Return the password, without its secret."""
        self._check(organization, database, branch, password)
        return Answer(200, copy.deepcopy(self.password))

    @route("PATCH", _PATH)
    def update_password(self, request: Request, organization: str, database: str, branch: str, password: str) -> Answer:
        """Replace what is given."""
        self._check(organization, database, branch, password)
        content = request.json
        refuse_unknown(content, ("name", "cidrs"), lambda field: _refusal(422, "unprocessable", f"{field} is unknown"))
        for text in content.get("cidrs", ()):
            try:
                ipaddress.IPv4Network(text)
            except ValueError:
                raise _refusal(422, "unprocessable", f"{text} is not a valid IP address or range") from None
        self.password.update(content)
        return Answer(200, copy.deepcopy(self.password))

    def _check(self, *names: str) -> None:
        if names != tuple(self.locators.values()):
            raise _refusal(404, "not_found", "Not Found")


def _refusal(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"code": code, "message": message})


SERVER = PlanetScaleVitessServer
