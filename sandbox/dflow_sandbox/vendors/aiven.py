"""Aiven's API v1, as far as a service's IP filter needs it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOKEN: Final = "aiven-token-of-the-sandbox"  # noqa: S105 (opens nothing)
_PROJECT: Final = "shop-production"
_SERVICE: Final = "orders-pg"
_REDACTED: Final = "<redacted>"
_FIELDS: Final = ("user_config", "plan", "cloud", "powered", "maintenance", "termination_protection", "tags")
_MOST_ITEMS: Final = 8000


class AivenServer(ContractServer):
    """One service. After a change it is being rebuilt for two looks; it takes changes all the while."""

    POLLED: ClassVar[str] = r".*"
    locators: ClassVar[Mapping[str, str]] = {"project": _PROJECT, "service_name": _SERVICE}
    ADDRESSES: ClassVar[Sequence[str]] = ("203.0.113.1/32", "2001:db8::2/128", "203.0.113.3/32", "203.0.113.4/32")

    def __init__(self) -> None:
        super().__init__()
        self.state = "RUNNING"
        self.user_config: dict[str, Any] = {
            "pg_version": "17",
            "admin_password": "never-shown",
            "ip_filter": [
                "198.51.100.7",
                {"network": "198.51.100.128/25", "description": "office, do not touch"},
                {"network": "2001:DB8:FFFF::/48"},
            ],
        }
        self._looks_left = 0
        self._is_gone = False

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"AIVEN_TOKEN": _TOKEN, "AIVEN_WEB_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a network as the console does."""
        self._items().append({"network": cidr, "description": note})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a network as the console does."""
        self._items().remove(next(item for item in self._items() if _cidr(item) == cidr))

    def remove_list(self) -> None:
        """Delete the service."""
        self._is_gone = True

    def listed(self) -> list[Any]:
        """Return the items."""
        return copy.deepcopy(self._items())

    def cidrs(self) -> set[str]:
        """Return the networks in CIDR form."""
        return {_cidr(item) for item in self._items()}

    # ---- the API

    def authenticate(self, request: Request) -> None:
        """Take the one token there is."""
        if request.headers.get("authorization") != f"aivenv1 {_TOKEN}":
            raise _refusal(403, "Invalid token")

    def not_found(self, _: Request) -> Answer:
        """Answer as Aiven does."""
        return _refusal(404, "Not found")

    @route("GET", "/v1/project/{project}/service/{service}")
    def get_service(self, _: Request, project: str, service: str) -> Answer:
        """Return the service, its secrets redacted."""
        self._find(project, service)
        self._looks_left = max(0, self._looks_left - 1)
        return Answer(200, {"service": self._shown()})

    @route("PUT", "/v1/project/{project}/service/{service}")
    def update_service(self, request: Request, project: str, service: str) -> Answer:
        """Replace the keys of the configuration that are given."""
        self._find(project, service)
        content = request.json
        refuse_unknown(content, _FIELDS, _unknown)
        config = content.get("user_config", {})
        refuse_unknown(config, ("ip_filter", "pg_version", "admin_password"), _unknown)
        if _REDACTED in config.values():
            raise _refusal(400, "Invalid 'user_config': value is redacted")
        if "ip_filter" in config:
            _check(config["ip_filter"])
        self.user_config.update(copy.deepcopy(config))
        self._looks_left = 3
        return Answer(200, {"service": self._shown()})

    @route("GET", "/v1/project/{project}/kms/ca")
    def get_project_ca(self, _: Request, project: str) -> Answer:
        """Return the certificates of the project's authority."""
        if project != _PROJECT:
            raise _refusal(403, "Not a project member")
        return Answer(200, {"certificate": self.authority})

    # ---- behind it

    def _shown(self) -> dict[str, Any]:
        config = copy.deepcopy(self.user_config)
        config["admin_password"] = _REDACTED
        return {
            "service_name": _SERVICE,
            "service_type": "pg",
            "state": "REBUILDING" if self._looks_left else self.state,
            "plan": "startup-4",
            "user_config": config,
        }

    def _find(self, project: str, service: str) -> None:
        if project != _PROJECT:
            raise _refusal(403, "Not a project member")
        if self._is_gone or service != _SERVICE:
            raise _refusal(404, "Service does not exist")

    def _items(self) -> list[Any]:
        items: list[Any] = self.user_config["ip_filter"]
        return items


def _cidr(item: Any) -> str:
    return str(ipaddress.ip_network(item if isinstance(item, str) else item["network"]))


def _check(items: Any) -> None:
    if not isinstance(items, list) or len(items) > _MOST_ITEMS:
        raise _refusal(400, f"Invalid 'user_config': ip_filter takes at most {_MOST_ITEMS} items")
    for item in items:
        if isinstance(item, dict):
            refuse_unknown(item, ("network", "description"), _unknown)
            if len(item.get("description", "")) > 1024:
                raise _refusal(400, "Invalid 'user_config': description is longer than 1024 characters")
        try:
            ipaddress.ip_network(item if isinstance(item, str) else item["network"])
        except (KeyError, TypeError, ValueError):
            raise _refusal(400, f"Invalid 'user_config': {item!r} is not a valid network") from None


def _unknown(field: str) -> Answer:
    return _refusal(400, f"Additional properties are not allowed ('{field}' was unexpected)")


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"message": message, "errors": [{"message": message, "status": status}]})


SERVER = AivenServer
