"""The workflow for GitHub, run step by step as GitHub does: what was reviewed is what is applied."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

CI = Path(__file__).resolve().parents[2] / "docs/ci/github-action"
WORKFLOW = yaml.safe_load((CI / "workflow.yml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((CI / "action.yml").read_text(encoding="utf-8"))
TERRAFORM = shutil.which(os.environ.get("TERRAFORM_BINARY_NAME") or "terraform") or shutil.which("tofu")
PROGRAM = 'resource "terraform_data" "%s" {\n  input = "%s"\n}\n'
CONDITIONS: dict[str, Callable[[str], bool]] = {
    "${{ github.event_name != 'push' }}": lambda event: event != "push",
    "${{ github.event_name == 'push' }}": lambda event: event == "push",
    "${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/main' }}": lambda event: (
        event != "pull_request"
    ),
    "${{ always() }}": lambda _: True,
}
GH = '''#!{python}
"""As much of `gh` as the workflow asks, about what GitHub knows; whatever else is asked is an error."""
import json, pathlib, shutil, sys
known = json.loads(pathlib.Path({known!r}).read_text())
match sys.argv[1:]:
    case ["api", path, "--jq", "[.[] | select(.merged_at)][0].head.sha // empty"] if path.endswith("/pulls"):
        print(known["merged"].get(path.split("/")[-2], ""))
    case ["run", "list", "--repo", "acme/shop", "--workflow", "terraform.yml", "--event", "pull_request",
          "--commit", head, "--status", "success", "--limit", "1", "--json", "databaseId",
          "--jq", ".[0].databaseId // empty"]:
        print(known["runs"].get(head, ""))
    case ["run", "download", run, "--repo", "acme/shop", "--name", "plan", "--dir", directory]:
        shutil.copytree(pathlib.Path({artifacts!r}, run), directory)
    case other:
        sys.exit(f"gh was asked {{other}}")
'''


@dataclass
class GitHub:
    """A repository at GitHub, its runs and their artifacts.

    Args:
        place: a directory of its own.
    """

    place: Path
    merged: dict[str, str] = field(default_factory=dict)
    """Commits on main → the last commits of the pull requests they came with."""
    runs: dict[str, str] = field(default_factory=dict)
    """Last commits of pull requests → their runs that succeeded."""

    def __post_init__(self) -> None:
        self.work = self.place / "work"
        self.work.mkdir()
        shutil.copytree(CI, self.work / "docs/ci/github-action")
        (self.work / ".gitignore").write_text(
            ".terraform*\nterraform.tfstate*\nthe.*\nplan.json\ndflow-review\nreviewed\n"
        )
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("note", "first")

    def git(self, *words: str) -> str:
        identity = ["-c", "user.name=ada", "-c", "user.email=ada@example.com"]
        ran = subprocess.run(["git", *identity, *words], cwd=self.work, check=True, capture_output=True, text=True)
        return ran.stdout.strip()

    def commit(self, name: str, value: str) -> str:
        """Write a program down, and return the commit."""
        (self.work / f"{name}.tf").write_text(PROGRAM % (name, value))
        self.git("add", "--all")
        self.git("commit", "--quiet", f"--message={name} {value}")
        return self.git("rev-parse", "HEAD")

    def pull_request(self, name: str, value: str) -> str:
        """Open a pull request whose run may succeed, and return its last commit."""
        self.git("checkout", "--quiet", "-b", f"branch-{value}", "main")
        head = self.commit(name, value)
        if all(each.returncode == 0 for each in self.run("pull_request", run=value)):
            self.runs[head] = value
        return head

    def merge(self, head: str) -> str:
        """Squash a pull request onto main, and return the commit."""
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", "--squash", head)
        self.git("commit", "--quiet", "--message=merged")
        commit = self.git("rev-parse", "HEAD")
        self.merged[commit] = head
        return commit

    def run(self, event: str, run: str = "of-main") -> list[subprocess.CompletedProcess[str]]:
        """Run the jobs of the workflow up to the first step that fails, and return what ran."""
        done: list[subprocess.CompletedProcess[str]] = []
        for job in WORKFLOW["jobs"].values():
            if "if" not in job or CONDITIONS[job["if"]](event):
                for name in ("the.plan", "the.tree", "plan.json", "dflow-review", "reviewed"):
                    shutil.rmtree(self.work / name, ignore_errors=True)
                    (self.work / name).unlink(missing_ok=True)
                for step in job["steps"]:
                    if "if" not in step or CONDITIONS[step["if"]](event):
                        done += self._step(step, run)
                    if done and done[-1].returncode != 0:
                        return done
        return done

    def _step(self, step: dict[str, Any], run: str) -> list[subprocess.CompletedProcess[str]]:
        artifacts = self.place / "artifacts" / run
        match step:
            case {"uses": "./docs/ci/github-action", "with": given}:
                variables = {"PLANS": given["plans"], "FAIL_ON": given["fail-on"], "FAIL_WHEN": "", "ACKNOWLEDGE": ""}
                steps = {each["name"]: each["run"] for each in ACTION["runs"]["steps"]}
                (self.place / "output").write_text("")
                reviewed = self._shell(steps["Review"], **variables, DIRECTORY="dflow-review")
                result = (self.place / "output").read_text().strip().removeprefix("result=")
                return [reviewed, self._shell(steps["Decide"], **variables, RESULT=result)]
            case {"uses": "actions/upload-artifact@v4", "with": {"name": "plan", "path": paths}}:
                shutil.rmtree(artifacts, ignore_errors=True)
                artifacts.mkdir(parents=True)
                for path in map(Path, paths.split()):
                    if (self.work / path).is_dir():
                        shutil.copytree(self.work / path, artifacts / path)
                    elif (self.work / path).exists():
                        shutil.copy(self.work / path, artifacts)
                return []
            case {"uses": "actions/download-artifact@v4", "with": {"name": "plan"}}:
                shutil.copytree(artifacts, self.work, dirs_exist_ok=True)
                return []
            case {"uses": _} | {"name": "Install"}:
                return []
            case {"run": script}:
                return [self._shell(script)]
        raise NotImplementedError(step)

    def _shell(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        programs = self.place / "bin"
        programs.mkdir(exist_ok=True)
        known = self.place / "known.json"
        known.write_text(json.dumps({"merged": self.merged, "runs": self.runs}))
        gh = GH.format(python=sys.executable, known=str(known), artifacts=str(self.place / "artifacts"))
        (programs / "gh").write_text(gh)
        (programs / "gh").chmod(0o755)
        (programs / "terraform").unlink(missing_ok=True)
        (programs / "terraform").symlink_to(str(TERRAFORM))
        environment = {
            "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "CHECKPOINT_DISABLE": "1",
            "GITHUB_OUTPUT": str(self.place / "output"),
            "GITHUB_STEP_SUMMARY": str(self.place / "summary"),
            "REPOSITORY": "acme/shop",
            "COMMIT": self.git("rev-parse", "HEAD"),
            **variables,
        }
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(
            words, cwd=self.work, env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    def applied(self) -> dict[str, str]:
        """Return what the state has: the inputs of its resources by their names."""
        state = self.work / "terraform.tfstate"
        resources = json.loads(state.read_text())["resources"] if state.exists() else []
        return {each["name"]: each["instances"][0]["attributes"]["input"]["value"] for each in resources}


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    assert TERRAFORM, "no `terraform` and no `tofu` on PATH; run `make install-terraform`"
    return GitHub(tmp_path)


def test_the_plan_of_a_pull_request_is_applied_after_its_merge_and_none_is_made_anew(github: GitHub):
    head = github.pull_request("note", "second")
    assert github.applied() == {}
    planned = (github.place / "artifacts/second/the.plan").read_bytes()

    github.merge(head)
    ran = github.run("push")

    assert ran[-1].returncode == 0, ran[-1].stderr
    assert github.applied() == {"note": "second"}
    assert (github.place / "artifacts/of-main/the.plan").read_bytes() == planned


def test_a_plan_that_another_merge_has_overtaken_is_refused_and_what_is_there_is_planned_by_hand(github: GitHub):
    first, second = github.pull_request("note", "second"), github.pull_request("other", "third")
    github.merge(first)
    github.merge(second)

    refused = github.run("push")[-1]

    assert "::error::The branch is not what was planned: something else was merged since. Nothing is applied." in (
        refused.stdout
    )
    assert (refused.returncode, github.applied()) == (1, {})

    assert github.run("workflow_dispatch")[-1].returncode == 0
    assert github.applied() == {"note": "second", "other": "third"}


def test_a_plan_whose_state_has_moved_on_is_refused_by_terraform(github: GitHub):
    head = github.pull_request("note", "second")
    github.git("checkout", "--quiet", "main")
    assert github.run("workflow_dispatch")[-1].returncode == 0
    github.merge(head)

    refused = github.run("push")[-1]

    assert "Saved plan is stale" in refused.stderr
    assert (refused.returncode, github.applied()) == (1, {"note": "first"})


def test_without_a_plan_that_was_reviewed_nothing_is_applied(github: GitHub):
    commit = github.merge(github.pull_request("note", "second"))

    def refused(said: str) -> bool:
        ran = github.run("push")[-1]
        return ran.returncode == 1 and f"{said} Nothing is applied. Start this workflow by hand" in ran.stdout

    shutil.rmtree(github.place / "artifacts")
    assert refused("The plan of the pull request is not there any more.")
    github.runs.clear()
    assert refused(f"The pull request of {commit} has no run of this workflow that succeeded.")
    github.merged.clear()
    assert refused(f"{commit} came without a pull request, so no plan of it was reviewed.")
    assert github.applied() == {}


def test_what_waits_for_approval_is_limited_to_main_and_has_the_review_beside_it():
    apply = WORKFLOW["jobs"]["apply"]

    assert (apply["needs"], apply["environment"]) == ("plan", "production")
    assert "github.ref == 'refs/heads/main'" in apply["if"]


def test_no_script_of_the_workflow_has_a_value_from_outside_in_its_text():
    steps = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]

    assert [step["name"] for step in steps if "${{" in step.get("run", "")] == []


@pytest.mark.skipif(shutil.which("jq") is None, reason="no jq on PATH")
@pytest.mark.parametrize(
    ("answer", "head"),
    [([], ""), ([{"merged_at": None, "head": {"sha": "a"}}, {"merged_at": "2026", "head": {"sha": "b"}}], "b")],
)
def test_a_commit_belongs_to_the_pull_request_that_was_merged(answer: Any, head: str):
    question = "[.[] | select(.merged_at)][0].head.sha // empty"
    ran = subprocess.run(["jq", "-r", question], input=json.dumps(answer), capture_output=True, text=True, check=True)

    assert question in GH
    assert ran.stdout.strip() == head
