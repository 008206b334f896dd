"""Where an App Service's code comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.secret import Secret

_OWNED = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_GROUPED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)+")
_TWO_PARTS = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*/[A-Za-z0-9_][A-Za-z0-9._-]*")
_AZURE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[^/\s:?#&%]+/[^/\s:?#&%]+")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True)
class GitHub:
    """A branch of a GitHub repository.

    Args:
        slug: owner and repository, `acme/shop`.
        branch: the branch to deploy.
        build_path: the folder to build in, from the root of the repository.
        git_provider_id: the dFlow id of the GitHub App installation that may read the repository; a public one needs
            none.
        token: an access token that may read the repository, where there is no GitHub App.
    """

    slug: str
    branch: str
    build_path: str = "/"
    git_provider_id: str | None = None
    token: Secret | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        call = f"GitHub({self.slug!r})"
        if not _OWNED.fullmatch(self.slug):
            raise ConfigurationError(call, 'a repository is named by its owner and its name; write GitHub("acme/shop")')
        _check(call, self.branch, self.build_path, self.token)
        if self.git_provider_id is not None and self.token is not None:
            raise ConfigurationError(
                call, "git_provider_id and token are both given, and dFlow reads with one of them; leave one out"
            )

    @property
    def provider(self) -> str:
        """The host in the word of the Terraform provider."""
        return "github"

    @property
    def owner(self) -> str:
        """The account that owns the repository."""
        return self.slug.partition("/")[0]

    @property
    def repository(self) -> str:
        """The repository's name without its owner."""
        return self.slug.partition("/")[2]


@dataclass(frozen=True)
class GitLab:
    """A branch of a GitLab repository.

    Args:
        slug: groups and project, `acme/shop` or `acme/platform/shop`.
        branch: the branch to deploy.
        build_path: the folder to build in, from the root of the repository.
        token: an access token that may read the repository; a public one needs none.
        address: where GitLab is, if you host it yourself.
    """

    slug: str
    branch: str
    build_path: str = "/"
    token: Secret | None = field(default=None, kw_only=True)
    address: str = field(default="https://gitlab.com", kw_only=True)

    def __post_init__(self) -> None:
        call = f"GitLab({self.slug!r})"
        if not _GROUPED.fullmatch(self.slug) or self.slug.endswith(".git"):
            raise ConfigurationError(
                call, 'a project is named by its groups and its name; write GitLab("acme/platform/shop")'
            )
        _check_address(call, self.address)
        _check(call, self.branch, self.build_path, self.token)

    @property
    def provider(self) -> str:
        """The host in the word of the Terraform provider."""
        return "gitlab"

    @property
    def owner(self) -> str:
        """The groups that own the project."""
        return self.slug.rpartition("/")[0]

    @property
    def repository(self) -> str:
        """The address to clone from."""
        return _clone(self.address, self.slug)

    @property
    def git_provider_id(self) -> None:
        """Nothing: dFlow has installations at GitHub only."""


@dataclass(frozen=True)
class Bitbucket:
    """A branch of a repository at bitbucket.org.

    Args:
        slug: workspace and repository, `acme/shop`.
        branch: the branch to deploy.
        build_path: the folder to build in, from the root of the repository.
        token: an access token that may read the repository; a public one needs none.
    """

    slug: str
    branch: str
    build_path: str = "/"
    token: Secret | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        call = f"Bitbucket({self.slug!r})"
        if not _TWO_PARTS.fullmatch(self.slug) or self.slug.endswith(".git"):
            raise ConfigurationError(
                call, 'a repository is named by its workspace and its name; write Bitbucket("acme/shop")'
            )
        _check(call, self.branch, self.build_path, self.token)

    @property
    def provider(self) -> str:
        """The host in the word of the Terraform provider."""
        return "bitbucket"

    @property
    def owner(self) -> str:
        """The workspace that owns the repository."""
        return self.slug.partition("/")[0]

    @property
    def repository(self) -> str:
        """The address to clone from."""
        return _clone("https://bitbucket.org", self.slug)

    @property
    def git_provider_id(self) -> None:
        """Nothing: dFlow has installations at GitHub only."""


