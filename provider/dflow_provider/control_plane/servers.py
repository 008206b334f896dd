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
