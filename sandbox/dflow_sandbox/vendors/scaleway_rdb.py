"""Scaleway's API for Managed Databases, v1, as far as an instance's ACL needs it."""

from __future__ import annotations

import copy
import ipaddress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.authority import in_base64
from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRET: Final = "11111111-2222-4333-8444-scaleway-secret"  # noqa: S105 (opens nothing but this stand-in)
_INSTANCE: Final = "/rdb/v1/regions/{region}/instances/{instance}"
_LARGEST_PAGE: Final = 100


class ScalewayServer(ContractServer):
    """One instance. After a change it is configuring until the second look, and takes no other one before."""

    ENTRIES_PER_READ: ClassVar[int] = _LARGEST_PAGE
    POLLED: ClassVar[str] = r"/instances/[^/]+"
    locators: ClassVar[Mapping[str, str]] = {
        "region": "fr-par",
        "instance_id": "6f0b8a2e-3d51-4b7c-9a40-5c1e2d3f4a5b",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rules: list[dict[str, Any]] = [
            _rule("198.51.100.7/32", "office"),
            {**_rule("192.0.2.0/24", ""), "action": "deny"},
        ]
        self.looks_until_ready = 0
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"SCW_SECRET_KEY": _SECRET, "SCW_API_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule as the console does."""
        self.rules.append(_rule(cidr, note))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule as the console does."""
        self.rules = [rule for rule in self.rules if rule["ip"] != cidr]

    def clear_by_hand(self) -> None:
        """Remove every rule as the console does, those that deny too."""
        self.rules = []

    def remove_list(self) -> None:
        """Delete the instance."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self.rules)

    def cidrs(self) -> set[str]:
        """Return what is let in; rules that deny are left out."""
        return {rule["ip"] for rule in self.rules if rule["action"] == "allow"}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("x-auth-token") != _SECRET:
            raise Answer(
                401,
                {
                    "type": "denied_authentication",
                    "method": "api_key",
                    "reason": "not_found",
                    "message": "authentication is denied",
                },
            )

    def not_found(self, request: Request) -> Answer:
        """Answer as Scaleway does."""
        return Answer(404, {"type": "unknown_resource", "message": f"{request.path} is not found"})

    @route("GET", _INSTANCE)
    def get_instance(self, _: Request, region: str, instance: str) -> Answer:
        """Return the instance; each look brings it nearer to ready."""
        self._check(region, instance)
        status = "configuring" if self.looks_until_ready > 0 else "ready"
        self.looks_until_ready -= 1
        return Answer(200, {"id": instance, "name": "orders", "engine": "PostgreSQL-16", "status": status})

    @route("GET", f"{_INSTANCE}/certificate")
    def get_certificate(self, _: Request, region: str, instance: str) -> Answer:
        """Return the instance's certificate as a file."""
        self._check(region, instance)
        file = {"name": "rdb-instance.pem", "content_type": "application/x-pem-file"}
        return Answer(200, {**file, "content": in_base64(self.authority)})

    @route("GET", f"{_INSTANCE}/acls")
    def list_rules(self, request: Request, region: str, instance: str) -> Answer:
        """Return one page of the rules."""
        self._check(region, instance)
        size = min(int(request.query.get("page_size", "20")), _LARGEST_PAGE)
        start = (int(request.query.get("page", "1")) - 1) * size
        return Answer(200, {"rules": copy.deepcopy(self.rules[start : start + size]), "total_count": len(self.rules)})

    @route("POST", f"{_INSTANCE}/acls")
    def add_rules(self, request: Request, region: str, instance: str) -> Answer:
        """Add rules; an address that is there already is refused."""
        self._check(region, instance)
        self._begin()
        content = request.json
        refuse_unknown(content, ("rules",), _unknown)
        for rule in content["rules"]:
            refuse_unknown(rule, ("ip", "description"), _unknown)
            _check_range(rule.get("ip"))
            if any(rule["ip"] == other["ip"] for other in self.rules):
                raise _invalid("rules.ip", "constraint", f"{rule['ip']} is listed already")
        added = [_rule(rule["ip"], rule.get("description", "")) for rule in content["rules"]]
        self.rules += added
        self.looks_until_ready = 1
        return Answer(200, {"rules": copy.deepcopy(added)})

    @route("DELETE", f"{_INSTANCE}/acls")
    def delete_rules(self, request: Request, region: str, instance: str) -> Answer:
        """Remove the rules of the addresses in the body."""
        self._check(region, instance)
        self._begin()
        if not request.body:
            raise _invalid("acl_rule_ips", "required", "")
        content = request.json
        refuse_unknown(content, ("acl_rule_ips",), _unknown)
        gone = [rule for rule in self.rules if rule["ip"] in content["acl_rule_ips"]]
        if len(gone) != len(content["acl_rule_ips"]):
            raise Answer(404, {"type": "not_found", "resource": "acl_rule", "message": "resource is not found"})
        self.rules = [rule for rule in self.rules if rule not in gone]
        self.looks_until_ready = 1
        return Answer(200, {"rules": copy.deepcopy(gone)})

    def _check(self, region: str, instance: str) -> None:
        if (region, instance) != tuple(self.locators.values()) or not self._is_there:
            raise Answer(
                404,
                {
                    "type": "not_found",
                    "resource": "instance",
                    "resource_id": instance,
                    "message": "resource is not found",
                },
            )

    def _begin(self) -> None:
        if self.looks_until_ready > 0:
            raise Answer(
                409,
                {
                    "type": "transient_state",
                    "resource": "instance",
                    "resource_id": self.locators["instance_id"],
                    "current_state": "configuring",
                    "message": "resource is in a transient state",
                },
            )


def _rule(cidr: str, description: str) -> dict[str, Any]:
    return {"ip": cidr, "protocol": "tcp", "direction": "inbound", "action": "allow", "description": description}


def _check_range(text: Any) -> None:
    try:
        is_range = "/" in text and ipaddress.IPv4Network(text) is not None
    except (TypeError, ValueError):
        is_range = False
    if not is_range:
        raise _invalid("rules.ip", "format", "must be an IPv4 range in CIDR form")


def _unknown(field: str) -> Answer:
    return _invalid(field, "unknown", "")


def _invalid(name: str, reason: str, more: str) -> Answer:
    return Answer(
        400,
        {
            "type": "invalid_arguments",
            "message": "invalid argument(s)",
            "details": [{"argument_name": name, "reason": reason, "help_message": more}],
        },
    )


SERVER = ScalewayServer
