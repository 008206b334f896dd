"""Starting the AWS stand-in."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

from dflow_sandbox.child_process import ChildProcess
from dflow_sandbox.errors import SandboxError

if TYPE_CHECKING:
    from pathlib import Path

LOG = "aws.log"


def start_cloud(directory: Path, *, port: int) -> ChildProcess:
    """Starts moto's server on 127.0.0.1; it announces `{"port": …}`."""
    for package in ("moto", "flask", "boto3"):
        if importlib.util.find_spec(package) is None:
            raise SandboxError(
                f"The sandbox needs the Python package {package}, which {sys.executable} does not have. "
                "Run `make install`."
            )
    command = [sys.executable, "-m", "dflow_sandbox.cloud_server"]
    environment = {"DFLOW_SANDBOX_PORT": str(port)}
    return ChildProcess("the AWS stand-in", command, environment=environment, log=directory / LOG)
