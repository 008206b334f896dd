"""The stacks of a company, as they are synthesized."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dflow_constructs import App, S3State
from dflow_constructs.testing import KNOWN_AT_PLAN, allowlist_of

if TYPE_CHECKING:
    from collections.abc import Mapping

STACKS = Path(__file__).resolve().parents[2] / "stacks"
CANARY = "canary-7ad1e2c9-password"
ALL = ["billing-live", "shared", "shop-live", "shop-test"]


@functools.cache
def company_module() -> Any:
    spec = importlib.util.spec_from_file_location("company", STACKS / "company.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["company"] = module
    spec.loader.exec_module(module)
    return module


def built(directory: Path, *only: str) -> tuple[App, Any]:
    module = company_module()
    app = App(outdir=str(directory))
    state = S3State(bucket="acme-states", region="eu-central-1")
    company = module.Company(app, module.Surroundings("sg-0123456789abcdef0", "eu-central-1", state=state))
    company.build(only or None)
    return app, company


def digests(directory: Path) -> Mapping[str, str]:
    files = sorted((directory / "stacks").glob("*/cdk.tf.json"))
    return {path.parent.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_each_environment_has_a_stack_and_a_state_of_its_own(tmp_path: Path):
    app, _ = built(tmp_path)
    app.synth()

    assert sorted(digests(tmp_path)) == ALL
    keys = {json.loads(path.read_text())["terraform"]["backend"]["s3"]["key"] for path in tmp_path.rglob("cdk.tf.json")}
    assert keys == {f"{name}.tfstate" for name in ALL}


def test_everybody_who_uses_the_database_is_let_in_by_the_own_stack(tmp_path: Path):
    app, company = built(tmp_path)

    assert {(connection.service, connection.entries) for connection in app.connections if connection.entries} == {
        ("shop-live/live/web", ("fra-1",)),
        ("shop-test/test/web", ("fra-2",)),
        ("billing-live/live/worker", ("fra-3",)),
    }
    assert allowlist_of(company.shared.orders) == dict.fromkeys(("fra-1", "fra-2", "fra-3"), KNOWN_AT_PLAN)


def test_one_stack_is_built_alone_and_is_the_same(tmp_path: Path):
    built(tmp_path / "all")[0].synth()
    built(tmp_path / "one", "shop-test")[0].synth()
    built(tmp_path / "two", "billing-live")[0].synth()

    everything, one, two = (digests(tmp_path / name) for name in ("all", "one", "two"))
    assert sorted(one) == ["shared", "shop-test"]
    assert one["shop-test"] == everything["shop-test"]
    assert sorted(two) == ["billing-live", "shared"]
    assert two["billing-live"] == everything["billing-live"]
    assert one["shared"] == two["shared"] == everything["shared"]


def test_the_same_program_writes_the_same_bytes_twenty_times(tmp_path: Path):
    found = []
    for run in range(20):
        built(tmp_path / str(run))[0].synth()
        found.append(digests(tmp_path / str(run)))

    assert found == [found[0]] * 20


def run_main(directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "DFLOW_CDK"}}
    own = {
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
        "COMPANY_SECURITY_GROUP": "sg-0123456789abcdef0",
        "COMPANY_STATE_BUCKET": "acme-states",
        "AWS_REGION": "eu-central-1",
        "ORDERS_PASSWORD": CANARY,
        "GHCR_TOKEN": CANARY,
    }
    return subprocess.run(
        [sys.executable, str(STACKS / "company_main.py")],
        cwd=directory,
        env={**kept, **own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def without_version(directory: Path) -> dict[str, str]:
    found = {}
    for path in (directory / "cdktf.out" / "stacks").glob("*/cdk.tf.json"):
        document = json.loads(path.read_text())
        document["//"]["metadata"].pop("version")
        found[path.parent.name] = json.dumps(document, sort_keys=True)
    return found


@pytest.mark.skipif("DFLOW_LIBRARY_TESTS_AGAIN" in os.environ, reason="both have been looked at")
@pytest.mark.skipif(importlib.util.find_spec("cdktn") is None, reason="cdktn is not installed")
def test_both_cdks_write_the_same_and_no_secret(tmp_path: Path):
    for name in ("cdktf", "cdktn"):
        (tmp_path / name).mkdir()
        ran = run_main(tmp_path / name, DFLOW_CDK=name)
        assert ran.returncode == 0, ran.stderr

    assert without_version(tmp_path / "cdktf") == without_version(tmp_path / "cdktn")
    assert len(without_version(tmp_path / "cdktf")) == 4
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"COMPANY_SECURITY_GROUP": ""}, "COMPANY_SECURITY_GROUP is not set: name the security group"),
        ({"COMPANY_NODES": "fra-1"}, "COMPANY_NODES names 1 Worker Nodes: give three"),
        ({"DFLOW_STACKS": "shop-prod"}, "shop-prod: there is no such stack; there are billing-live, shared"),
    ],
)
def test_a_setting_that_cannot_be_ends_in_one_line(tmp_path: Path, environment: dict[str, str], words: str):
    ran = run_main(tmp_path, **environment)

    assert ran.returncode == 1
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
