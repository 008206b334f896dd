"""DigitalOcean's API v2, as far as a database cluster's trusted sources need it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.authority import in_base64
from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN: Final = "dop_v1_token-of-the-sandbox"  # noqa: S105 (opens nothing)
_CLUSTER: Final = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"
_FIELDS: Final = ("uuid", "cluster_uuid", "type", "value", "description", "created_at")
_TYPES: Final = ("droplet", "k8s", "ip_addr", "tag", "app")
_MOST_RULES: Final = 100


class DigitalOceanServer(ContractServer):
    """One cluster, with rules of every type from the start. Changes take effect at once."""

    locators: ClassVar[Mapping[str, str]] = {"cluster_id": _CLUSTER}

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self._is_gone = False
        self.rules: list[dict[str, Any]] = [
            self._complete({"type": "app", "value": "a6c1b8a4-9d2c-4b5e-8f5e-2d6f1d0e7c11"}),
            self._complete({"type": "ip_addr", "value": "198.51.100.7", "description": "office, do not touch"}),
            self._complete({"type": "ip_addr", "value": "198.51.100.128/25"}),
            self._complete({"type": "k8s", "value": "ff2a6c52-5a44-4b63-b99c-0e98e7a63d61", "description": ""}),
            self._complete({"type": "tag", "value": "backend"}),
        ]

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"DIGITALOCEAN_TOKEN": _TOKEN, "DIGITALOCEAN_API_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add an address as the control panel does."""
        rule = {"type": "ip_addr", "value": cidr.removesuffix("/32"), "description": note}
        self.rules.append(self._complete(rule))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove an address as the control panel does."""
        self.rules.remove(next(rule for rule in self._addresses() if rule["value"] in {cidr, cidr[:-3]}))

    def clear_by_hand(self) -> None:
        """Remove every rule, whatever its type."""
        self.rules.clear()

    def remove_list(self) -> None:
        """Destroy the cluster."""
        self._is_gone = True

    def erase_descriptions(self) -> None:
        """Write the rules back as doctl does: it knows no descriptions."""
        for rule in self.rules:
            rule.pop("description", None)

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self.rules)

    def cidrs(self) -> set[str]:
        """Return the addresses and ranges in CIDR form."""
        return {str(ipaddress.ip_network(rule["value"])) for rule in self._addresses()}

    # ---- the API

    def authenticate(self, request: Request) -> None:
        """Take the one token there is."""
        if request.headers.get("authorization") != f"Bearer {_TOKEN}":
            raise _refusal(401, "unauthorized", "Unable to authenticate you")

    def not_found(self, _: Request) -> Answer:
        """Answer as DigitalOcean does."""
        return _refusal(404, "not_found", "The resource you requested could not be found.")

    @route("GET", "/v2/databases/{cluster}/firewall")
    def get_rules(self, request: Request, cluster: str) -> Answer:
        """Return the rules."""
        self._find(request, cluster)
        return Answer(200, {"rules": self.listed()})

    @route("PUT", "/v2/databases/{cluster}/firewall")
    def put_rules(self, request: Request, cluster: str) -> Answer:
        """Replace the rules; those that come with the uuid of one that is there stay that one."""
        self._find(request, cluster)
        content = request.json
        refuse_unknown(content, ("rules",), _unknown)
        if not isinstance(content.get("rules"), list):
            raise _refusal(422, "unprocessable_entity", "rules is missing")
        if len(content["rules"]) > _MOST_RULES:
            raise _refusal(422, "unprocessable_entity", f"a cluster has at most {_MOST_RULES} firewall rules")
        known = {rule["uuid"] for rule in self.rules}
        for rule in content["rules"]:
            _check(rule, known)
        self.rules = [self._complete(rule) for rule in content["rules"]]
        return Answer(204)

    @route("GET", "/v2/databases/{cluster}/ca")
    def get_ca(self, request: Request, cluster: str) -> Answer:
        """Return the certificate of the cluster's authority."""
        self._find(request, cluster)
        return Answer(200, {"ca": {"certificate": in_base64(self.authority)}})

    # ---- behind it

    def _find(self, request: Request, cluster: str) -> None:
        if self._is_gone or cluster != _CLUSTER:
            raise self.not_found(request)

    def _addresses(self) -> list[dict[str, Any]]:
        return [rule for rule in self.rules if rule["type"] == "ip_addr"]

    def _complete(self, rule: dict[str, Any]) -> dict[str, Any]:
        return {
            "uuid": f"00000000-0000-4000-8000-{next(self._numbers):012}",
            "cluster_uuid": _CLUSTER,
            "created_at": "2026-11-01T12:00:00Z",
            **copy.deepcopy(rule),
        }


def _check(rule: dict[str, Any], known: set[str]) -> None:
    refuse_unknown(rule, _FIELDS, _unknown)
    if rule.get("type") not in _TYPES or not rule.get("value"):
        raise _refusal(422, "unprocessable_entity", "invalid rule: type and value are required")
    if "uuid" in rule and rule["uuid"] not in known:
        raise _refusal(422, "unprocessable_entity", f"no such rule: {rule['uuid']}")
    if rule["type"] != "ip_addr":
        return
    try:
        ipaddress.IPv4Network(rule["value"])
    except ValueError:
        raise _refusal(422, "unprocessable_entity", f"invalid IPv4 address: {rule['value']}") from None


def _unknown(field: str) -> Answer:
    return _refusal(422, "unprocessable_entity", f"unknown field: {field}")


def _refusal(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"id": code, "message": message, "request_id": "4d9d8375-3c56-4925-a3e7-eb137fed17e9"})


SERVER = DigitalOceanServer
