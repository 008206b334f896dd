"""Neon's API v2, as far as a project's IP Allow list needs it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "neon-api-key-of-the-sandbox"
_DASH: Final = re.compile(r"(?P<first>[0-9.]+)-(?P<last>[0-9.]+)")
_ALLOWED_IPS: Final = ("ips", "protected_branches_only")


class NeonServer(ContractServer):
    """One project. A change starts an operation that takes two looks, and until then other changes are locked out."""

    locators: ClassVar[Mapping[str, str]] = {"project_id": "quiet-river-12345678"}

    def __init__(self) -> None:
        super().__init__()
        self.settings: dict[str, Any] = {"allowed_ips": {"ips": ["198.51.100.7"], "protected_branches_only": True}}
        self._is_there = True
        self._operations: dict[str, int] = {}
        self._numbers = itertools.count(1)

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"NEON_API_KEY": _KEY, "NEON_API_HOST": f"{self.url}/api/v2"}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add an address as the console does."""
        self._ips().append(cidr.removesuffix("/32"))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the console does."""
        self._ips().remove(cidr.removesuffix("/32"))

    def remove_list(self) -> None:
        """Delete the project."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return copy.copy(self._ips())

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form; ranges with a dash are left out."""
        return {str(ipaddress.ip_network(text)) for text in self._ips() if "-" not in text}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("authorization") != f"Bearer {_KEY}":
            raise _refusal(401, "", "authorization header is missing or the token is invalid")

    def not_found(self, request: Request) -> Answer:
        """Answer as Neon does."""
        return _refusal(404, "", f"the requested endpoint could not be found: {request.path}")

    @route("GET", "/api/v2/projects/{project}")
    def get_project(self, _: Request, project: str) -> Answer:
        """Return the project; operations go on meanwhile."""
        self._operations = {name: left - 1 for name, left in self._operations.items()}
        return Answer(200, {"project": self._project(project)})

    @route("PATCH", "/api/v2/projects/{project}")
    def update_project(self, request: Request, project: str) -> Answer:
        """Replace what of the settings is given."""
        self._project(project)
        if any(left > 0 for left in self._operations.values()):
            raise _refusal(423, "", "project already has running operations, scheduling of new ones is prohibited")
        content = request.json
        refuse_unknown(content, ("project",), _unknown)
        refuse_unknown(content["project"], ("settings", "name", "history_retention_seconds"), _unknown)
        settings = content["project"].get("settings", {})
        refuse_unknown(
            settings, ("allowed_ips", "quota", "block_public_connections", "block_vpc_connections"), _unknown
        )
        if "allowed_ips" in settings:
            refuse_unknown(settings["allowed_ips"], _ALLOWED_IPS, _unknown)
            for text in settings["allowed_ips"].get("ips", []):
                _check(text)
            self.settings["allowed_ips"] = copy.deepcopy(settings["allowed_ips"])
        operation = f"operation-{next(self._numbers)}"
        self._operations[operation] = 2
        return Answer(
            200,
            {
                "project": self._project(project),
                "operations": [{"id": operation, "project_id": project, "status": "running"}],
            },
        )

    @route("GET", "/api/v2/projects/{project}/operations/{operation}")
    def get_operation(self, _: Request, project: str, operation: str) -> Answer:
        """Say how far an operation is; each look brings it nearer to its end."""
        self._project(project)
        if operation not in self._operations:
            raise _refusal(404, "", "operation not found")
        self._operations[operation] -= 1
        status = "running" if self._operations[operation] > 0 else "finished"
        return Answer(200, {"operation": {"id": operation, "project_id": project, "status": status}})

    def _ips(self) -> list[str]:
        ips: list[str] = self.settings.setdefault("allowed_ips", {"ips": [], "protected_branches_only": False})["ips"]
        return ips

    def _project(self, project: str) -> dict[str, Any]:
        if project != self.locators["project_id"] or not self._is_there:
            raise _refusal(404, "", "project not found")
        return {"id": project, "name": "orders", "pg_version": 17, "settings": copy.deepcopy(self.settings)}


def _check(text: str) -> None:
    dashed = _DASH.fullmatch(text)
    try:
        if dashed is not None:
            ipaddress.IPv4Address(dashed["first"])
            ipaddress.IPv4Address(dashed["last"])
        else:
            ipaddress.IPv4Network(text)
    except ValueError:
        raise _refusal(400, "", f"invalid IP address or range: {text}") from None


def _unknown(field: str) -> Answer:
    return _refusal(400, "", f"unknown field: {field}")


def _refusal(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"request_id": "00000000-0000-4000-8000-000000000000", "code": code, "message": message})


SERVER = NeonServer
