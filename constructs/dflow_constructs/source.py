"""Where an App Service's code comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dflow_constructs.errors import ConfigurationError

_REPOSITORY = re.compile(r"(?P<owner>[A-Za-z0-9-]+)/(?P<repository>[A-Za-z0-9._-]+)")


@dataclass(frozen=True)
class GitHub:
    """A branch of a GitHub repository.

    Args:
        slug: owner and repository, `acme/shop`.
        branch: the branch to deploy.
        build_path: the folder to build in, from the root of the repository.
        git_provider_id: the dFlow id of the GitHub App installation that may read the repository; a public one needs
            none.
    """

    slug: str
    branch: str
    build_path: str = "/"
    git_provider_id: str | None = None

    def __post_init__(self) -> None:
        if not _REPOSITORY.fullmatch(self.slug):
            raise ConfigurationError(
                f"GitHub({self.slug!r})", 'a repository is named by its owner and its name; write GitHub("acme/shop")'
            )
        if not self.branch.strip():
            raise ConfigurationError(f"GitHub({self.slug!r})", 'the branch is empty; name one, branch="main"')

    @property
    def owner(self) -> str:
        """The account that owns the repository."""
        return self.slug.partition("/")[0]

    @property
    def repository(self) -> str:
        """The repository's name without its owner."""
        return self.slug.partition("/")[2]
