"""A provider that keeps objects in a directory, in this process and behind the real terraform."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

SHELF_PROVIDER = Path(__file__).with_name("shelf_provider.py")
PLATFORM = "linux_amd64" if sys.platform == "linux" else "darwin_arm64"


@pytest.fixture(scope="session")
def shelf() -> ModuleType:
    """The module of the shelf provider."""
    spec = importlib.util.spec_from_file_location("shelf_provider", SHELF_PROVIDER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["shelf_provider"] = module
    spec.loader.exec_module(module)
    return module


@dataclass
class Result:
    """What a terraform command said."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Everything, without colours and line frames."""
        return " ".join((self.out + self.err).replace("│", " ").replace("╷", " ").replace("╵", " ").split())


@dataclass
class Workspace:
    """A directory with a configuration, and a terraform that finds the shelf provider in a mirror beside it."""

    folder: Path
    environment: dict[str, str]
    objects: Path = field(init=False)

    def __post_init__(self) -> None:
        self.objects = self.folder / "objects"
        self.objects.mkdir()

    def write(self, configuration: str, provider: str = "") -> None:
        """Write main.tf, with a provider block that names the directory of the objects."""
        (self.folder / "main.tf").write_text(f"""
            terraform {{
              required_providers {{
                shelf = {{ source = "dflow-cdktf/shelf" }}
              }}
            }}
            provider "shelf" {{
              directory = "{self.objects}"
              {provider}
            }}
            {configuration}
        """)

    def command(self, *arguments: str) -> list[str]:
        """Return a terraform command line."""
        return ["terraform", f"-chdir={self.folder}", *arguments]

    def run(self, *arguments: str, **environment: str) -> Result:
        """Run terraform to its end."""
        done = subprocess.run(
            self.command(*arguments, *(["-no-color"] if arguments[0] not in {"init", "output", "show"} else [])),
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def init(self) -> None:
        """Make terraform find the provider."""
        done = self.run("init", "-no-color", "-input=false")
        assert done.code == 0, done.text

    def apply(self, *arguments: str) -> Result:
        """Run `terraform apply` and expect it to work."""
        done = self.run("apply", "-auto-approve", *arguments)
        assert done.code == 0, done.text
        return done

    def plan(self) -> dict:
        """Run `terraform plan` and return its JSON."""
        done = self.run("plan", "-out=plan.bin")
        assert done.code == 0, done.text
        return json.loads(self.run("show", "-json", "plan.bin").out)

    def changes(self) -> dict[str, list[str]]:
        """Return what the next plan would do, by resource address."""
        return {change["address"]: change["change"]["actions"] for change in self.plan().get("resource_changes", [])}

    def state(self) -> dict[str, dict]:
        """Return the instances in the state file, by name of their resource."""
        file = self.folder / "terraform.tfstate"
        if not file.exists():
            return {}
        return {
            resource["name"]: instance
            for resource in json.loads(file.read_text())["resources"]
            for instance in resource["instances"]
        }

    def attributes(self, name: str) -> dict:
        """Return the attributes of one instance in the state file."""
        return self.state()[name]["attributes"]

    def stored(self) -> dict[str, dict]:
        """Return what lies on the shelf, by name."""
        found = (json.loads(file.read_text()) for file in self.objects.glob("*.json"))
        return {one["name"]: one for one in found}


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLI configuration that points at a filesystem mirror with a launcher in it."""
    folder = tmp_path_factory.mktemp("mirror")
    place = folder / "registry.terraform.io/dflow-cdktf/shelf/0.1.0" / PLATFORM
    place.mkdir(parents=True)
    launcher = place / "terraform-provider-shelf_v0.1.0"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SHELF_PROVIDER}" "$@"\n')
    launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR)
    configuration = folder / "terraform.rc"
    configuration.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{folder}"\n  }}\n}}\n')
    return configuration


@pytest.fixture
def workspace(tmp_path: Path, mirror: Path) -> Workspace:
    """An empty workspace, initialised."""
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not installed")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "PLUGIN_", "DFLOW_"))}
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    made = Workspace(
        tmp_path,
        {
            **kept,
            "TF_CLI_CONFIG_FILE": str(mirror),
            "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1",
            "TMPDIR": str(temporary),
        },
    )
    made.write("")
    made.init()
    return made
