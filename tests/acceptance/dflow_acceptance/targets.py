"""Every resource type side by side in one configuration, and the requests that its life is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from dflow_acceptance.builder import github_app
from dflow_acceptance.kinds import (
    ALLOWLIST,
    APP_SERVICE,
    DATABASE_SERVICE,
    DOCKER_SERVICE,
    ENVIRONMENT_KIND,
    SERVICE_VARIABLES,
    Attributes,
    Kind,
    Side,
)
from dflow_acceptance.wire import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_acceptance.place import Place

Identities = dict[str, Any]
"""The attributes of a resource in Terraform's state."""

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3Kp1jzFJPDMK0bGu5oH3d0xX7H5bYqgGmJZkJ0vYqN dflow"
PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nY2FuYXJ5\n-----END OPENSSH PRIVATE KEY-----\n"


class Step(Enum):
    """A command of Terraform, by what the provider does in it; the value is the word in the table."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, eq=False)
class Target:
    """One resource type.

    Attributes:
        type: Terraform's name of it.
        declared: the attributes it is created with; independent of every other target's.
        changed: the same, changed in place; nothing where dFlow or the type knows no change.
        remote: what of it exists, one element for each object.
        request: the request that a step stands and falls with, given the state; nothing where there is none.
        side: which server that goes to.
    """

    type: str
    declared: Callable[[Place], Attributes]
    changed: Callable[[Place], Attributes] | None
    remote: Callable[[Place], list[Any]]
    request: Callable[[Step, Identities], Call | None]
    side: Side = Side.CONTROL_PLANE

    @property
    def address(self) -> str:
        """Address of the one resource of this type."""
        return f"{self.type}.it"

    def __str__(self) -> str:
        return self.type.removeprefix("dflow_")


_METHODS = {Step.READ: "GET", Step.UPDATE: "PATCH", Step.DELETE: "PATCH"}


def _of_collection(slug: str, mark: bytes, **methods: str) -> Callable[[Step, Identities], Call | None]:
    """The requests of a document: a create is told from others by what is in its body."""

    def request(step: Step, state: Identities) -> Call | None:
        if step is Step.CREATE:
            return Call("POST", f"^/api/{slug}", mark)
        return Call(methods.get(step.value, _METHODS[step]), f"^/api/{slug}/{state['id']}\\b")

    return request


def _variables_request(step: Step, state: Identities) -> Call:
    """The requests of variables: they are written on the condition that nobody else wrote the service."""
    if step is Step.READ:
        return Call("GET", f"^/api/services/{state['service_id']}\\b")
    which = "" if step is Step.CREATE else f".*={state['service_id']}\\b"
    return Call("PATCH", f"^/api/services\\?{which}", b"LOG_LEVEL" if step is Step.CREATE else b"")


def _of(kind: Kind, slug: str, mark: bytes) -> Target:
    return Target(kind.type, kind.declared, kind.changed, kind.remote, _of_collection(slug, mark))


def _firewall_request(step: Step, _state: Identities) -> Call:
    actions = {Step.READ: b"DescribeSecurityGroupRules", Step.DELETE: b"RevokeSecurityGroupIngress"}
    return Call("POST", "", b"Action=" + actions.get(step, b"AuthorizeSecurityGroupIngress"))


def _named(slug: str, name: str) -> Callable[[Place], list[Any]]:
    return lambda place: place.organisation.named(slug, name)


def _registry(_place: Place, username: str = "acme-bot") -> Attributes:
    return {
        "name": "acme",
        "type": "github",
        "username": username,
        "password_wo": "canary-token",
        "password_wo_version": "1",
    }


def _account(_place: Place, access_key_id: str = "AKIAIOSFODNN7EXAMPLE") -> Attributes:
    aws = {"access_key_id": access_key_id, "secret_access_key_wo": "canary", "secret_access_key_wo_version": "1"}
    return {"name": "production", "type": "aws", "aws": aws}


def _account_of_another(place: Place) -> str:
    name = "somebody-elses"
    for found in place.organisation.named("cloudProviderAccounts", name):
        return found["id"]
    keys = {"accessKeyId": "AKIAIOSFODNN7ANOTHER", "secretAccessKey": "-"}
    return place.organisation.make("cloudProviderAccounts", name=name, type="aws", awsDetails=keys)["id"]


def _group(place: Place, who: str = "customers") -> Attributes:
    return {
        "name": "shop-web",
        "description": "Worker Nodes of the shop",
        "sync": False,
        "cloud_provider": "aws",
        "cloud_provider_account_id": _account_of_another(place),
        "inbound_rules": [{"type": "https", "cidr": "0.0.0.0/0", "description": who}],
        "outbound_rules": [{"type": "all-traffic", "cidr": "0.0.0.0/0"}],
    }


def _node(_place: Place, description: str = "first") -> Attributes:
    return {"name": "fra-9", "hostname": "fra-9", "username": "root", "description": description}


DEPLOYED = "shop-live-deployed"


def _deployment(place: Place) -> Attributes:
    (service,) = place.organisation.named("services", DEPLOYED) or [_service_of_an_app(place)]
    return {"service_id": service["id"], "queued_timeout_minutes": 0.1}


def _service_of_an_app(place: Place) -> dict[str, Any]:
    return place.organisation.make(
        "services",
        name=DEPLOYED,
        type="app",
        project=place.environment_id,
        builder="railpack",
        providerType="github",
        provider=github_app(place.organisation),
        githubSettings={"owner": "acme", "repository": "shop", "branch": "main", "buildPath": "/", "port": 3000},
    )


def _deployments(place: Place) -> list[dict[str, Any]]:
    (service,) = place.organisation.named("services", DEPLOYED)
    where = {"where[service][equals]": service["id"]}
    return place.organisation.send("GET", "deployments", limit="0", **where)["docs"]


def _deployment_request(step: Step, state: Identities) -> Call | None:
    if step is Step.CREATE:
        return Call("POST", "^/api/deploy/github")
    return Call("GET", f"^/api/deployments/{state['deployment_id']}\\b") if step is Step.READ else None


DEPLOYMENT = Target("dflow_deployment", _deployment, None, _deployments, _deployment_request)

TARGETS = (
    _of(APP_SERVICE, "services", b"shop-live-web"),
    Target(ALLOWLIST.type, ALLOWLIST.declared, ALLOWLIST.changed, ALLOWLIST.remote, _firewall_request, side=Side.CLOUD),
    Target(
        "dflow_cloud_provider_account",
        _account,
        lambda place: _account(place, "AKIAIOSFODNN7EXAMPL2"),
        _named("cloudProviderAccounts", "production"),
        _of_collection("cloudProviderAccounts", b"production"),
    ),
    _of(DATABASE_SERVICE, "services", b"shop-live-cache"),
    DEPLOYMENT,
    Target(
        "dflow_docker_registry",
        _registry,
        lambda place: _registry(place, "acme-robot"),
        _named("dockerRegistries", "acme"),
        _of_collection("dockerRegistries", b"acme-bot"),
    ),
    _of(DOCKER_SERVICE, "services", b"shop-live-worker"),
    _of(ENVIRONMENT_KIND, "projects", b"shop-blue"),
    Target(
        "dflow_security_group",
        _group,
        lambda place: _group(place, "everybody"),
        _named("securityGroups", "shop-web"),
        _of_collection("securityGroups", b"shop-web", delete="DELETE"),
    ),
    Target(
        SERVICE_VARIABLES.type,
        SERVICE_VARIABLES.declared,
        SERVICE_VARIABLES.changed,
        SERVICE_VARIABLES.remote,
        _variables_request,
    ),
    Target(
        "dflow_ssh_key",
        lambda _place: {"name": "deploy", "public_key": PUBLIC_KEY, "private_key_wo": PRIVATE_KEY},
        None,
        _named("sshKeys", "deploy"),
        _of_collection("sshKeys", b"PRIVATE KEY", delete="DELETE"),
    ),
    Target(
        "dflow_worker_node",
        _node,
        lambda place: _node(place, "second"),
        _named("servers", "fra-9"),
        _of_collection("servers", b"fra-9"),
    ),
)
"""All types of the provider, in the order of their names."""
