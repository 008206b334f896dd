"""Stacks deployed by the command lines people use: `cdktf`, and its successor `cdktn`."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from dflow_acceptance.cdk_command import CdkCommand, CommandMissingError, prepare
from dflow_acceptance.place import Place
from dflow_acceptance.synthesis import QUICKSTART
from dflow_acceptance.workspace import clean_environment

both_are_installed = pytest.mark.skipif(importlib.util.find_spec("cdktn") is None, reason="cdktn is not installed")

NOTHING_TO_DO = re.compile(r"No changes\. Your infrastructure matches the configuration")


@pytest.fixture
def environment(settings: dict[str, str], place: Place, tmp_path: Path) -> dict[str, str]:
    """The environment variables that the quickstart and its provider need."""
    home = tmp_path / "home"
    home.mkdir()
    own = {
        "ORDERS_PASSWORD": "not-much-of-a-secret",
        "QUICKSTART_ENVIRONMENTS": "production",
        "QUICKSTART_SECURITY_GROUP": place.group.id,
    }
    return clean_environment(home, {**settings, **own})


@both_are_installed
def test_both_libraries_write_the_same_configuration(environment: dict[str, str], tmp_path: Path):
    """So whatever Terraform does with the one it does with the other; only layout and their own version differ."""

    def written(cdk: str) -> dict[str, Any]:
        directory = tmp_path / cdk
        directory.mkdir()
        command = [sys.executable, str(QUICKSTART)]
        subprocess.run(command, cwd=directory, env={**environment, "DFLOW_CDK": cdk}, check=True, capture_output=True)
        document = json.loads((directory / "cdktf.out" / "stacks" / "shop" / "cdk.tf.json").read_text())
        assert document["//"]["metadata"].pop("version")
        assert document["terraform"].pop("backend") == {"local": {"path": str(directory / "terraform.shop.tfstate")}}
        return document

    assert written("cdktf") == written("cdktn")


@both_are_installed
@pytest.mark.slow  # either command line is slow to start, and starts four times
@pytest.mark.parametrize("command", ["cdktf", "cdktn"])
def test_a_stack_of_cdktn_is_deployed_needs_no_change_and_is_destroyed(
    command: str, environment: dict[str, str], place: Place, tmp_path: Path
):
    """Programs written with cdktn: by its own command line, and by that of cdktf, which the demo runs with its own."""
    try:
        cdk = CdkCommand.found(command)
    except CommandMissingError as missing:
        pytest.skip(str(missing))
    program = tmp_path / "program"
    prepare(QUICKSTART, program)
    environment["DFLOW_CDK"] = "cdktn"

    cdk.run("deploy", program, environment, "--auto-approve")

    names = {each["name"] for each in place.organisation.documents("projects")}
    assert names == {"shop-live", "shop-production"}
    assert place.group.ours() == ["203.0.113.9/32"]
    variables = place.organisation.variables(place.service("shop-production-worker")["id"])
    assert variables["DB_PASSWORD"] == "not-much-of-a-secret"

    again = cdk.run("deploy", program, environment, "--auto-approve")
    differences = cdk.run("diff", program, environment)

    assert NOTHING_TO_DO.search(again), again
    assert NOTHING_TO_DO.search(differences), differences

    cdk.run("destroy", program, environment, "--auto-approve")

    assert place.group.ours() == []
    assert {each["name"] for each in place.organisation.documents("projects")} == {"shop-live"}
