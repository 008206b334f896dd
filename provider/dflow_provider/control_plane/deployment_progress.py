"""One deployment on its way from `queued` to its end, and what its build said."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head, Stored

if TYPE_CHECKING:
    from dflow_provider.control_plane.services import VariableRow


class ProgressDocument(Stored):
    """A deployment without its log; `updatedAt` is an RFC 3339 time in UTC."""

    status: str
    updatedAt: str
    service: NotRequired[str | None]


class LogDocument(Stored):
    """A deployment's log, oldest line first. It may repeat secrets that the build was given."""

    logs: NotRequired[object]


PROGRESS = Shape("deployments", "deployment", {"status": True, "service": True, "updatedAt": True}, name_field="id")
Progress = Collection[ProgressDocument]

LOGS = Shape("deployments", "deployment", {"logs": True}, name_field="id")
Logs = Collection[LogDocument]


class BuildInputsDocument(Head):
    """What a service's builds are given: its variables, their values on the node as JSON text, and Git tokens."""

    variables: NotRequired[list[VariableRow] | None]
    populatedVariables: NotRequired[object]
    githubSettings: NotRequired[dict[str, object]]
    gitlabSettings: NotRequired[dict[str, object]]
    bitbucketSettings: NotRequired[dict[str, object]]
    azureSettings: NotRequired[dict[str, object]]
    giteaSettings: NotRequired[dict[str, object]]


_TOKEN = {"gitToken": True}
BUILD_INPUTS = Shape(
    "services",
    "service",
    {
        "variables": True,
        "populatedVariables": True,
        "githubSettings": _TOKEN,
        "gitlabSettings": _TOKEN,
        "bitbucketSettings": _TOKEN,
        "azureSettings": _TOKEN,
        "giteaSettings": _TOKEN,
    },
    joins=("deployments", "traefikConfiguration"),
)
BuildInputs = Collection[BuildInputsDocument]
