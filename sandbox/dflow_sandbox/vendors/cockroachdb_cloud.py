"""CockroachDB Cloud's API, as far as a cluster's IP allowlist needs it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "CCDB1_key_of_the_sandbox"
_FIELDS: Final = ("cidr_ip", "cidr_mask", "name", "sql", "ui")
_LIST: Final = "/api/v1/clusters/{cluster}/networking/allowlist"
_INVALID, _EXISTS, _NOT_FOUND, _UNAUTHENTICATED = 3, 6, 5, 16
_LOOKS: Final = 2


class CockroachServer(ContractServer):
    """One cluster. A change takes two looks at the list until it has propagated."""

    locators: ClassVar[Mapping[str, str]] = {"cluster_id": "35c4abb2-bb66-46d7-afed-25ebef5ed2aa"}

    def __init__(self) -> None:
        super().__init__()
        self._entries = [
            _made("198.51.100.7/32", "office", ui=True),
            {**_made("198.51.100.9/32", "grafana", ui=True), "sql": False},
            _made("198.51.100.64/26", ""),
        ]
        self._looks_left = 0
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"COCKROACH_API_KEY": _KEY, "COCKROACH_SERVER": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an entry as the console does."""
        self._add(_made(cidr, note))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an entry as the console does."""
        self._entries = [each for each in self._entries if _cidr(each) != cidr]

    def remove_list(self) -> None:
        """Delete the cluster."""
        self._is_there = False

    def clear_by_hand(self) -> None:
        """Remove every entry."""
        self._entries.clear()

    def listed(self) -> list[Any]:
        """Return what is on the list."""
        return copy.deepcopy(self._entries)

    def cidrs(self) -> set[str]:
        """Return the addresses that are let in to SQL."""
        return {_cidr(each) for each in self._entries if each["sql"]}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is; certificates are for everybody."""
        if request.path.endswith("/cert"):
            return
        if request.headers.get("authorization") != f"Bearer {_KEY}":
            raise _refusal(401, _UNAUTHENTICATED, "invalid credentials")

    def not_found(self, request: Request) -> Answer:
        """Answer as the API does."""
        return _refusal(404, _NOT_FOUND, f"Not Found: {request.path}")

    @route("GET", _LIST)
    def list_entries(self, request: Request, cluster: str) -> Answer:
        """Return a page of the list, and whether it is in force everywhere."""
        self._expect(cluster)
        size, start = int(request.query.get("pagination.limit", "100")), int(request.query.get("pagination.page", "0"))
        propagating = self._looks_left > 0
        self._looks_left = max(0, self._looks_left - 1)
        following = {"next_page": str(start + size)} if start + size < len(self._entries) else {}
        shown = copy.deepcopy(self._entries[start : start + size])
        return Answer(200, {"allowlist": shown, "propagating": propagating, "pagination": following})

    @route("GET", "/clusters/{cluster}/cert")
    def get_certificate(self, _: Request, cluster: str) -> Answer:
        """Return the certificate of the cluster's authority, to everybody."""
        self._expect(cluster)
        return Answer(200, self.authority.encode(), {"Content-Type": "application/x-pem-file"})

    @route("POST", _LIST)
    def add_entry(self, request: Request, cluster: str) -> Answer:
        """Add an entry; an address has one."""
        self._expect(cluster)
        content = self._checked(request, _FIELDS)
        try:
            ipaddress.IPv4Network(_cidr(content))
        except (KeyError, ValueError):
            raise _refusal(400, _INVALID, "invalid CIDR address") from None
        if any(_cidr(each) == _cidr(content) for each in self._entries):
            raise _refusal(409, _EXISTS, f"allowlist entry {_cidr(content)} already exists")
        self._add({"name": "", **content})
        return Answer(200, content)

    @route("PATCH", f"{_LIST}/{{address}}/{{length}}")
    def change_entry(self, request: Request, cluster: str, address: str, length: str) -> Answer:
        """Give an entry another name, and say what it lets in to."""
        self._expect(cluster)
        entry = self._found(address, length)
        entry.update(self._checked(request, _FIELDS[2:]))
        self._looks_left = _LOOKS
        return Answer(200, entry)

    @route("DELETE", f"{_LIST}/{{address}}/{{length}}")
    def remove_entry(self, _: Request, cluster: str, address: str, length: str) -> Answer:
        """Remove an entry."""
        self._expect(cluster)
        entry = self._found(address, length)
        self._entries.remove(entry)
        self._looks_left = _LOOKS
        return Answer(200, entry)

    def _expect(self, cluster: str) -> None:
        if cluster != self.locators["cluster_id"] or not self._is_there:
            raise _refusal(404, _NOT_FOUND, "cluster not found")

    def _checked(self, request: Request, fields: tuple[str, ...]) -> dict[str, Any]:
        content: dict[str, Any] = request.json
        refuse_unknown(content, fields, lambda name: _refusal(400, _INVALID, f'unknown field "{name}"'))
        for name in fields:
            kind = {"cidr_mask": int, "sql": bool, "ui": bool}.get(name, str)
            if name != "name" and not isinstance(content.get(name), kind):
                raise _refusal(400, _INVALID, f"{name} is required")
        return content

    def _found(self, address: str, length: str) -> dict[str, Any]:
        found = next((each for each in self._entries if _cidr(each) == f"{address}/{length}"), None)
        if found is None:
            raise _refusal(404, _NOT_FOUND, "allowlist entry not found")
        return found

    def _add(self, entry: dict[str, Any]) -> None:
        self._entries = sorted([*self._entries, entry], key=lambda each: ipaddress.IPv4Network(_cidr(each)))
        self._looks_left = _LOOKS


def _made(cidr: str, name: str, *, ui: bool = False) -> dict[str, Any]:
    address, _, length = cidr.partition("/")
    return {"cidr_ip": address, "cidr_mask": int(length), "name": name, "sql": True, "ui": ui}


def _cidr(entry: Mapping[str, Any]) -> str:
    return f"{entry['cidr_ip']}/{entry['cidr_mask']}"


def _refusal(status: int, code: int, message: str) -> Answer:
    return Answer(status, {"code": code, "message": message, "details": []})


SERVER = CockroachServer
