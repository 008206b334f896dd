"""Services: applications, containers and databases, told apart by `type`."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import NotRequired, TypedDict

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class PortMapping(TypedDict):
    """One port that the node's proxy forwards."""

    hostPort: int
    containerPort: int
    scheme: NotRequired[str]


class DockerDetails(TypedDict, total=False):
    """What a Docker service runs; `account` is the id of a docker registry."""

    url: str | None
    account: str | None
    ports: list[PortMapping] | None


class DatabaseDetails(TypedDict, total=False):
    """What a Database service is; all but `type` is learnt when it is deployed. The password is never asked for."""

    type: str | None
    username: str | None
    port: str | None
    version: str | None
    status: str | None
    exposedPorts: list[str] | None


class GitSettings(TypedDict, total=False):
    """Where an App service's code is, and the token where that is asked for."""

    repository: str | None
    owner: str | None
    branch: str | None
    buildPath: str | None
    port: int | None
    gitToken: str | None


class ServiceDocument(Head):
    """A service as the control plane sends it, without its variables."""

    type: str
    tenant: NotRequired[str]
    project: NotRequired[str | None]
    description: NotRequired[str | None]
    builder: NotRequired[str | None]
    provider: NotRequired[str | None]
    providerType: NotRequired[str | None]
    githubSettings: NotRequired[GitSettings]
    gitlabSettings: NotRequired[GitSettings]
    bitbucketSettings: NotRequired[GitSettings]
    azureSettings: NotRequired[GitSettings]
    giteaSettings: NotRequired[GitSettings]
    dockerDetails: NotRequired[DockerDetails]
    databaseDetails: NotRequired[DatabaseDetails]


_GIT = {"repository": True, "owner": True, "branch": True, "buildPath": True, "port": True}
_JOINS = ("deployments", "traefikConfiguration")
SERVICES = Shape(
    "services",
    "service",
    {
        "type": True,
        "project": True,
        "description": True,
        "builder": True,
        "provider": True,
        "providerType": True,
        "githubSettings": _GIT,
        "gitlabSettings": _GIT,
        "bitbucketSettings": _GIT,
        "azureSettings": _GIT,
        "giteaSettings": _GIT,
        "dockerDetails": {"url": True, "account": True, "ports": True},
        "databaseDetails": {
            "type": True,
            "username": True,
            "port": True,
            "version": True,
            "status": True,
            "exposedPorts": True,
        },
    },
    joins=_JOINS,
)
Services = Collection[ServiceDocument]

_GIT_GROUPS = ("githubSettings", "gitlabSettings", "bitbucketSettings", "azureSettings", "giteaSettings")
GIT_TOKENS = Shape(
    "services",
    "service",
    {**SERVICES.fields, **{group: {**_GIT, "gitToken": True} for group in _GIT_GROUPS}},
    joins=_JOINS,
)
GitTokens = Collection[ServiceDocument]


class Credentials(TypedDict, total=False):
    """How to log in to a database, all learnt when it was deployed."""

    type: str | None
    username: str | None
    password: str | None
    host: str | None
    port: str | None
    connectionUrl: str | None
    exposedPorts: list[str] | None


class CredentialsDocument(Head):
    """A database service with its credentials alone."""

    type: str
    project: NotRequired[str | None]
    databaseDetails: NotRequired[Credentials | None]


CREDENTIALS = Shape(
    "services",
    "service",
    {
        "type": True,
        "project": True,
        "databaseDetails": {
            "type": True,
            "username": True,
            "password": True,
            "host": True,
            "port": True,
            "connectionUrl": True,
            "exposedPorts": True,
        },
    },
    joins=_JOINS,
)
DatabaseCredentials = Collection[CredentialsDocument]


class VariableRow(TypedDict):
    """One variable; `id` is the row's own and kept when the row is written back."""

    id: NotRequired[str]
    key: str
    value: NotRequired[str | None]


class VariablesDocument(Head):
    """A service with its variables alone, decrypted; `updatedAt` is when anything of it was written last."""

    type: str
    updatedAt: str
    project: NotRequired[str | None]
    variables: NotRequired[list[VariableRow] | None]


VARIABLES = Shape(
    "services", "service", {"type": True, "project": True, "variables": True, "updatedAt": True}, joins=_JOINS
)
ServiceVariableRows = Collection[VariablesDocument]
