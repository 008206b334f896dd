"""Bindings of Terraform's own built-in provider, made from what Terraform prints and run by Terraform."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from dflow_codegen import generate, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIGURATION = """
terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}
resource "terraform_data" "any" {}
"""

STACK = """
from terraform_bindings import Data, TerraformProvider
TerraformProvider(stack, "terraform")
first = Data(stack, "first", input={"list": [1, None, True], "map": {"Kept-As-Is": "a"}})
second = Data(stack, "second", input=first.output, triggers_replace=[first.id])
third = Data(stack, "third", input="third")
third.depend_on(second)
cdk.TerraformOutput(stack, "output", value=second.output)
"""


@pytest.fixture
def terraform(tmp_path: Path) -> Callable[..., str]:
    """Run Terraform without network and without the user's configuration."""
    if shutil.which("terraform") is None:
        pytest.fail("there is no terraform on PATH; install Terraform 1.11 or newer")
    environment = os.environ | {"CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": "/dev/null"}

    def run(directory: Path, *arguments: str) -> str:
        finished = subprocess.run(
            ["terraform", *arguments], cwd=directory, env=environment, capture_output=True, text=True, check=False
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    return run


@pytest.mark.acceptance
def test_terraform_applies_what_generated_classes_synthesize(
    terraform: Callable[..., str], synthesize: Callable[..., dict[str, Any]], tmp_path: Path
):
    """The schema comes from Terraform, the stack goes back to it: types, nulls, keys and order survive."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "main.tf").write_text(CONFIGURATION)
    terraform(source, "init", "-no-color")
    document = json.loads(terraform(source, "providers", "schema", "-json"))
    write_tree(generate(document, "builtin/terraform"), tmp_path / "packages" / "terraform_bindings")

    synthesize(STACK, tmp_path / "packages")

    stack = tmp_path / "cdktf.out" / "stacks" / "stack"
    terraform(stack, "init", "-no-color")
    applied = terraform(stack, "apply", "-auto-approve", "-no-color")
    assert json.loads(terraform(stack, "output", "-json"))["output"]["value"] == {
        "list": [1, None, True],
        "map": {"Kept-As-Is": "a"},
    }
    assert applied.index("terraform_data.second: Creation complete") < applied.index("terraform_data.third: Creating")
    terraform(stack, "plan", "-detailed-exitcode", "-no-color")
