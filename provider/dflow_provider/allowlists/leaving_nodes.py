"""Whom dFlow still has at addresses that are about to be taken off a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.address import DOCUMENTATION_SWITCH, covered
from dflow_provider.control_plane.errors import ControlPlaneError
from dflow_provider.control_plane.outbound_address import DocumentationRanges, OutboundAddress, outbound_address
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.schema import Stop


@dataclass(frozen=True)
class LeavingNode:
    """A Worker Node whose address leaves a list while Environments run on it."""

    name: str
    cidr: str
    environments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.cidr} is where {self.name} sends from, and {', '.join(self.environments)} run there"


def leaving_nodes(backend: Backend, cidrs: Sequence[str], stop: Stop) -> tuple[LeavingNode, ...]:
    """Find the nodes behind addresses, with the Environments on them, in two requests.

    It is for a warning only: without a control plane, or with one that does not answer, there is nobody to name.
    """
    if not cidrs or not backend.is_known:
        return ()
    try:
        dflow = backend.control_plane.during(stop.wait)
        servers = dflow.servers.find().documents
        projects = dflow.projects.find().documents
    except (ControlPlaneError, ProviderError):
        return ()
    sandboxed = backend.environment.get(DOCUMENTATION_SWITCH) == "1"
    ranges = DocumentationRanges.ALLOWED if sandboxed else DocumentationRanges.REFUSED
    found = []
    for server in sorted(servers, key=lambda each: each["name"]):
        outbound = outbound_address(server, ranges)
        if isinstance(outbound, OutboundAddress) and covered(outbound.cidr, cidrs):
            names = sorted(project["name"] for project in projects if project.get("server") == server["id"])
            if names:
                found.append(LeavingNode(server["name"], outbound.cidr, tuple(names)))
    return tuple(found)
