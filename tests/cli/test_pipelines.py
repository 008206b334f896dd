"""What the project offers to pipelines: the scripts in it are run as a pipeline runs them."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "docs/ci/github-action/action.yml").read_text())
PLANS = ROOT / "tests" / "plans"
OPEN = PLANS / "inline/digitalocean_database_firewall/destroy.json"
WIDER = PLANS / "owned/neon/change.json"
UNCHANGED = PLANS / "owned/neon/unchanged.json"
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$GH_LOG"
case "$*" in *--jq*) cat "$GH_COMMENTS" ;; esac
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(script: str, place: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub runs those of `shell: bash`."""
    environment = {
        "PATH": f"{place / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GITHUB_OUTPUT": str(place / "output"),
        "GITHUB_STEP_SUMMARY": str(place / "summary"),
        **variables,
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def step(name: str) -> dict[str, Any]:
    (found,) = [each for each in ACTION["runs"]["steps"] if each["name"] == name]
    return found


def reviewed(place: Path, plans: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    variables = {"FAIL_ON": "high", "ACKNOWLEDGE": "", "DIRECTORY": "out", **inputs}
    return shell(step("Review")["run"], place, PLANS=plans, **variables)


@pytest.mark.parametrize(
    ("plan", "result"), [(UNCHANGED, "nothing_widened"), (WIDER, "widened"), (OPEN, "findings")], ids=lambda each: ""
)
def test_the_action_reviews_and_says_the_result(place: Path, plan: Path, result: str):
    ran = reviewed(place, f"{plan}\n")

    assert ran.returncode == 0, ran.stderr
    assert (place / "output").read_text() == f"result={result}\n"
    assert (place / "summary").read_text() == (place / "out" / "review.md").read_text()
    assert json.loads((place / "out" / "review.json").read_text())["result"] == result
    assert {each.name for each in (place / "out").iterdir()} == {
        f"review.{ending}" for ending in ("json", "md", "sarif", "xml", "html")
    }


def test_the_action_takes_several_plans_and_no_command_from_their_names(place: Path):
    odd = place / "a $(touch evil) `touch evil` ; touch evil .json"
    shutil.copy(WIDER, odd)

    ran = reviewed(place, f"{odd.name}\n{UNCHANGED}\n\n")

    assert ran.returncode == 0, ran.stderr
    assert len(json.loads((place / "out" / "review.json").read_text())["plans"]) == 2
    assert not (place / "evil").exists()


def test_the_action_fails_where_there_is_no_review(place: Path):
    ran = reviewed(place, "nowhere.json")

    assert ran.returncode == 1
    assert "nowhere.json cannot be read" in ran.stderr
    assert not (place / "output").exists()


@pytest.mark.parametrize(
    ("result", "fail_when", "code"),
    [
        ("findings", "", 1),
        ("widened", "", 0),
        ("widened", "widened, cannot-tell", 1),
        ("cannot_tell", "widened, cannot-tell", 1),
        ("cannot_tell", "widened", 0),
        ("nothing_widened", "widened, cannot-tell", 0),
    ],
)
def test_the_action_fails_on_what_it_is_told_to(place: Path, result: str, fail_when: str, code: int):
    assert shell(step("Decide")["run"], place, RESULT=result, FAIL_WHEN=fail_when).returncode == code


@pytest.mark.parametrize(
    ("there", "call"),
    [("", "POST repos/acme/shop/issues/7/comments"), ("42\n43\n", "PATCH repos/acme/shop/issues/comments/42")],
)
def test_the_action_replaces_its_own_comment(place: Path, there: str, call: str):
    (place / "bin").mkdir()
    (place / "bin" / "gh").write_text(GH)
    (place / "bin" / "gh").chmod(0o755)
    (place / "comments").write_text(there)
    reviewed(place, str(WIDER))

    ran = shell(
        step("Comment")["run"],
        place,
        DIRECTORY="out",
        REPOSITORY="acme/shop",
        NUMBER="7",
        GH_LOG=str(place / "log"),
        GH_COMMENTS=str(place / "comments"),
    )

    assert ran.returncode == 0, ran.stderr
    asked, wrote = (place / "log").read_text().splitlines()
    assert (place / "out" / "review.md").read_text().splitlines()[0] in asked
    assert wrote == f"api --silent --method {call} -F body=@out/review.md"


def test_no_script_of_the_action_has_a_value_from_outside_in_its_text():
    assert [each["name"] for each in ACTION["runs"]["steps"] if "${{" in each["run"]] == []


def test_the_job_for_gitlab_reviews_and_lets_what_is_merely_wider_pass(place: Path):
    job = yaml.safe_load((ROOT / "docs/ci/gitlab/review.gitlab-ci.yml").read_text())["dflow-review"]
    (script,) = [line for line in job["script"] if line.startswith("dflow-cdktf ")]
    shutil.copy(WIDER, place / "plan.json")

    ran = shell(script, place, **job["variables"])

    assert ran.returncode in job["allow_failure"]["exit_codes"], ran.stderr
    kept = {*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]}
    assert {each.name for each in place.glob("review.*")} == kept


def test_the_job_for_gitlab_applies_what_its_own_pipeline_planned_and_reviewed_when_somebody_says_so():
    jobs = yaml.safe_load((ROOT / "docs/ci/gitlab/review.gitlab-ci.yml").read_text())
    review, apply = jobs["dflow-review"], jobs["dflow-apply"]

    assert apply["needs"] == ["plan", "dflow-review"]
    assert [rule["when"] for rule in apply["rules"]] == ["manual"]
    assert apply["environment"] == apply["resource_group"] == "production"
    assert "review.json" in review["artifacts"]["paths"]
    assert apply["script"][-1] == "dflow-cdktf apply --reviewed review.json the.plan"
    assert not [line for line in apply["script"] if "plan -" in line], "nothing is planned anew"


@pytest.mark.parametrize(("program", "code"), [("production", 0), ("open", 4)])
def test_the_hook_for_pre_commit_fails_on_findings_alone(place: Path, program: str, code: int):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    stack = place / "cdktf.out" / "stacks" / "shop"
    stack.mkdir(parents=True)
    text = (PLANS / "shop/production.tf.json").read_text()
    if program == "open":
        text = text.replace("${data.dflow_worker_node.worker-node-fra-1.outbound_cidr}", "0.0.0.0/0")
        assert "0.0.0.0/0" in text
    (stack / "cdk.tf.json").write_text(text)

    ran = shell(shlex.join([*shlex.split(hook["entry"]), *hook["args"]]), place)

    assert ran.returncode == code, ran.stdout + ran.stderr


@pytest.mark.parametrize(("plan", "case"), [("plan.json", "staging"), ("canary.json", "canary")])
def test_the_guide_shows_what_is_printed(dflow_cdktf, monkeypatch: pytest.MonkeyPatch, plan: str, case: str):
    monkeypatch.setenv("COLUMNS", "100")
    guide = (ROOT / "docs/guide/review.md").read_text(encoding="utf-8")

    printed = dflow_cdktf("review", str(PLANS / f"shop/{case}.json")).out

    assert f"$ dflow-cdktf review {plan}\n{printed}```\n" in guide
