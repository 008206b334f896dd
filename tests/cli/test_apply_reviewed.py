"""`dflow-cdktf apply`: only the plan that was reviewed is applied, by the real Terraform."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

TERRAFORM = shutil.which(os.environ.get("TERRAFORM_BINARY_NAME") or "terraform") or shutil.which("tofu")
PROGRAM = 'resource "terraform_data" "note" {\n  input = "%s"\n}\n'


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An initialised directory with a plan and its review; terraform_data needs no provider of anybody's."""
    assert TERRAFORM, "no `terraform` and no `tofu` on PATH; run `make install-terraform`"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", TERRAFORM)
    monkeypatch.setenv("CHECKPOINT_DISABLE", "1")
    (tmp_path / "main.tf").write_text(PROGRAM % "first")
    terraform("init")
    planned("first")
    return tmp_path


def terraform(*words: str) -> bytes:
    return subprocess.run([str(TERRAFORM), *words], check=True, capture_output=True).stdout


def planned(name: str) -> None:
    terraform("plan", f"-out={name}.plan")
    Path(f"{name}.json").write_bytes(terraform("show", "-json", f"{name}.plan"))


def applied() -> str | None:
    state = Path("terraform.tfstate")
    if not state.exists():
        return None
    return json.loads(state.read_text())["resources"][0]["instances"][0]["attributes"]["input"]["value"]


def test_the_plan_that_was_reviewed_is_applied_and_another_is_refused(dflow_cdktf, work: Path):
    assert dflow_cdktf("review", "first.json", "--output", "review.json").code == 0
    (work / "main.tf").write_text(PROGRAM % "second")
    planned("second")

    refused = dflow_cdktf("apply", "--reviewed", "review.json", "second.plan")

    assert refused.code == 1
    assert "error: second.plan is not a plan that was reviewed; nothing was applied" in refused.err
    (reviewed,) = json.loads((work / "review.json").read_text())["plans"]
    assert f"{reviewed['sha256']}  first\n" in refused.err
    assert applied() is None

    assert dflow_cdktf("apply", "--reviewed", "review.json", "first.plan").code == 0

    assert applied() == "first"


def test_the_json_of_a_plan_is_no_plan_file(dflow_cdktf, work: Path):
    dflow_cdktf("review", "first.json", "--output", "review.json")

    refused = dflow_cdktf("apply", "--reviewed", "review.json", "first.json")

    assert refused.code == 1
    assert "cannot read first.json; nothing was applied. Give the file of `plan -out`, not its JSON" in refused.err
    assert applied() is None


def test_terraforms_own_failure_is_the_exit_code(dflow_cdktf, work: Path):
    """The plan is stale: what it was made from has changed meanwhile."""
    dflow_cdktf("review", "first.json", "--output", "review.json")
    terraform("apply", "first.plan")

    ran = dflow_cdktf("apply", "--reviewed", "review.json", "first.plan")

    assert ran.code == 1
    assert "stale" in ran.err


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (None, "the review review.json cannot be read: No such file or directory. Write it with"),
        ("", "is no review of dflow-cdktf as JSON; nothing was applied"),
        ("[" * 100_000, "is no review of dflow-cdktf as JSON"),
        ('{"format_version": "1.2", "resource_changes": []}', "is no review of dflow-cdktf as JSON"),
        ('{"format_version": "1.0", "plans": "none"}', "is no review of dflow-cdktf as JSON"),
        ('{"format_version": "2.0", "plans": []}', "has format 2.0, and this dflow-cdktf reads 1.x"),
    ],
)
def test_what_is_no_review_approves_nothing(
    dflow_cdktf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, review: str | None, said: str
):
    monkeypatch.chdir(tmp_path)
    if review is not None:
        Path("review.json").write_text(review)

    ran = dflow_cdktf("apply", "--reviewed", "review.json", "the.plan")

    assert ran.code == 1
    assert said in ran.err
