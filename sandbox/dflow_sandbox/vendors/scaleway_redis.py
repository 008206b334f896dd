"""Scaleway's API for Managed Redis, v1, as far as a cluster's ACL needs it."""

from __future__ import annotations

import copy
import ipaddress
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final

from dflow_sandbox.vendors.authority import in_base64
from dflow_sandbox.vendors.contract_server import Answer, ContractServer, Request, refuse_unknown, route

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRET: Final = "11111111-2222-4333-8444-scaleway-redis"  # noqa: S105 (opens nothing but this stand-in)
_CLUSTER: Final = "/redis/v1/zones/{zone}/clusters/{cluster}"


class ScalewayRedisServer(ContractServer):
    """One cluster. After a change it is configuring until the second look, and takes no other one before."""

    locators: ClassVar[Mapping[str, str]] = {
        "zone": "fr-par-1",
        "cluster_id": "9c1e2d3f-4a5b-4c7d-8e9f-0a1b2c3d4e5f",
    }

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self.rules: list[dict[str, Any]] = [self._rule("198.51.100.7/32", "office")]
        self.looks_until_ready = 0
        self._is_there = True

    def environment(self) -> Mapping[str, str]:
        """Lead to this server."""
        return {"SCW_SECRET_KEY": _SECRET, "SCW_API_URL": self.url}

    def put_by_hand(self, cidr: str, note: str = "by hand") -> None:
        """Add a rule as the console does."""
        self.rules.append(self._rule(cidr, note))

    def remove_by_hand(self, cidr: str) -> None:
        """Remove a rule as the console does."""
        self.rules = [rule for rule in self.rules if rule["ip_cidr"] != cidr]

    def remove_list(self) -> None:
        """Delete the cluster."""
        self._is_there = False

    def listed(self) -> list[Any]:
        """Return the rules."""
        return copy.deepcopy(self.rules)

    def cidrs(self) -> set[str]:
        """Return what is let in."""
        return {rule["ip_cidr"] for rule in self.rules}

    def authenticate(self, request: Request) -> None:
        """Take the one key there is."""
        if request.headers.get("x-auth-token") != _SECRET:
            said = {"type": "denied_authentication", "method": "api_key", "reason": "not_found"}
            raise Answer(401, {**said, "message": "authentication is denied"})

    def not_found(self, request: Request) -> Answer:
        """Answer as Scaleway does."""
        return Answer(404, {"type": "unknown_resource", "message": f"{request.path} is not found"})

    @route("GET", _CLUSTER)
    def get_cluster(self, _: Request, zone: str, cluster: str) -> Answer:
        """Return the cluster; each look brings it nearer to ready."""
        self._check(zone, cluster)
        status = "configuring" if self.looks_until_ready > 0 else "ready"
        self.looks_until_ready -= 1
        said = {"id": cluster, "name": "orders", "status": status, "version": "7.2.11", "tls_enabled": True}
        return Answer(200, {**said, "acl_rules": self.listed()})

    @route("GET", f"{_CLUSTER}/certificate")
    def get_certificate(self, _: Request, zone: str, cluster: str) -> Answer:
        """Return the cluster's certificate as a file."""
        self._check(zone, cluster)
        file = {"name": "redis-cluster.pem", "content_type": "application/x-pem-file"}
        return Answer(200, {**file, "content": in_base64(self.authority)})

    @route("POST", f"{_CLUSTER}/acls")
    def add_rules(self, request: Request, zone: str, cluster: str) -> Answer:
        """Add rules; an address that is there already is refused."""
        self._check(zone, cluster)
        self._begin()
        content = request.json
        refuse_unknown(content, ("acl_rules",), _unknown)
        for rule in content["acl_rules"]:
            refuse_unknown(rule, ("ip_cidr", "description"), _unknown)
            _check_range(rule.get("ip_cidr"))
            if rule["ip_cidr"] in self.cidrs():
                raise _invalid("acl_rules.ip_cidr", "constraint", f"{rule['ip_cidr']} is listed already")
        self.rules += [self._rule(rule["ip_cidr"], rule.get("description", "")) for rule in content["acl_rules"]]
        self.looks_until_ready = 1
        return Answer(200, {"acl_rules": self.listed(), "total_count": len(self.rules)})

    @route("DELETE", "/redis/v1/zones/{zone}/acls/{rule}")
    def delete_rule(self, _: Request, zone: str, rule: str) -> Answer:
        """Remove one rule."""
        self._check(zone, self.locators["cluster_id"])
        self._begin()
        if all(each["id"] != rule for each in self.rules):
            raise _not_found("acl", rule)
        self.rules = [each for each in self.rules if each["id"] != rule]
        self.looks_until_ready = 1
        return Answer(200, {"id": self.locators["cluster_id"], "status": "configuring", "acl_rules": self.listed()})

    def _rule(self, cidr: str, description: str) -> dict[str, Any]:
        number = next(self._numbers)
        return {"id": f"00000000-0000-4000-8000-{number:012d}", "ip_cidr": cidr, "description": description}

    def _check(self, zone: str, cluster: str) -> None:
        if (zone, cluster) != tuple(self.locators.values()) or not self._is_there:
            raise _not_found("cluster", cluster)

    def _begin(self) -> None:
        if self.looks_until_ready > 0:
            said = {"type": "transient_state", "resource": "cluster", "resource_id": self.locators["cluster_id"]}
            raise Answer(409, {**said, "current_state": "configuring", "message": "resource is in a transient state"})


def _check_range(text: Any) -> None:
    try:
        is_range = "/" in text and ipaddress.IPv4Network(text) is not None
    except (TypeError, ValueError):
        is_range = False
    if not is_range:
        raise _invalid("acl_rules.ip_cidr", "format", "must be an IPv4 range in CIDR form")


def _not_found(resource: str, id_: str) -> Answer:
    said = {"type": "not_found", "resource": resource, "resource_id": id_}
    return Answer(404, {**said, "message": "resource is not found"})


def _unknown(field: str) -> Answer:
    return _invalid(field, "unknown", "")


def _invalid(name: str, reason: str, more: str) -> Answer:
    details = [{"argument_name": name, "reason": reason, "help_message": more}]
    return Answer(400, {"type": "invalid_arguments", "message": "invalid argument(s)", "details": details})


SERVER = ScalewayRedisServer
