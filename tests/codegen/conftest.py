"""A schema that has one of everything, and stacks synthesized in a program of their own for each CDK."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dflow_codegen import generate, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable

RICH = Path(__file__).parent / "rich"

_FRAME = """
import sys
from dflow_cdk import cdk
app = cdk.App(outdir=sys.argv[1])
stack = cdk.TerraformStack(app, "stack")
{body}
app.synth()
"""


@pytest.fixture(scope="session")
def rich_document() -> dict[str, Any]:
    """The schema of a provider that has one of everything, as Terraform would print it."""
    return json.loads((RICH / "schema.json").read_text())


@pytest.fixture(scope="session")
def rich_files(rich_document: dict[str, Any]) -> dict[str, str]:
    return generate(rich_document, "rich", version="~> 2.0")


@pytest.fixture
def rich_package(rich_files: dict[str, str], tmp_path: Path) -> Path:
    """A directory to put on the path, with the package `rich_bindings` in it."""
    write_tree(rich_files, tmp_path / "packages" / "rich_bindings")
    return tmp_path / "packages"


@pytest.fixture(params=["cdktf", "cdktn"])
def cdk(request: pytest.FixtureRequest) -> str:
    """Which of the two CDKs a stack is synthesized with."""
    return request.param


@pytest.fixture
def synthesize(cdk: str, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Synthesize a stack from a few lines of Python that see `cdk` and `stack`; return Terraform's JSON."""

    def run(body: str, *packages: Path) -> dict[str, Any]:
        out = tmp_path / "cdktf.out"
        environment = os.environ | {"DFLOW_CDK": cdk, "PYTHONPATH": os.pathsep.join(map(str, packages))}
        finished = subprocess.run(
            [sys.executable, "-c", _FRAME.format(body=body), str(out)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise StackError(finished.stderr)
        return json.loads((out / "stacks" / "stack" / "cdk.tf.json").read_text())

    return run


class StackError(Exception):
    """A stack's program failed; the message is its standard error."""


@pytest.fixture(scope="session")
def stack_error() -> type[StackError]:
    return StackError
