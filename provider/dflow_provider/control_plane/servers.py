"""Servers: what the control plane calls a Worker Node."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import NotRequired, TypedDict

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class Ec2Details(TypedDict, total=False):
    """What dFlow noted when it launched the machine on EC2."""

    publicIpAddress: str | None


class ServerDocument(Head):
    """A Worker Node as the control plane sends it, without keys and credentials."""

    tenant: NotRequired[str]
    provider: NotRequired[str | None]
    preferConnectionType: NotRequired[str | None]
    hostname: NotRequired[str | None]
    ip: NotRequired[str | None]
    publicIp: NotRequired[str | None]
    awsEc2Details: NotRequired[Ec2Details | None]


class ResourceLimits(TypedDict, total=False):
    """What a new app or Docker service of the node may use, as Docker writes it."""

    cpu: str | None
    memory: str | None


class Connection(TypedDict, total=False):
    """How dFlow's last attempt to reach the node went."""

    status: str | None


class Ec2Instance(Ec2Details, total=False):
    """The whole of what dFlow noted when it launched the machine."""

    instanceId: str | None
    region: str | None
    instanceType: str | None
    securityGroups: list[str] | None


class ServerSettingsDocument(Head):
    """A Worker Node with everything that a person sets. Keys and accounts are ids."""

    tenant: NotRequired[str]
    description: NotRequired[str | None]
    defaultResourceLimits: NotRequired[ResourceLimits | None]
    preferConnectionType: NotRequired[str | None]
    sshKey: NotRequired[str | None]
    ip: NotRequired[str | None]
    port: NotRequired[int | None]
    username: NotRequired[str | None]
    hostname: NotRequired[str | None]
    publicIp: NotRequired[str | None]
    tailscalePrivateIp: NotRequired[str | None]
    provider: NotRequired[str | None]
    cloudProviderAccount: NotRequired[str | None]
    awsEc2Details: NotRequired[Ec2Instance | None]
    globalBuildPath: NotRequired[str | None]
    onboarded: NotRequired[bool | None]
    connection: NotRequired[Connection | None]


SERVER_SETTINGS = Shape(
    "servers",
    "Worker Node",
    {
        "description": True,
        "defaultResourceLimits": True,
        "preferConnectionType": True,
        "sshKey": True,
        "ip": True,
        "port": True,
        "username": True,
        "hostname": True,
        "publicIp": True,
        "tailscalePrivateIp": True,
        "provider": True,
        "cloudProviderAccount": True,
        "awsEc2Details": {
            "instanceId": True,
            "region": True,
            "instanceType": True,
            "publicIpAddress": True,
            "securityGroups": True,
        },
        "globalBuildPath": True,
        "onboarded": True,
        "connection": {"status": True},
    },
)
ServerSettings = Collection[ServerSettingsDocument]

SERVERS = Shape(
    "servers",
    "Worker Node",
    {
        "provider": True,
        "preferConnectionType": True,
        "hostname": True,
        "ip": True,
        "publicIp": True,
        "awsEc2Details": {"publicIpAddress": True},
    },
)
Servers = Collection[ServerDocument]
