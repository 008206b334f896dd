"""The resource types that are one record of dFlow's each: Worker Nodes, accounts, keys and security groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dflow_acceptance.kinds import KINDS, Kind, Side, deleted, named, spoilt, trashed
from dflow_acceptance.wire import Call

if TYPE_CHECKING:
    from dflow_acceptance.kinds import Attributes
    from dflow_acceptance.place import Place

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGNhbmFyeQ deploy"
PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nY2FuYXJ5\n-----END OPENSSH PRIVATE KEY-----\n"


def _key(_place: Place, **other: Any) -> Attributes:
    return {"name": "deploy", "public_key": PUBLIC_KEY, "private_key_wo": PRIVATE_KEY, **other}


SSH_KEY = Kind(
    type="dflow_ssh_key",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/sshKeys"),
    declared=_key,
    changed=None,
    replaced=lambda place: _key(place, description="second"),
    remote=named("sshKeys", "deploy"),
    import_ids=lambda place, id_: [id_, "deploy", f"{place.organisation.slug}/deploy"],
    spoil=None,
    vanish=(deleted("sshKeys", "deploy"),),
)


def _registry(_place: Place, **other: Any) -> Attributes:
    return {"name": "images", "type": "github", "username": "acme", "password_wo": "not-much-of-a-secret", **other}


DOCKER_REGISTRY = Kind(
    type="dflow_docker_registry",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/dockerRegistries"),
    declared=_registry,
    changed=lambda place: _registry(place, username="acme-bot", password_wo_version="2"),
    replaced=lambda place: _registry(place, type="quay"),
    remote=named("dockerRegistries", "images"),
    import_ids=lambda _place, id_: [id_, "images", "github/images"],
    spoil=spoilt("dockerRegistries", "images", username="somebody"),
    vanish=(trashed("dockerRegistries", "images"), deleted("dockerRegistries", "images")),
)


def _account(place: Place, key_id: str = "AKIAEXAMPLE") -> Attributes:
    own = f"{key_id}-{place.organisation.slug}"
    aws = {"access_key_id": own, "secret_access_key_wo": "not-much-of-a-secret"}
    return {"name": "production", "type": "aws", "aws": aws}


def _account_elsewhere(_place: Place) -> Attributes:
    return {"name": "production", "type": "dflow", "dflow": {"access_token_wo": "not-much-of-a-secret"}}


CLOUD_PROVIDER_ACCOUNT = Kind(
    type="dflow_cloud_provider_account",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/cloudProviderAccounts"),
    declared=_account,
    changed=lambda place: _account(place, "AKIAOTHER"),
    replaced=_account_elsewhere,
    remote=named("cloudProviderAccounts", "production"),
    import_ids=lambda _place, id_: [id_, "production", "aws/production"],
    spoil=spoilt(
        "cloudProviderAccounts", "production", awsDetails={"accessKeyId": "AKIABYHAND", "secretAccessKey": "by hand"}
    ),
    vanish=(trashed("cloudProviderAccounts", "production"), deleted("cloudProviderAccounts", "production")),
)


def _node(_place: Place, **other: Any) -> Attributes:
    return {"name": "fra-7", "hostname": "fra-7", "username": "root", **other}


WORKER_NODE = Kind(
    type="dflow_worker_node",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/servers"),
    declared=_node,
    changed=lambda place: _node(place, description="second", username="ubuntu", default_cpu_limit="0.5"),
    replaced=None,
    remote=named("servers", "fra-7"),
    import_ids=lambda place, id_: [id_, "fra-7", f"{place.organisation.slug}/fra-7"],
    spoil=spoilt("servers", "fra-7", hostname="elsewhere"),
    vanish=(trashed("servers", "fra-7"), deleted("servers", "fra-7")),
)


def _group(_place: Place, **other: Any) -> Attributes:
    everything = {"type": "all-traffic", "cidr": "0.0.0.0/0"}
    https = {"type": "https", "cidr": "0.0.0.0/0", "description": "the shop"}
    rules = {"inbound_rules": [https], "outbound_rules": [everything]}
    return {"name": "web", "description": "the shop", "sync": False, "tags": {"team": "shop"}, **rules, **other}


SECURITY_GROUP = Kind(
    type="dflow_security_group",
    side=Side.CONTROL_PLANE,
    creating=Call("POST", "^/api/securityGroups"),
    declared=_group,
    changed=lambda place: _group(place, inbound_rules=[{"type": "ssh", "cidr": "203.0.113.0/24"}], tags={}),
    replaced=lambda place: _group(place, description="the whole shop"),
    remote=named("securityGroups", "web"),
    import_ids=lambda _place, id_: [id_, "web"],
    spoil=spoilt("securityGroups", "web", tags=[{"key": "team", "value": "somebody else"}]),
    vanish=(trashed("securityGroups", "web"), deleted("securityGroups", "web")),
)

RECORDS = (SSH_KEY, DOCKER_REGISTRY, CLOUD_PROVIDER_ACCOUNT, WORKER_NODE, SECURITY_GROUP)
EVERY_KIND = (*KINDS, *RECORDS)
"""All resource types but `dflow_deployment`, whose objects are dFlow's and outlive the resource."""
