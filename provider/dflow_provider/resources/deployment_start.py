"""What can start a deployment of a service, and what else that starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dflow_provider.control_plane.errors import NotFound
from dflow_provider.importing import IMPORTING
from dflow_provider.resources.git_host import GitHost
from dflow_provider.schema import ProviderError

if TYPE_CHECKING:
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.github_push import Push
    from dflow_provider.control_plane.services import ServiceDocument

NEVER_BUILT = frozenset({"nixpacks", "herokuBuildPacks"})
"""Builders that dFlow accepts, queues a deployment for, and has no worker for."""

PATH = ("start",)


class Start(Enum):
    """Who starts a deployment; the value is the word that a configuration uses."""

    GITHUB_PUSH = "github_push"
    MANUAL = "manual"


@dataclass(frozen=True)
class Source:
    """Where a GitHub App gets a service's code: what a push is matched by."""

    app_id: str
    repository: str
    branch: str

    @classmethod
    def of(cls, service: ServiceDocument) -> Source | None:
        """Return the source of a service that a push can deploy; nothing for every other service."""
        app_id = service.get("provider")
        if service["type"] != "app" or not app_id or GitHost.of(service) is not GitHost.GITHUB:
            return None
        settings = GitHost.GITHUB.settings(service)
        repository, branch = settings.get("repository"), settings.get("branch")
        return cls(app_id, repository, branch) if repository and branch else None


def source_of(dflow: ControlPlane, service: ServiceDocument) -> Source:
    """Return the source of a service that a push can deploy.

    Raises:
        ProviderError: only a person can deploy it; the error says why, and where to press what.
    """
    source = Source.of(service)
    if source is not None:
        return source
    raise ProviderError(
        "REST cannot deploy this service",
        f"The service {service['name']!r} {_why_not(service)}. dFlow's REST API starts a deployment only when GitHub "
        f"reports a push for a service of a GitHub App. Open {dflow.dashboard} and press Deploy at the service, or set "
        f'start = "manual" to have the apply wait until somebody does.',
        PATH,
    )


def push_to(dflow: ControlPlane, source: Source) -> Push:
    """Return the push that deploys a source.

    Raises:
        ProviderError: the GitHub App is gone, or dFlow does not know what signs its pushes.
    """
    try:
        app = dflow.webhooks.get(source.app_id)
    except NotFound:
        raise ProviderError(
            "GitHub App does not exist",
            f"The service's code comes through the Git provider with id {source.app_id!r}, which dFlow does not have "
            f"any more. Choose the source again in the dashboard.",
            PATH,
        ) from None
    with IMPORTING:
        from dflow_provider.control_plane.github_push import Push  # noqa: PLC0415 (brings the HTTP client along)

    settings = app.get("github") or {}
    secret, installation = settings.get("webhookSecret"), settings.get("installationId")
    if not secret or not installation:
        missing = "installation" if secret else "webhook secret"
        raise ProviderError(
            "GitHub App is not installed",
            f"dFlow has no {missing} of the GitHub App {settings.get('appName') or source.app_id!r}, so it takes no "
            f"push. Finish setting the App up in dFlow's dashboard, under Git.",
            PATH,
        )
    return Push(str(installation), source.repository, source.branch, secret)


def also_deployed(dflow: ControlPlane, source: Source, service_id: str) -> list[str]:
    """Return the names of the other services that a push to this source deploys, sorted."""
    found = dflow.services.find(provider=source.app_id).documents
    return sorted(each["name"] for each in found if each["id"] != service_id and Source.of(each) == source)


def _why_not(service: ServiceDocument) -> str:
    if service["type"] != "app":
        return f"is of the type {service['type']!r}"
    host = GitHost.of(service)
    if host is None:
        return "has no source yet"
    if host is not GitHost.GITHUB:
        return f"has its code on {host.value}"
    if not service.get("provider"):
        return "has its code on GitHub, but not through a GitHub App"
    return "has no repository or no branch yet"
