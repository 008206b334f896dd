"""One provider process for many workspaces with settings of their own, where a test is not about the process."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_cli import launcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_acceptance.workspace import Workspace


@contextmanager
def shared_provider(environment: Mapping[str, str], directory: Path | None = None) -> Iterator[str]:
    """Run the provider, by default where the tests run, and give what TF_REATTACH_PROVIDERS has to say for it."""
    process = subprocess.Popen(
        [Path(sys.prefix) / "bin" / "terraform-provider-dflow", "--serve"],
        cwd=directory,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield _for_both_registries(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


def _for_both_registries(said: str) -> str:
    """What the provider says for Terraform, for OpenTofu as well, to which the same source means another registry."""
    (attachment,) = json.loads(said).values()
    return json.dumps({f"{host}/{launcher.SOURCE}": attachment for host in launcher.HOSTS})


def attached(workspace: Workspace, provider: str) -> Workspace:
    """Make the workspace use such a provider, with the settings that the workspace's environment has.

    They stand in the configuration, because the process has its environment from somebody else.
    """
    theirs = workspace.environment
    settings = {name: theirs[f"DFLOW_{name.upper()}"] for name in ("endpoint", "api_key", "tenant")}
    (workspace.directory / "provider.tf.json").write_text(json.dumps({"provider": {"dflow": settings}}))
    workspace.environment["TF_REATTACH_PROVIDERS"] = provider
    return workspace