@dataclass(frozen=True)
class AzureDevOps:
    """A branch of a repository at Azure DevOps, which dFlow always reads with a token.

    Args:
        slug: organisation, project and repository, `acme/platform/shop`.
        branch: the branch to deploy.
        build_path: the folder to build in, from the root of the repository.
        token: a personal access token with the scope Code (Read).
    """

    slug: str
    branch: str
    build_path: str = "/"
    token: Secret = field(kw_only=True)

    def __post_init__(self) -> None:
        call = f"AzureDevOps({self.slug!r})"
        if not _AZURE.fullmatch(self.slug):
            raise ConfigurationError(
                call,
                "a repository is named by organisation, project and name, without %; "
                'write AzureDevOps("acme/platform/shop")',
            )
        _check(call, self.branch, self.build_path, self.token)

    @property
    def provider(self) -> str:
        """The host in the word of the Terraform provider."""
        return "azure_devops"

    @property
    def owner(self) -> str:
        """The organisation that owns the repository."""
        return self.slug.partition("/")[0]

    @property
    def repository(self) -> str:
        """The address to clone from."""
        organisation, project, name = self.slug.split("/")
        return f"https://dev.azure.com/{organisation}/{project}/_git/{name}"

    @property
    def git_provider_id(self) -> None:
        """Nothing: dFlow has installations at GitHub only."""


@dataclass(frozen=True)
class Gitea:
    """A branch of a repository of a Gitea or Forgejo.

    Args:
        slug: owner and repository, `acme/shop`.
        branch: the branch to deploy.
        build_path: the folder to build in, from the root of the repository.
        address: where it is, `https://git.example.com`.
        token: an access token that may read the repository; a public one needs none.
    """

    slug: str
    branch: str
    build_path: str = "/"
    address: str = field(kw_only=True)
    token: Secret | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        call = f"Gitea({self.slug!r})"
        if not _TWO_PARTS.fullmatch(self.slug) or self.slug.endswith(".git"):
            raise ConfigurationError(call, 'a repository is named by its owner and its name; write Gitea("acme/shop")')
        _check_address(call, self.address)
        _check(call, self.branch, self.build_path, self.token)

    @property
    def provider(self) -> str:
        """The host in the word of the Terraform provider."""
        return "gitea"

    @property
    def owner(self) -> str:
        """The account that owns the repository."""
        return self.slug.partition("/")[0]

    @property
    def repository(self) -> str:
        """The address to clone from."""
        return _clone(self.address, self.slug)

    @property
    def git_provider_id(self) -> None:
        """Nothing: dFlow has installations at GitHub only."""


Source: TypeAlias = GitHub | GitLab | Bitbucket | AzureDevOps | Gitea
"""What an App Service can be built from."""


def _clone(address: str, slug: str) -> str:
    return f"{address.rstrip('/')}/{slug}.git"


def _check(call: str, branch: str, build_path: str, token: object) -> None:
    if not branch.strip():
        raise ConfigurationError(call, 'the branch is empty; name one, branch="main"')
    if not build_path.startswith("/"):
        raise ConfigurationError(
            call,
            f"build_path {build_path!r} does not begin with a /; write it from the root of the repository, "
            f"build_path={'/' + build_path.removeprefix('./')!r}",
        )
    if token is not None and not isinstance(token, Secret):
        raise ConfigurationError(  # a program without a type checker gets here
            call,
            "token is not a Secret, and would be readable in the program, its output and the state; put it in an "
            'environment variable and pass token=Secret.from_environment("GIT_TOKEN")',
        )


def _check_address(call: str, address: str) -> None:
    if not _ADDRESS.fullmatch(address):
        raise ConfigurationError(
            call,
            f"address {address!r} is no address that code can be cloned from; write it with its scheme and without "
            'user or query, address="https://git.example.com"',
        )
