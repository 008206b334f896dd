"""Projects: what the public control plane has for an Environment (and its Application)."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from dflow_provider.control_plane.collection import Collection, Shape


class ProjectDocument(TypedDict):
    """A project as the control plane sends it; `server` is the id of its Worker Node."""

    id: str
    name: str
    createdAt: str
    tenant: NotRequired[str]
    description: NotRequired[str | None]
    server: NotRequired[str | None]


PROJECTS = Shape("projects", "Environment", {"description": True, "server": True})
Projects = Collection[ProjectDocument]
