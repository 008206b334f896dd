"""Starting the control plane: what has to be installed, and how the server is run."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from dflow_sandbox.child_process import ChildProcess
from dflow_sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = Path(__file__).resolve().parent.parent / "control_plane"
DATABASE = "control-plane.db"
LOG = "control-plane.log"

_OLDEST_NODE = 20


def start_control_plane(directory: Path, *, port: int, secret: str, program: Path = PROGRAM) -> ChildProcess:
    """Starts the server on 127.0.0.1 with its database in `directory`; it announces `{"port": …}`."""
    environment: Mapping[str, str] = {
        "DFLOW_SANDBOX_DATABASE": str(directory / DATABASE),
        "DFLOW_SANDBOX_PORT": str(port),
        "NODE_ENV": "development",  # Payload creates the tables in this mode only
        "PAYLOAD_SECRET": secret,
    }
    check_packages(program)
    return ChildProcess(
        "the control plane", [check_node(), str(program / "server.mjs")], environment=environment, log=directory / LOG
    )


def check_node() -> str:
    """Path of Node.js; raises when it is absent or too old for Payload."""
    node = shutil.which("node")
    if node is None:
        raise SandboxError(f"The sandbox runs on Node.js {_OLDEST_NODE} or later, and there is no `node` on PATH.")
    version = subprocess.run([node, "--version"], capture_output=True, check=False, text=True).stdout.strip()
    major = version.removeprefix("v").split(".")[0]
    if not major.isdecimal() or int(major) < _OLDEST_NODE:
        found = version or "a program that does not say its version"
        raise SandboxError(f"The sandbox runs on Node.js {_OLDEST_NODE} or later; {node} is {found}.")
    return node


def check_packages(program: Path) -> None:
    """Raises when the npm packages of the control plane are missing or not the pinned ones."""
    wanted = json.loads((program / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for package, version in wanted.items():
        manifest = program / "node_modules" / package / "package.json"
        found = json.loads(manifest.read_text(encoding="utf-8"))["version"] if manifest.is_file() else None
        if found != version:
            state = "is not installed" if found is None else f"is installed as {found}"
            raise SandboxError(
                f"The sandbox needs the npm package {package} {version}, which {state} in "
                f"{program / 'node_modules'}. Run `make install`."
            )
