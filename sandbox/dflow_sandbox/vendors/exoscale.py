"""Exoscale's API v2, as far as a DBaaS service's IP filter needs it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import itertools
import re
import time
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "EXO0123456789abcdef01234567"
_SECRET: Final = "exoscale-api-secret-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_SIGNED: Final = re.compile(
    r"EXO2-HMAC-SHA256 credential=(?P<key>[^,]+),expires=(?P<expires>[0-9]+),signature=(?P<signature>[^,]+)"
)
_UPDATABLE: Final = ("ip-filter", "plan", "maintenance", "termination-protection", "backup-schedule", "pg-settings")


class ExoscaleServer(ContractServer):
    """One PostgreSQL service. A change is an operation that takes two looks; signatures are checked."""

    locators: ClassVar[Mapping[str, str]] = {"zone": "de-fra-1", "type": "pg", "name": "orders"}

    def __init__(self) -> None:
        super().__init__()
        self.ip_filter: list[str] | None = ["198.51.100.7/32", "198.51.100.128/25"]
        """The list; nothing if it was never set."""
        self.ends_as: dict[str, str] = {"state": "success"}
        """How the next operation ends; a failure changes nothing."""
        self._operations: dict[str, list[dict[str, str]]] = {}
        self._numbers = itertools.count(1)
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "EXOSCALE_API_KEY": _KEY,
            "EXOSCALE_API_SECRET": _SECRET,
            "EXOSCALE_API_ENDPOINT": f"{self.url}/v2",
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add a CIDR as the portal does."""
        self.ip_filter = [*self.listed(), cidr]

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a CIDR as the portal does."""
        self.ip_filter = [text for text in self.listed() if text != cidr]

    def remove_list(self) -> None:
        """Delete the service."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return list(self.ip_filter or ())

    def cidrs(self) -> set[str]:
        """Return what is on the list."""
        return set(self.listed())

    def authenticate(self, request: Request) -> None:
        """Take what the one key there is has signed, for as long as it says."""
        signed = _SIGNED.fullmatch(request.headers.get("authorization", ""))
        if signed is None or signed["key"] != _KEY or int(signed["expires"]) <= time.time():
            raise _refusal(403, "Invalid credentials")
        message = b"%s %s\n%s\n\n\n%s" % (
            request.method.encode(),
            request.path.encode(),
            request.body,
            signed["expires"].encode(),
        )
        good = base64.b64encode(hmac.new(_SECRET.encode(), message, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(good, signed["signature"]):
            raise _refusal(403, "Invalid request signature")

    @route("GET", "/v2/dbaas-postgres/{name}")
    def get_service(self, _: Request, name: str) -> Answer:
        """Return the service."""
        self._find(name)
        content: dict[str, Any] = {"name": name, "type": "pg", "plan": "startup-4", "state": "running", "version": "17"}
        if self.ip_filter is not None:
            content["ip-filter"] = list(self.ip_filter)
        return Answer(200, content)

    @route("GET", "/v2/dbaas-ca-certificate")
    def get_authority(self, _: Request) -> Answer:
        """Return the certificate of the account's authority in the zone."""
        return Answer(200, {"certificate": self.authority})

    @route("PUT", "/v2/dbaas-postgres/{name}")
    def update_service(self, request: Request, name: str) -> Answer:
        """Change what is given."""
        self._find(name)
        refuse_unknown(request.json, _UPDATABLE, lambda field: _refusal(400, f"extraneous key [{field}]"))
        end, self.ends_as = self.ends_as, {"state": "success"}
        if "ip-filter" in request.json:
            for text in request.json["ip-filter"]:
                _check(text)
            if end["state"] == "success":
                self.ip_filter = list(request.json["ip-filter"])
        operation = f"0f3c1d52-0000-4000-8000-{next(self._numbers):012d}"
        self._operations[operation] = [{"state": "pending"}, end]
        return Answer(200, {"id": operation, "state": "pending", "reference": {"link": request.path}})

    @route("GET", "/v2/operation/{operation}")
    def get_operation(self, _: Request, operation: str) -> Answer:
        """Say how far an operation is; each look brings it nearer to its end."""
        if operation not in self._operations:
            raise _refusal(404, "Operation not found")
        looks = self._operations[operation]
        return Answer(200, {"id": operation, **(looks.pop(0) if len(looks) > 1 else looks[0])})

    def _find(self, name: str) -> None:
        if not self._is_there or name != self.locators["name"]:
            raise _refusal(404, "Service not found")


def _check(text: str) -> None:
    try:
        ipaddress.IPv4Network(text if "/" in text else "")
    except ValueError:
        raise _refusal(400, f"invalid CIDR: {text}") from None


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"message": message})


SERVER = ExoscaleServer
