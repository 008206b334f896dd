"""Supabase's Management API, as far as a project's network restrictions need it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOKEN: Final = "sbp_0123456789abcdef0123456789abcdef01234567"  # noqa: S105 (opens nothing)
_REF: Final = "abcdefghijklmnopqrst"
_IPV4, _IPV6 = "dbAllowedCidrs", "dbAllowedCidrsV6"


class SupabaseServer(ContractServer):
    """One project. A change is stored at once and applied at the second look.

    GET and PATCH answer in different shapes, as the real ones do.
    """

    POLLED: ClassVar[str] = r".*"
    locators: ClassVar[Mapping[str, str]] = {"project_ref": _REF}
    ADDRESSES: ClassVar[Sequence[str]] = ("203.0.113.1/32", "2001:db8::2/128", "203.0.113.3/32", "2001:db8::4/128")

    def __init__(self) -> None:
        super().__init__()
        self.entitlement = "allowed"
        self.config: dict[str, list[str]] = {
            _IPV4: ["198.51.100.7/32", "198.51.100.128/25"],
            _IPV6: ["2001:0db8:ffff::/48"],
        }
        self._old_config: dict[str, list[str]] | None = None
        self._looks_left = 0
        self._is_gone = False

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"SUPABASE_ACCESS_TOKEN": _TOKEN, "SUPABASE_API_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:  # noqa: ARG002 (no notes here)
        """Add a range as the dashboard does."""
        self.config[_family(cidr)].append(cidr)

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a range as the dashboard does."""
        kept = self.config[_family(cidr)]
        kept.remove(next(text for text in kept if str(ipaddress.ip_network(text)) == cidr))

    def remove_list(self) -> None:
        """Delete the project."""
        self._is_gone = True

    def listed(self) -> list[Any]:
        """Return the ranges, IPv4 first."""
        return [*self.config[_IPV4], *self.config[_IPV6]]

    def cidrs(self) -> set[str]:
        """Return the ranges."""
        return {str(ipaddress.ip_network(text)) for text in self.listed()}

    # ---- the API

    def authenticate(self, request: Request) -> None:
        """Take the one token there is."""
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _refusal(401, "Unauthorized")

    def not_found(self, request: Request) -> Answer:
        """Answer as Supabase does."""
        return _refusal(404, f"Cannot {request.method} {request.path}")

    @route("GET", "/v1/projects/{ref}/network-restrictions")
    def get_restrictions(self, _: Request, ref: str) -> Answer:
        """Return the lists as they were asked for last, and whether they are in force."""
        self._find(ref)
        self._looks_left = max(0, self._looks_left - 1)
        status = "stored" if self._looks_left or not self.listed() else "applied"
        return self._restrictions(
            200, {"config": copy.deepcopy(self.config), "old_config": self._old_config, "status": status}
        )

    @route("PATCH", "/v1/projects/{ref}/network-restrictions")
    def patch_restrictions(self, request: Request, ref: str) -> Answer:
        """Add and remove ranges."""
        self._find(ref)
        content = request.json
        refuse_unknown(content, ("add", "remove"), _unknown)
        if self.entitlement != "allowed":
            raise _refusal(403, "Network restrictions are not available on this plan")
        for lists in content.values():
            refuse_unknown(lists, (_IPV4, _IPV6), _unknown)
            for name, texts in lists.items():
                for text in texts:
                    _check(name, text)
        self._old_config, self._looks_left = copy.deepcopy(self.config), 2
        for name in (_IPV4, _IPV6):
            going = content.get("remove", {}).get(name, [])
            kept = [text for text in self.config[name] if text not in going]
            new = [text for text in content.get("add", {}).get(name, []) if text not in kept]
            self.config[name] = [*kept, *new]
        typed = [
            {"address": text, "type": "v4" if name == _IPV4 else "v6"}
            for name in (_IPV4, _IPV6)
            for text in self.config[name]
        ]
        return self._restrictions(200, {"config": {_IPV4: typed}, "old_config": self._old_config, "status": "stored"})

    # ---- behind it

    def _restrictions(self, status: int, content: dict[str, Any]) -> Answer:
        limits = {"x-ratelimit-limit": "120", "x-ratelimit-remaining": "119", "x-ratelimit-reset": "60"}
        return Answer(status, {"entitlement": self.entitlement, **content}, limits)

    def _find(self, ref: str) -> None:
        if self._is_gone:
            raise _refusal(400, "Resource has been removed")
        if ref != _REF:
            raise _refusal(404, "Project not found")


def _family(cidr: str) -> str:
    return _IPV6 if ":" in cidr else _IPV4


def _check(name: str, text: str) -> None:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise _refusal(400, f"{name}: Invalid CIDR {text}") from None
    if "/" not in text or _family(text) != name:
        raise _refusal(400, f"{name}: Invalid CIDR {text}")
    if network.version == 4 and any(
        network.subnet_of(ipaddress.IPv4Network(block)) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
    ):
        raise _refusal(400, f"{name}: private IP provided: {text}")


def _unknown(field: str) -> Answer:
    return _refusal(400, f"property {field} should not exist")


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"message": message})


SERVER = SupabaseServer
