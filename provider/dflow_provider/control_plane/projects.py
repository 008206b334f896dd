"""Projects: what the public control plane has for an Environment (and its Application)."""

from __future__ import annotations

from typing import NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class ProjectDocument(Head):
    """A project as the control plane sends it; `server` is the id of its Worker Node."""

    tenant: NotRequired[str]
    description: NotRequired[str | None]
    server: NotRequired[str | None]


PROJECTS = Shape("projects", "Environment", {"description": True, "server": True}, joins=("services",))
Projects = Collection[ProjectDocument]
