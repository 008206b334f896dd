"""`dflow_worker_node`, the resource: dFlow's record of a server that runs services."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.managed_worker_node_schema import SCHEMA
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import delete_record, read_record, refuse_while_used, taken
from dflow_provider.resources.record_lookup import record_for
from dflow_provider.resources.relations import Relation, naming_wrong_ids
from dflow_provider.schema import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.servers import ServerSettingsDocument
    from dflow_provider.schema import Call, Path, ProviderError, Report, Schema, Value, Values

_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "name": "name",
        "description": "description",
        "connection_type": "preferConnectionType",
        "ssh_key_id": "sshKey",
        "ip": "ip",
        "port": "port",
        "username": "username",
        "hostname": "hostname",
        "cloud_provider": "provider",
        "cloud_provider_account_id": "cloudProviderAccount",
        "global_build_path": "globalBuildPath",
    }
)
_LIMITS: Mapping[str, str] = MappingProxyType({"default_cpu_limit": "cpu", "default_memory_limit": "memory"})
_EC2: Mapping[str, str] = MappingProxyType(
    {
        "instance_id": "instanceId",
        "region": "region",
        "instance_type": "instanceType",
        "public_ip_address": "publicIpAddress",
        "security_group_ids": "securityGroups",
    }
)
_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        **{field: (attribute,) for attribute, field in _FIELDS.items()},
        **{f"defaultResourceLimits.{field}": (attribute,) for attribute, field in _LIMITS.items()},
        **{f"awsEc2Details.{field}": ("aws_ec2", attribute) for attribute, field in _EC2.items()},
    }
)
_RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        "sshKey": Relation("SSH key", ("ssh_key_id",)),
        "cloudProviderAccount": Relation("cloud provider account", ("cloud_provider_account_id",)),
        "awsEc2Details.securityGroups": Relation("security group", ("aws_ec2", "security_group_ids")),
    }
)
_NEEDED = {"ssh": ("ssh_key_id", "ip", "port"), "tailscale": ("hostname",)}
_WAYS = {
    "ssh": "dFlow connects to such a node with ssh_key_id, at ip and port",
    "tailscale": "dFlow connects to such a node by its hostname in the tailnet",
}


class ManagedWorkerNode:
    """The record of a server."""

    schema: ClassVar[Schema] = SCHEMA

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a node without what its kind of connection needs."""
        way = config["connection_type"] or "tailscale"
        if not isinstance(way, str):
            return
        for name in _NEEDED.get(way, ()):
            if config[name] is None:
                found = f"is {way!r}" if config["connection_type"] is not None else f"is not set and so {way!r}"
                report.error(
                    "Connection setting is missing",
                    f"connection_type {found}, and {name} is not set. {_WAYS[way]}. Set {name}, or choose the other "
                    f"connection_type.",
                    (name,),
                )

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the record as it is now; one in dFlow's trash is gone."""
        document = read_record(self._backend, self._dflow(call).server_settings, state)
        return None if document is None else _values(document, state)

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Make the record, or finish what an interrupted create of it began."""
        dflow = self._dflow(call)
        name = str(plan["name"])
        _refuse_address_twice(dflow, plan, except_for=lambda other: other["name"] == name)
        intent = Intent(
            collection=dflow.server_settings,
            name=name,
            project="",
            fields=_request(plan),
            is_same=lambda found: found.get("ip") == plan["ip"] and found.get("hostname") == plan["hostname"],
            taken=lambda found: _name_taken(dflow, found),
        )
        with naming_wrong_ids(dflow, plan, _RELATIONS, _PATHS):
            document = create_once(intent, self._backend.creations, call)
        return settled(self.schema, plan, _values(document, plan), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Change the record; nothing is done to the server."""
        dflow = self._dflow(call)
        own_id = str(prior["id"])
        if plan["name"] != prior["name"]:
            named = dflow.server_settings.find(name=str(plan["name"])).documents
            if others := [found for found in named if found["id"] != own_id]:
                raise _name_taken(dflow, others)
        if plan["ip"] != prior["ip"]:
            _refuse_address_twice(dflow, plan, except_for=lambda other: other["id"] == own_id)
        with naming_wrong_ids(dflow, plan, _RELATIONS, _PATHS):
            document = dflow.server_settings.update(own_id, _request(plan, prior))
        return settled(self.schema, plan, _values(document, plan), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the record into dFlow's trash, or with `hard_delete` remove it, unless an Environment is on the node."""
        dflow = self._dflow(call)
        environments = dflow.projects.find(server=str(state["id"])).documents
        refuse_while_used(dflow.server_settings.shape, state, {"Environment": environments})
        delete_record(self._backend, dflow.server_settings, state)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the node by its id, its name or `<organisation>/<name>`."""
        dflow = self._dflow(call)
        return _values(record_for(dflow, dflow.server_settings, import_id), {"hard_delete": False, "aws_ec2": None})

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _request(plan: Values, prior: Values | None = None) -> dict[str, object]:
    """Return what to send: everything a person sets, and nothing that dFlow decides."""
    request: dict[str, object] = {field: plan[name] for name, field in _FIELDS.items()}
    limits = {field: plan[name] for name, field in _LIMITS.items() if is_known(plan[name])}
    if limits:
        request["defaultResourceLimits"] = limits
    ec2 = plan["aws_ec2"]
    if isinstance(ec2, dict) and (prior is None or ec2 != prior["aws_ec2"]):
        request["awsEc2Details"] = {field: ec2[name] for name, field in _EC2.items()} | {
            "securityGroups": ec2["security_group_ids"] or []
        }
    return request


def _values(document: ServerSettingsDocument, beside: Values) -> Values:
    """Return the state; `beside` has what dFlow does not keep, and whether no groups is null or an empty list."""
    limits = document.get("defaultResourceLimits") or {}
    return {
        "id": document["id"],
        "name": document["name"],
        "description": document.get("description"),
        "connection_type": document.get("preferConnectionType"),
        "ssh_key_id": document.get("sshKey"),
        "ip": document.get("ip"),
        "port": document.get("port"),
        "username": document.get("username"),
        "hostname": document.get("hostname"),
        "cloud_provider": document.get("provider"),
        "cloud_provider_account_id": document.get("cloudProviderAccount"),
        "aws_ec2": _ec2(document, beside["aws_ec2"]),
        "default_cpu_limit": limits.get("cpu"),
        "default_memory_limit": limits.get("memory"),
        "global_build_path": document.get("globalBuildPath") or "/",
        "public_ip": document.get("publicIp"),
        "tailscale_private_ip": document.get("tailscalePrivateIp"),
        "onboarded": document.get("onboarded") is True,
        "connection_status": (document.get("connection") or {}).get("status"),
        "hard_delete": beside["hard_delete"],
        "created_at": document["createdAt"],
    }


def _ec2(document: ServerSettingsDocument, beside: Value) -> Value:
    details = document.get("awsEc2Details") or {}
    before = beside if isinstance(beside, dict) else {}
    groups: list[Value] = [*(details.get("securityGroups") or ())]
    found: Values = {
        "instance_id": details.get("instanceId"),
        "region": details.get("region"),
        "instance_type": details.get("instanceType"),
        "public_ip_address": details.get("publicIpAddress"),
        "security_group_ids": groups or ([] if before.get("security_group_ids") == [] else None),
    }
    return found if before or any(value is not None for value in found.values()) else None


def _name_taken(dflow: ControlPlane, found: list[ServerSettingsDocument]) -> ProviderError:
    return taken(
        dflow,
        dflow.server_settings.shape,
        "dflow_worker_node",
        found,
        "Nodes are looked up and allowed into databases by their names, so a name stands only once.",
    )


def _refuse_address_twice(
    dflow: ControlPlane, plan: Values, except_for: Callable[[ServerSettingsDocument], bool]
) -> None:
    if not isinstance(plan["ip"], str):
        return
    found = [other for other in dflow.server_settings.find(ip=plan["ip"]).documents if not except_for(other)]
    if found:
        raise taken(
            dflow,
            dflow.server_settings.shape,
            "dflow_worker_node",
            found,
            "dFlow keeps addresses of Worker Nodes unique within it.",
            ("ip",),
        )
