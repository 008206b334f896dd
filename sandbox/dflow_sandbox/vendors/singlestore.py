"""SingleStore's management API v1, as far as a workspace group's firewall ranges need it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "singlestore-api-key-of-the-sandbox"
_UPDATABLE: Final = ("name", "firewallRanges", "allowAllTraffic", "expiresAt", "adminPassword", "updateWindow")


class SingleStoreServer(ContractServer):
    """One workspace group. What is written shows at the second look, sorted; `0.0.0.0/0` makes the list vanish."""

    POLLED: ClassVar[str] = r".*"
    locators: ClassVar[Mapping[str, str]] = {"workspace_group_id": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}

    def __init__(self) -> None:
        super().__init__()
        self.ranges = ["198.51.100.0/24", "198.51.100.7/32"]
        self.allows_all = False
        """Whether everybody gets in; there is no list then."""
        self.state = "ACTIVE"
        self._is_there = True
        self._shown = list(self.ranges)
        self._looks_until_shown = 0

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"SINGLESTOREDB_API_KEY": _KEY, "SINGLESTOREDB_MANAGEMENT_BASE_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add a range as the portal does."""
        self._set([*self.ranges, cidr])

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a range as the portal does."""
        self._set([text for text in self.ranges if text != cidr])

    def open_by_hand(self) -> None:
        """Let in everybody by ranges; the one range that is everybody would turn into a setting."""
        self._set([*self.ranges, "0.0.0.0/1", "128.0.0.0/1"])

    def remove_list(self) -> None:
        """Delete the workspace group."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return list(self.ranges)

    def cidrs(self) -> set[str]:
        """Return what is on the list."""
        return set(self.ranges)

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("authorization") != f"Bearer {_KEY}":
            raise Answer(401, {"message": "unauthorized"})

    @route("GET", "/v1/workspaceGroups/{group}")
    def get_group(self, _: Request, group: str) -> Answer:
        """Return the workspace group; the list is left out where all traffic is allowed."""
        self._find(group)
        self._looks_until_shown = max(0, self._looks_until_shown - 1)
        if not self._looks_until_shown:
            self._shown = sorted(self.ranges)
        content = {"workspaceGroupID": group, "name": "orders", "state": self.state, "allowAllTraffic": self.allows_all}
        return Answer(200, content if self.allows_all else {**content, "firewallRanges": list(self._shown)})

    @route("PATCH", "/v1/workspaceGroups/{group}")
    def update_group(self, request: Request, group: str) -> Answer:
        """Change what is given."""
        self._find(group)
        refuse_unknown(request.json, _UPDATABLE, lambda field: _refusal(f'json: unknown field "{field}"'))
        if "firewallRanges" in request.json:
            for text in request.json["firewallRanges"]:
                _check(text)
            self.allows_all = "0.0.0.0/0" in request.json["firewallRanges"]
            self.ranges = [] if self.allows_all else sorted(request.json["firewallRanges"])
            self._looks_until_shown = 2
        return Answer(200, {"workspaceGroupID": group})

    def _set(self, ranges: list[str]) -> None:
        self.ranges = sorted(ranges)
        self._shown = list(self.ranges)

    def _find(self, group: str) -> None:
        if not self._is_there or group != self.locators["workspace_group_id"]:
            raise Answer(404, {"message": "workspace group not found"})


def _check(text: str) -> None:
    try:
        ipaddress.IPv4Network(text if "/" in text else "")
    except ValueError:
        raise _refusal(f"invalid firewall range {text!r}: want an IPv4 CIDR") from None


def _refusal(message: str) -> Answer:
    return Answer(400, {"message": message})


SERVER = SingleStoreServer
