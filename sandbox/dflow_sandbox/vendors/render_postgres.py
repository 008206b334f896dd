"""Render's API v1, as far as a Postgres database's inbound IP rules need it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY: Final = "rnd_key_of_the_sandbox"
_UPDATABLE: Final = ("name", "plan", "diskSizeGB", "enableHighAvailability", "ipAllowList", "readReplicas")
_ENTRY: Final = ("cidrBlock", "description")


class RenderPostgresServer(ContractServer):
    """One database."""

    locators: ClassVar[Mapping[str, str]] = {"postgres_id": "dpg-cq1m2n3p4q5r6s7t8u9v-a"}

    def __init__(self) -> None:
        super().__init__()
        self.rules: list[dict[str, Any]] = [
            {"cidrBlock": "198.51.100.7/32", "description": "Büro, 3. Stock (nicht löschen)"},
            {"cidrBlock": "198.51.100.128/25", "description": ""},
        ]
        self.settings: dict[str, Any] = {"name": "orders", "plan": "basic_1gb", "diskSizeGB": 15}
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"RENDER_API_KEY": _KEY, "RENDER_HOST": f"{self.url}/v1/"}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule as the dashboard does."""
        self.rules.append({"cidrBlock": cidr, "description": note})

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule as the dashboard does."""
        self.rules = [rule for rule in self.rules if rule["cidrBlock"] != cidr]

    def remove_list(self) -> None:
        """Delete the database."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self.rules)

    def cidrs(self) -> set[str]:
        """Return the CIDRs of the rules."""
        return {rule["cidrBlock"] for rule in self.rules}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("authorization") != f"Bearer {_KEY}":
            raise _refusal(401, "Unauthorized")

    def not_found(self, request: Request) -> Answer:
        """Answer as Render does."""
        return _refusal(404, f"not found: {request.path}")

    @route("GET", "/v1/postgres/{postgres}")
    def retrieve_postgres(self, _: Request, postgres: str) -> Answer:
        """Return the database."""
        return Answer(200, self._show(postgres))

    @route("PATCH", "/v1/postgres/{postgres}")
    def update_postgres(self, request: Request, postgres: str) -> Answer:
        """Change what is given."""
        self._show(postgres)
        refuse_unknown(request.json, _UPDATABLE, lambda field: _refusal(400, f"unknown field {field}"))
        for name, value in request.json.items():
            if name != "ipAllowList":
                self.settings[name] = value
                continue
            for rule in value:
                _check(rule)
            self.rules = copy.deepcopy(value)
        return Answer(200, self._show(postgres))

    def _show(self, postgres: str) -> dict[str, Any]:
        if not self._is_there or postgres != self.locators["postgres_id"]:
            raise _refusal(404, f"postgres {postgres} not found")
        return {
            "id": postgres,
            "status": "available",
            "region": "frankfurt",
            "version": "17",
            "ipAllowList": copy.deepcopy(self.rules),
            **self.settings,
        }


def _check(rule: dict[str, Any]) -> None:
    refuse_unknown(rule, _ENTRY, lambda field: _refusal(400, f"unknown field ipAllowList.{field}"))
    if any(not isinstance(rule.get(name), str) for name in _ENTRY):
        raise _refusal(400, "cidrBlock and description are required")
    try:
        ipaddress.IPv4Network(rule["cidrBlock"] if "/" in rule["cidrBlock"] else "")
    except ValueError:
        raise _refusal(400, f"invalid CIDR block {rule['cidrBlock']}") from None


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"id": "req-sandbox", "message": message})


SERVER = RenderPostgresServer
