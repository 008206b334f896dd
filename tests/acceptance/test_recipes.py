"""The recipes of the guide for pipelines, run on a machine that has nothing but what they install."""

from __future__ import annotations

import posixpath
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from dflow_acceptance.synthesis import ROOT
from dflow_acceptance.workspace import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_acceptance.place import Place

GUIDE = (ROOT / "docs" / "guide" / "stacks.md").read_text(encoding="utf-8")
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
INSTALLING = "pip install 'dflow-cdktf[cdktf,provider,aws]' && "
PROGRAM = """
from dflow_constructs import App, DflowStack, Registry, RegistryAccount, Secret, build_stacks

app = App()


def stack(name):
    shop = DflowStack(app, name)
    token = Secret.from_environment("GHCR_TOKEN")
    RegistryAccount(shop, "ghcr", name=name, registry=Registry.GITHUB, username="acme", password=token)


build_stacks({name: lambda name=name: stack(name) for name in ("shop-production", "shop-staging")})
app.synth()
"""
ATLANTIS_KEYS = {"version", "projects", "name", "dir", "autoplan", "when_modified"}
ATLANTIS_SERVER_KEYS = {"repos", "id", "pre_workflow_hooks", "run", "commands"}
"""Those of what Atlantis documents that the recipe uses."""


def recipe(heading: str) -> list[Any]:
    """The YAML below a heading of the guide."""
    _, _, section = GUIDE.partition(f"\n### {heading}\n")
    return [yaml.safe_load(text) for text in YAML.findall(section.partition("\n### ")[0])]


def keys_of(document: Any) -> set[str]:
    if isinstance(document, dict):
        return set(document).union(*(keys_of(value) for value in document.values()))
    return set().union(*(keys_of(each) for each in document)) if isinstance(document, list) else set()


class Machine:
    """A checkout of somebody's program, and a home directory that holds nothing."""

    def __init__(self, directory: Path, settings: dict[str, str]) -> None:
        home, self.checkout = directory / "home", directory / "checkout"
        home.mkdir()
        self.checkout.mkdir()
        (self.checkout / "main.py").write_text(PROGRAM)
        given = {**settings, "GHCR_TOKEN": "not-much-of-a-token", "TF_CLI_CONFIG_FILE": ""}
        self._environment = clean_environment(home, given)
        (home / "terraformrc").unlink()

    def runs(self, command: str, directory: str = ".", **environment: str) -> str:
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            cwd=self.checkout / directory,
            env={**self._environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout
        return ran.stdout


@pytest.fixture
def machine(settings: dict[str, str], place: Place, tmp_path: Path) -> Machine:
    return Machine(tmp_path, settings)


def test_the_plain_pipeline_installs_the_provider_and_plans_the_stack_it_is_told_to(machine: Machine):
    (job,) = recipe("Plain CI")
    stack = job["strategy"]["matrix"]["stack"][0]
    environment = {name: text.replace("${{ matrix.stack }}", stack) for name, text in job["env"].items()}
    assert job["steps"][0]["run"].startswith(INSTALLING)

    said = [
        machine.runs(
            step["run"].removeprefix(INSTALLING),
            step.get("working-directory", ".").replace("${{ matrix.stack }}", stack),
            **environment,
        )
        for step in job["steps"]
    ]

    assert "Installed dflow-cdktf/dflow" in said[-1]
    assert "1 to add, 0 to change, 0 to destroy" in said[-1]
    assert [each.name for each in (machine.checkout / "cdktf.out" / "stacks").iterdir()] == [stack]
    assert list(machine.checkout.glob(f"cdktf.out/stacks/{stack}/the.plan"))


def test_what_atlantis_is_told_is_what_it_documents_and_its_project_is_there_after_the_hook(machine: Machine):
    server, repository = recipe("Atlantis")
    assert keys_of(server) <= ATLANTIS_SERVER_KEYS
    assert keys_of(repository) <= ATLANTIS_KEYS
    (hook,), (project,) = server["repos"][0]["pre_workflow_hooks"], repository["projects"]
    machine.runs("dflow-cdktf provider install")

    machine.runs(hook["run"])
    said = machine.runs("terraform init -input=false -upgrade", project["dir"])

    assert "Installed dflow-cdktf/dflow" in said
    (pattern,) = project["autoplan"]["when_modified"]
    assert posixpath.normpath(f"{project['dir']}/{pattern}") == "**/*.py"
