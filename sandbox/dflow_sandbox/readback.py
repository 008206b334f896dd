"""What is really there: read from the control plane by HTTP and from the cloud by boto3.

Nothing here asks Terraform or shares code with the provider, so it can contradict both.
"""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dflow_sandbox.sandbox import Sandbox

_SECRET = re.compile(r"(?<=://)([^:/@]*):([^@/]+)(?=@)")
_SECRET_KEY = re.compile(r"PASSWORD|SECRET|TOKEN|KEY", re.IGNORECASE)
_OWNER_TAG = "dflow-cdktf:owner:"
_NODES = re.compile(r" from (.+) \([^()]+\)$")


@dataclass(frozen=True)
class Variable:
    """One variable of a service, its value already masked."""

    key: str
    shown: str


@dataclass(frozen=True)
class Service:
    """One service as the control plane holds it."""

    environment: str
    name: str
    type: str
    variables: tuple[Variable, ...]
    updated_at: str


@dataclass(frozen=True)
class Entry:
    """One ingress rule of the security group."""

    source: str
    port: int
    description: str
    owner: str
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """Everything the demo speaks of, at one moment."""

    environments: tuple[str, ...]
    services: tuple[Service, ...]
    entries: tuple[Entry, ...]

    def entry_nodes(self) -> tuple[str, ...]:
        """The Worker Nodes named by entries that have an owner, sorted."""
        return tuple(sorted(node for entry in self.entries for node in entry.nodes))

    def without_owner(self) -> tuple[Entry, ...]:
        """The entries that somebody else put there."""
        return tuple(entry for entry in self.entries if not entry.owner)

    def nodes_added_since(self, earlier: Picture) -> tuple[str, ...]:
        """The nodes of the entries that were not there earlier."""
        return tuple(node for entry in self.entries if entry not in earlier.entries for node in entry.nodes)

    def table(self) -> str:
        """Services with their variables, then the entries."""
        rows = [
            (service.environment, service.name, service.type, variable.key, variable.shown)
            for service in self.services
            for variable in service.variables or (Variable("", ""),)
        ]
        return _table(("ENVIRONMENT", "SERVICE", "TYPE", "VARIABLE", "VALUE"), rows) + "\n\n" + self.entries_table()

    def entries_table(self) -> str:
        """The entries of the firewall, one a line."""
        rows = [
            (entry.source, str(entry.port), entry.owner or "(foreign)", ", ".join(entry.nodes), entry.description)
            for entry in self.entries
        ]
        return _table(("SOURCE", "PORT", "OWNER", "WORKER NODES", "DESCRIPTION"), rows)


def read_back(sandbox: Sandbox) -> Picture:
    """Ask the control plane and the cloud; two lists and one describe call."""
    environments = {project["id"]: str(project["name"]) for project in _documents(sandbox, "projects")}
    services = [
        Service(
            environments.get(document["project"], "?"),
            document["name"],
            document["type"],
            tuple(_masked(row["key"], row.get("value") or "") for row in document.get("variables") or ()),
            document["updatedAt"],
        )
        for document in _documents(sandbox, "services")
    ]
    services.sort(key=lambda service: (service.environment, service.name))
    return Picture(tuple(sorted(environments.values())), tuple(services), tuple(sorted(_entries(sandbox), key=str)))


def _documents(sandbox: Sandbox, collection: str) -> list[dict[str, Any]]:
    query = urllib.parse.urlencode({"depth": 0, "limit": 0, "where[tenant.slug][equals]": sandbox.tenant})
    request = urllib.request.Request(  # noqa: S310 - the sandbox's own address on 127.0.0.1
        f"{sandbox.endpoint}/api/{collection}?{query}", headers={"Authorization": f"users API-Key {sandbox.api_key}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
        documents: list[dict[str, Any]] = json.load(answer)["docs"]
    return documents


def _entries(sandbox: Sandbox) -> Iterable[Entry]:
    credentials = sandbox.environment()
    ec2 = boto3.client(
        "ec2",
        region_name=sandbox.region,
        endpoint_url=sandbox.aws_endpoint,
        aws_access_key_id=credentials["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=credentials["AWS_SECRET_ACCESS_KEY"],
    )
    found = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [sandbox.security_group_id]}])
    for rule in found["SecurityGroupRules"]:
        if rule["IsEgress"]:
            continue
        owners = [tag["Key"] for tag in rule.get("Tags", ()) if tag["Key"].startswith(_OWNER_TAG)]
        nodes = _NODES.search(rule.get("Description", "")) if owners else None
        yield Entry(
            rule.get("CidrIpv4") or rule.get("CidrIpv6") or "?",
            rule["FromPort"],
            rule.get("Description", ""),
            ", ".join(sorted(owner.removeprefix(_OWNER_TAG) for owner in owners)),
            tuple(sorted(nodes[1].split(", "))) if nodes else (),
        )


def _masked(key: str, value: str) -> Variable:
    if _SECRET_KEY.search(key):
        return Variable(key, "********")
    return Variable(key, _SECRET.sub(r"\1:********", value))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (head, *rows)
    ]
    return "\n".join(f"    {line}" for line in lines)
