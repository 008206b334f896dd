"""The control plane's client against the sandbox, in organisations of its own."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from dflow_provider.control_plane.client import ControlPlane
from dflow_provider.control_plane.endpoint import Endpoint
from dflow_provider.control_plane.patience import Patience
from dflow_provider.control_plane.session import Session
from dflow_provider.control_plane.transport import Transport
from dflow_sandbox import FaultProxy, Sandbox


@dataclass
class Waits:
    """Stands in for sleeping: remembers for how long, and may ask for a stop."""

    seconds: list[float] = field(default_factory=list)
    stop_at: int | None = None

    def __call__(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return self.stop_at is not None and len(self.seconds) >= self.stop_at


@dataclass(frozen=True)
class Organisation:
    """A tenant of its own with one Worker Node, made through the operator's REST."""

    slug: str
    id: str
    node_id: str


@pytest.fixture
def organisation(operator) -> Organisation:
    slug = f"t{uuid.uuid4().hex[:12]}"
    tenant = operator("POST", "tenants?depth=0", {"name": slug, "slug": slug, "subdomain": slug})["doc"]
    node = operator(
        "POST",
        "servers?depth=0",
        {
            "name": "node-1",
            "tenant": tenant["id"],
            "preferConnectionType": "tailscale",
            "hostname": "node-1",
            "username": "root",
            "publicIp": "203.0.113.9",
        },
    )["doc"]
    return Organisation(slug, tenant["id"], node["id"])


@pytest.fixture
def proxy(sandbox: Sandbox) -> Iterator[FaultProxy]:
    with FaultProxy(sandbox.endpoint) as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def connected(sandbox: Sandbox, organisation: Organisation, waits: Waits):
    """Build a client; every part can be another one than the good one."""

    def build(
        endpoint: str | None = None,
        *,
        api_key: str | None = None,
        tenant: str | None = None,
        ca_file: str | None = None,
        read_seconds: float = 30.0,
        patience: Patience | None = None,
    ) -> ControlPlane:
        transport = Transport(Endpoint.parse(endpoint or sandbox.endpoint), ca_file=ca_file, read_seconds=read_seconds)
        return ControlPlane(
            Session(transport, api_key or sandbox.api_key, tenant or organisation.slug, waits, patience or Patience())
        )

    return build
