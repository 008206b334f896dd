"""Python, Node, and the CDK's command line and library."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from dflow_cli.checks.finding import Finding
from dflow_cli.checks.program import ProgramMissing, find_program

PYTHON_AT_LEAST = (3, 11, 0)
NODE_AT_LEAST = (20, 0, 0)


def check_python() -> Finding:
    """The Python that runs this command is the one that stacks and the provider run with."""
    found = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info[:3] < PYTHON_AT_LEAST:
        return Finding.failed("Python", found, "Install Python 3.11 or newer, and dflow-cdktf into it.")
    return Finding.ok("Python", found)


def check_node() -> Finding:
    """The CDK's command line and the library behind its constructs are JavaScript."""
    remedy = "Install Node 20 or newer (https://nodejs.org/en/download)."
    try:
        node = find_program("node")
    except ProgramMissing as missing:
        return Finding.failed("Node", str(missing), remedy)
    if node.version < NODE_AT_LEAST:
        return Finding.failed("Node", f"{node}; 20 or newer is needed", remedy)
    return Finding.ok("Node", str(node))


def check_cdk_command() -> Finding:
    """`cdktf`, or `cdktn` of its successor; the one in the working directory's node_modules counts too."""
    try:
        command = find_program("cdktf", "cdktn", folders=(Path("node_modules/.bin").absolute(),))
    except ProgramMissing as missing:
        return Finding.failed(
            "CDK command line", str(missing), "Install it: npm install cdktf-cli@0.21.0 (or cdktn-cli@0.24)."
        )
    return Finding.ok("CDK command line", f"{command.path.name} {command}")


def check_cdk_library() -> Finding:
    """`cdktf` or `cdktn`, in the Python that runs this command."""
    named = os.environ.get("DFLOW_CDK")
    candidates = (named,) if named else ("cdktf", "cdktn")
    for name in candidates:
        if importlib.util.find_spec(name) is not None:
            return Finding.ok("CDK library", f"{name} {metadata.version(name)}")
    return Finding.failed(
        "CDK library",
        f"no {' and no '.join(candidates)} in {sys.prefix}" + (f" (DFLOW_CDK is {named!r})" if named else ""),
        "Install it: pip install 'dflow-cdktf[cdktf]' (or 'dflow-cdktf[cdktn]').",
    )
