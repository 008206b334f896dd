"""Git providers: the GitHub Apps with which dFlow reads private repositories."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Stored


class GithubApp(TypedDict, total=False):
    """A GitHub App. Its secrets, which dFlow does not even encrypt, are never asked for."""

    appName: str | None
    appUrl: str | None
    appId: int | None
    installationId: str | None


class GitProviderDocument(Stored):
    """A Git provider as the control plane sends it, without secrets. It has no name but that of its app."""

    type: str
    tenant: NotRequired[str]
    github: NotRequired[GithubApp | None]


GIT_PROVIDERS = Shape(
    "gitProviders",
    "Git provider",
    {"type": True, "github": {"appName": True, "appUrl": True, "appId": True, "installationId": True}},
    name_field="github.appName",
)
GitProviders = Collection[GitProviderDocument]
