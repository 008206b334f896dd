"""Deployments: how each build and start of a service went."""

from __future__ import annotations

from typing import NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Stored


class DeploymentDocument(Stored):
    """A deployment as the control plane sends it, without its log. It belongs to a service and to no organisation."""

    status: str
    service: NotRequired[str | None]


DEPLOYMENTS = Shape("deployments", "deployment", {"status": True, "service": True}, name_field="id")
Deployments = Collection[DeploymentDocument]
