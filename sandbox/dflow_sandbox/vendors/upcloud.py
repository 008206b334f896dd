"""UpCloud's API 1.3, as far as a managed database's IP filter needs it."""

from __future__ import annotations

import base64
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_USER: Final = "sandbox"
_PASSWORD: Final = "upcloud-password-of-the-sandbox"  # noqa: S105 (opens nothing but this stand-in)
_TOKEN: Final = "ucat_token_of_the_sandbox"  # noqa: S105 (the same)
_UPDATABLE: Final = ("hostname_prefix", "maintenance", "plan", "powered", "properties", "title", "zone")
_PROPERTIES: Final = ("automatic_utility_network_ip_filter", "ip_filter", "public_access", "version", "timezone")


class UpCloudServer(ContractServer):
    """One PostgreSQL service. A change leaves it pending for one look; an address becomes a range of one."""

    POLLED: ClassVar[str] = r".*"
    locators: ClassVar[Mapping[str, str]] = {"service_id": "09d8d7e3-1c9b-4a6d-9c1e-5b6f0a7c2d31"}
    TOKEN: ClassVar[str] = _TOKEN
    """Is taken instead of user name and password."""

    def __init__(self) -> None:
        super().__init__()
        self.properties: dict[str, Any] = {
            "automatic_utility_network_ip_filter": True,
            "ip_filter": ["198.51.100.7/32", "198.51.100.128/25"],
            "public_access": True,
            "timezone": "Europe/Helsinki",
        }
        self.settled_as = "running"
        """The state after a change."""
        self._looks_pending = 0
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "UPCLOUD_USERNAME": _USER,
            "UPCLOUD_PASSWORD": _PASSWORD,
            "UPCLOUD_DEBUG_API_BASE_URL": self.url,
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add an address as the control panel does."""
        self.properties["ip_filter"].append(cidr)

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the control panel does."""
        self.properties["ip_filter"].remove(cidr)

    def remove_list(self) -> None:
        """Delete the service."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return list(self.properties["ip_filter"])

    def cidrs(self) -> set[str]:
        """Return what is on the list."""
        return set(self.properties["ip_filter"])

    def authenticate(self, request: Request) -> None:
        """Take the one user there is, or the token."""
        user = base64.b64encode(f"{_USER}:{_PASSWORD}".encode()).decode()
        if request.headers.get("authorization") not in {f"Basic {user}", f"Bearer {_TOKEN}"}:
            raise _problem(401, "AUTHENTICATION_FAILED", "Authentication failed using the given username and password.")

    def not_found(self, request: Request) -> Answer:
        """Answer as UpCloud does."""
        return _problem(404, "NOT_FOUND", f"The requested path {request.path} does not exist.")

    @route("GET", "/1.3/database/{service}")
    def get_service(self, _: Request, service: str) -> Answer:
        """Return the service; each look brings a change nearer to its end."""
        self._find(service)
        state = "pending" if self._looks_pending else self.settled_as
        self._looks_pending = max(0, self._looks_pending - 1)
        return Answer(200, self._show(service, state))

    @route("PATCH", "/1.3/database/{service}")
    def modify_service(self, request: Request, service: str) -> Answer:
        """Change what is given; properties that are not given stay."""
        self._find(service)
        properties = request.json.get("properties", {})
        wrong = [(name, "Unknown parameter.") for name in request.json if name not in _UPDATABLE]
        wrong += [(f"properties.{name}", "Unknown property.") for name in properties if name not in _PROPERTIES]
        given = properties.get("ip_filter", self.properties["ip_filter"])
        wrong += [(f"properties.ip_filter.{at}", why) for at, text in enumerate(given) if (why := _wrong(text))]
        if wrong:
            raise _problem(400, "INVALID_REQUEST", "Validation error.", wrong)
        self.properties |= {**properties, "ip_filter": [str(ipaddress.ip_network(text)) for text in given]}
        self._looks_pending = 1
        return Answer(200, self._show(service, "pending"))

    def _show(self, service: str, state: str) -> dict[str, Any]:
        return {
            "uuid": service,
            "name": "orders",
            "type": "pg",
            "zone": "de-fra1",
            "state": state,
            "properties": {**self.properties, "ip_filter": list(self.properties["ip_filter"])},
        }

    def _find(self, service: str) -> None:
        if not self._is_there or service != self.locators["service_id"]:
            raise _problem(404, "SERVICE_NOT_FOUND", "The service does not exist.")


def _wrong(text: str) -> str | None:
    try:
        ipaddress.IPv4Network(text)
    except ValueError:
        return f"{text} is not a valid IPv4 address or CIDR."
    return None


def _problem(status: int, kind: str, title: str, wrong: list[tuple[str, str]] | None = None) -> Answer:
    content: dict[str, Any] = {
        "type": f"https://developers.upcloud.com/1.3/errors#ERROR_{kind}",
        "title": title,
        "status": status,
        "correlation_id": "01HZZZZZZZZZZZZZZZZZZZZZZZ",
    }
    if wrong:
        content["invalid_params"] = [{"name": name, "reason": reason} for name, reason in wrong]
    return Answer(status, content)


SERVER = UpCloudServer
