"""Who hosts a repository: our word for it, dFlow's, and where dFlow keeps its settings."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dflow_provider.control_plane.services import GitSettings, ServiceDocument

Group = Literal["githubSettings", "gitlabSettings", "bitbucketSettings", "azureSettings", "giteaSettings"]


class GitHost(Enum):
    """A host of Git repositories; the value is the word that a configuration uses."""

    GITHUB = "github"
    GITLAB = "gitlab"
    BITBUCKET = "bitbucket"
    AZURE_DEVOPS = "azure_devops"
    GITEA = "gitea"

    @property
    def type(self) -> str:
        """What dFlow calls it in `providerType`."""
        return "azureDevOps" if self is GitHost.AZURE_DEVOPS else self.value

    @property
    def group(self) -> Group:
        """The group of fields in which dFlow keeps its settings."""
        return _GROUPS[self]

    @classmethod
    def of(cls, document: ServiceDocument) -> GitHost | None:
        """Return the host of a service; one made in the dashboard has none until its source is chosen."""
        type_ = document.get("providerType")
        if type_ is None:
            return cls.GITHUB if document.get("provider") else None
        return next((host for host in cls if host.type == type_), None)

    def settings(self, document: ServiceDocument) -> GitSettings:
        """Return what dFlow keeps for this host of a service."""
        return document.get(self.group) or {}

    def token(self, document: ServiceDocument) -> str | None:
        """Return the token that the code is read with, where it was asked for."""
        return self.settings(document).get("gitToken")


_GROUPS: dict[GitHost, Group] = {
    GitHost.GITHUB: "githubSettings",
    GitHost.GITLAB: "gitlabSettings",
    GitHost.BITBUCKET: "bitbucketSettings",
    GitHost.AZURE_DEVOPS: "azureSettings",
    GitHost.GITEA: "giteaSettings",
}
