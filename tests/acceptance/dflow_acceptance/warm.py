"""One provider process for all commands of a workspace."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dflow_acceptance.shared_provider import shared_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_acceptance.workspace import Workspace


@contextmanager
def warmed(workspace: Workspace) -> Iterator[None]:
    """Start a provider with the workspace's own settings; Terraform's commands in it use that one meanwhile."""
    with shared_provider(workspace.environment, workspace.directory) as provider:
        workspace.environment["TF_REATTACH_PROVIDERS"] = provider
        try:
            yield
        finally:
            workspace.environment.pop("TF_REATTACH_PROVIDERS", None)
