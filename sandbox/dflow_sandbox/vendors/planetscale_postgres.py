"""PlanetScale's API v1, as far as the IP restrictions of a Postgres database need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN_ID: Final = "planetscale-token-id"  # noqa: S105 (opens nothing but this stand-in)
_TOKEN: Final = "pscale_tkn_of_the_sandbox"  # noqa: S105
_CIDRS: Final = "/v1/organizations/{organization}/databases/{database}/cidrs"
_FIELDS: Final = ("cidrs", "description", "role", "schema")
_LARGEST_PAGE: Final = 100
_DEFAULT_PAGE: Final = 25


class PlanetScalePostgresServer(ContractServer):
    """One database, with rules of one address or more."""

    locators: ClassVar[Mapping[str, str]] = {"organization": "shop", "database_name": "orders"}

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self.rules: list[dict[str, Any]] = [
            self._rule({"cidrs": ["198.51.100.7/32"], "description": "office"}),
            self._rule({"cidrs": ["192.0.2.0/24"], "role": "reporting", "schema": "public"}),
        ]
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {
            "PLANETSCALE_SERVICE_TOKEN_ID": _TOKEN_ID,
            "PLANETSCALE_SERVICE_TOKEN": _TOKEN,
            "PLANETSCALE_SERVER_URL": f"{self.url}/v1",
        }

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule as the console does."""
        self.rules.append(self._rule({"cidrs": [cidr], "description": note}))

    def remove_by_hand(self, cidr: str) -> None:
        """Take an address out of the rules that have it; a rule that is left without one goes."""
        for rule in self.rules:
            rule["cidrs"] = [text for text in rule["cidrs"] if text != cidr]
        self.rules = [rule for rule in self.rules if rule["cidrs"]]

    def remove_list(self) -> None:
        """Delete the database."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self.rules)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges of all rules."""
        return {text for rule in self.rules for text in rule["cidrs"]}

    def authenticate(self, request: Request) -> None:
        """Take the one service token there is."""
        if request.headers.get("authorization") != f"{_TOKEN_ID}:{_TOKEN}":
            raise _refusal(401, "unauthorized", "Service token is invalid or missing")

    def not_found(self, request: Request) -> Answer:  # noqa: ARG002 (PlanetScale does not say what)
        """Answer as PlanetScale does."""
        return _refusal(404, "not_found", "Not Found")

    @route("GET", _CIDRS)
    def list_rules(self, request: Request, organization: str, database: str) -> Answer:
        """Return one page of the rules."""
        self._check(organization, database)
        size = min(int(request.query.get("per_page", _DEFAULT_PAGE)), _LARGEST_PAGE)
        page = int(request.query.get("page", 1))
        last = page * size >= len(self.rules)
        return Answer(
            200,
            {
                "type": "list",
                "current_page": page,
                "next_page": None if last else page + 1,
                "prev_page": page - 1 or None,
                "data": copy.deepcopy(self.rules[(page - 1) * size : page * size]),
            },
        )

    @route("POST", _CIDRS)
    def create_rule(self, request: Request, organization: str, database: str) -> Answer:
        """Add a rule."""
        self._check(organization, database)
        content = _content(request)
        if not content.get("cidrs"):
            raise _refusal(422, "unprocessable", "Cidrs must contain at least one valid IPv4 address or range")
        rule = self._rule(content)
        self.rules.append(rule)
        return Answer(201, copy.deepcopy(rule))

    @route("PATCH", f"{_CIDRS}/{{rule}}")
    def update_rule(self, request: Request, organization: str, database: str, rule: str) -> Answer:
        """Replace what is given of a rule."""
        self._check(organization, database)
        found = self._find(rule)
        content = _content(request)
        if "cidrs" in content and not content["cidrs"]:
            raise _refusal(422, "unprocessable", "Cidrs must contain at least one valid IPv4 address or range")
        found.update(content)
        return Answer(200, copy.deepcopy(found))

    @route("DELETE", f"{_CIDRS}/{{rule}}")
    def delete_rule(self, _: Request, organization: str, database: str, rule: str) -> Answer:
        """Remove a rule from all branches."""
        self._check(organization, database)
        self.rules.remove(self._find(rule))
        return Answer(204)

    def _rule(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": f"rule{next(self._numbers):08}",
            "type": "PostgresCidr",
            "schema": content.get("schema", ""),
            "role": content.get("role", ""),
            "cidrs": list(content["cidrs"]),
            "description": content.get("description"),
            "created_at": "2026-11-01T08:00:00.000Z",
            "deleted_at": None,
        }

    def _find(self, rule: str) -> dict[str, Any]:
        for found in self.rules:
            if found["id"] == rule:
                return found
        raise _refusal(404, "not_found", "Not Found")

    def _check(self, organization: str, database: str) -> None:
        if (organization, database) != tuple(self.locators.values()) or not self._is_there:
            raise _refusal(404, "not_found", "Not Found")


def _content(request: Request) -> dict[str, Any]:
    content: dict[str, Any] = request.json
    refuse_unknown(content, _FIELDS, lambda field: _refusal(422, "unprocessable", f"{field} is not permitted"))
    for text in content.get("cidrs", ()):
        try:
            ipaddress.IPv4Network(text)
        except ValueError:
            raise _refusal(422, "unprocessable", f"{text} is not a valid IPv4 address or range") from None
    return content


def _refusal(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"code": code, "message": message})


SERVER = PlanetScalePostgresServer
