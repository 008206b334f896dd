"""One provider process for all commands of a workspace."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_acceptance.workspace import Workspace


@contextmanager
def warmed(workspace: Workspace) -> Iterator[None]:
    """Start a provider with the workspace's own settings; Terraform's commands in it use that one meanwhile."""
    process = subprocess.Popen(
        [Path(sys.prefix) / "bin" / "terraform-provider-dflow", "--serve"],
        cwd=workspace.directory,
        env=workspace.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        workspace.environment["TF_REATTACH_PROVIDERS"] = process.stdout.readline().strip()
        yield
    finally:
        workspace.environment.pop("TF_REATTACH_PROVIDERS", None)
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()
