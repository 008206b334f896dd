"""The quickstart, as it is synthesized to the letter."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dflow_constructs import App

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = Path(__file__).with_name("snapshot_quickstart.json")
GROUP = "sg-0123456789abcdef0"
CANARY = "canary-0c2f7e55-password"


def run_main(directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "DFLOW_CDK"}}
    return subprocess.run(
        [sys.executable, str(ROOT / "stacks" / "main.py")],
        cwd=directory,
        env={
            **kept,
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
            "AWS_REGION": "eu-central-1",
            "QUICKSTART_SECURITY_GROUP": GROUP,
            "ORDERS_PASSWORD": CANARY,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def written(directory: Path) -> str:
    """What stands in the output, without what depends on the place and the CDK."""
    text = (directory / "cdktf.out" / "stacks" / "shop" / "cdk.tf.json").read_text(encoding="utf-8")
    configuration = json.loads(text)
    configuration["//"]["metadata"]["version"] = "the CDK's"
    configuration["terraform"]["backend"]["local"]["path"] = "terraform.shop.tfstate"
    return json.dumps(configuration, indent=2, sort_keys=True) + "\n"


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("quickstart")
    ran = run_main(directory)
    assert ran.returncode == 0, ran.stderr
    return directory


def test_the_quickstart_is_what_it_was(deployed: Path):
    """To accept a change on purpose: UPDATE_SNAPSHOTS=1 pytest tests/library/test_snapshot_quickstart.py."""
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        SNAPSHOT.write_text(written(deployed), encoding="utf-8")

    assert written(deployed) == SNAPSHOT.read_text(encoding="utf-8")


def test_the_same_program_writes_the_same_bytes(deployed: Path, tmp_path: Path):
    run_main(tmp_path)

    assert written(tmp_path) == written(deployed)


def test_it_writes_the_same_bytes_twenty_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "stacks"))
    quickstart = importlib.import_module("quickstart").quickstart
    found = set()
    for run in range(20):
        app = App(outdir=str(tmp_path / str(run)))
        quickstart(app, security_group_id=GROUP, region="eu-central-1")
        app.synth()
        found.add((tmp_path / str(run) / "stacks" / "shop" / "cdk.tf.json").read_bytes())

    assert len(found) == 1


def test_the_password_stands_nowhere(deployed: Path):
    files = [path for path in deployed.rglob("*") if path.is_file()]

    assert files
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


def test_logical_names_are_stable(deployed: Path):
    """Renaming one would replace a live Service or close a door."""
    configuration = json.loads(written(deployed))

    assert {kind: sorted(blocks) for kind, blocks in configuration["resource"].items()} == {
        "dflow_app_service": ["production_web_412EF249", "staging_web_305A76BB"],
        "dflow_aws_security_group_allowlist": ["orders_Allowlist_4E4CF0B7"],
        "dflow_database_service": ["production_cache_5442B24A"],
        "dflow_docker_service": ["production_worker_DB39FC5E"],
        "dflow_environment": ["production", "staging"],
        "dflow_service_variables": [
            "production_web_Variables_0413054F",
            "production_worker_Variables_3F2F7363",
            "staging_web_Variables_7A243EDA",
        ],
    }
    assert sorted(configuration["data"]["dflow_worker_node"]) == ["worker-node-fra-1", "worker-node-fra-2"]
    assert sorted(configuration["ephemeral"]["dflow_process_environment"]) == ["secret-ORDERS_PASSWORD"]


def test_a_third_node_adds_one_entry_and_a_fourth_environment_none(tmp_path: Path):
    def entries(environments: str) -> list[str]:
        ran = run_main(tmp_path, QUICKSTART_ENVIRONMENTS=environments)
        assert ran.returncode == 0, ran.stderr
        (allowlist,) = json.loads(written(tmp_path))["resource"]["dflow_aws_security_group_allowlist"].values()
        return sorted(allowlist["entries"])

    assert entries("production,staging") == ["fra-1", "fra-2"]
    assert entries("production,staging,preview") == ["fra-1", "fra-2", "fra-3"]
    assert entries("production,staging,preview,canary") == ["fra-1", "fra-2", "fra-3"]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"QUICKSTART_SECURITY_GROUP": ""}, "QUICKSTART_SECURITY_GROUP is not set: name the security group"),
        ({"QUICKSTART_SECURITY_GROUP": "orders-db"}, "'orders-db'): that is not the id of a security group; copy"),
        ({"QUICKSTART_ENVIRONMENTS": "qa"}, "QUICKSTART_ENVIRONMENTS names qa: choose from production, staging"),
    ],
)
def test_a_setting_that_cannot_be_ends_in_one_line(tmp_path: Path, environment: dict[str, str], words: str):
    ran = run_main(tmp_path, **environment)

    assert ran.returncode == 1
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
