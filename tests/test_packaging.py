"""The wheel as a user gets it: what is in it, and that Terraform finds the provider once it is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import dflow_provider

ROOT = Path(__file__).resolve().parent.parent
VERSION = dflow_provider.__version__
DEPENDENCIES = Path(pytest.__file__).resolve().parent.parent

SHIPPED = {
    "dflow_bindings",
    "dflow_cdk",
    "dflow_cli",
    "dflow_codegen",
    "dflow_constructs",
    "dflow_provider",
    "dflow_review",
    "dflow_vendors",
}

CONFIGURATION = """
terraform {
  required_providers {
    dflow = { source = "dflow-cdktf/dflow" }
  }
}
"""


@dataclass(frozen=True)
class Installation:
    """A fresh virtual environment that has the wheel, and sees the dependencies of the one that runs the tests."""

    home: Path

    def environment(self) -> dict[str, str]:
        """The variables of a person who activated the environment, and has no Terraform settings of any kind."""
        return {
            "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home / "nobody"),
            "VIRTUAL_ENV": str(self.home),
            "XDG_DATA_DIRS": str(self.home / "share"),
            "TF_CLI_CONFIG_FILE": os.devnull,
            "CHECKPOINT_DISABLE": "1",
        }

    def run(self, *command: str, cwd: Path) -> str:
        """Run a command in the environment and return what it printed."""
        ran = subprocess.run(
            command, cwd=cwd, env=self.environment(), capture_output=True, text=True, check=False, timeout=120
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def initialised(self, directory: Path) -> Path:
        """A directory where `terraform init` has found the provider."""
        directory.mkdir()
        (directory / "main.tf").write_text(CONFIGURATION)
        self.run("terraform", "init", "-input=false", "-no-color", cwd=directory)
        return directory


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the working tree without a network."""
    directory = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return next(directory.glob("*.whl"))


def install(wheel: Path, home: Path) -> Installation:
    """Install the wheel into a fresh environment without a network."""
    venv.create(home, symlinks=True, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(f"{DEPENDENCIES}\n")
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], capture_output=True, check=True)
    return Installation(home)


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One installation that several tests look at."""
    return install(wheel, tmp_path_factory.mktemp("one") / "environment with a space")


def names_of(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_packages_that_users_import_and_nothing_else(wheel: Path):
    """Sandbox, stacks and tests stay in the repository."""
    tops = {name.partition("/")[0] for name in names_of(wheel)}

    assert {top for top in tops if not top.startswith("dflow_cdktf-")} == SHIPPED


def test_the_wheel_is_typed_and_licensed(wheel: Path):
    """Every package says that it is typed, and the licence travels along."""
    names = names_of(wheel)

    assert {f"{package}/py.typed" for package in SHIPPED} <= names
    assert f"dflow_cdktf-{VERSION}.dist-info/licenses/LICENSE" in names


def test_wheel_provider_and_pyproject_have_one_version(wheel: Path):
    """The launcher's directory is named after the wheel, so the provider must be as well."""
    assert wheel.name == f"dflow_cdktf-{VERSION}-py3-none-any.whl"
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_the_wheel_brings_an_executable_launcher_for_every_platform_and_registry(wheel: Path):
    """Eight files of one text: two registries, four platforms."""
    with zipfile.ZipFile(wheel) as archive:
        launchers = [info for info in archive.infolist() if "/share/terraform/plugins/" in info.filename]
        texts = {archive.read(info) for info in launchers}

    places = {info.filename.partition("/share/terraform/plugins/")[2] for info in launchers}
    assert places == {
        f"{host}/dflow-cdktf/dflow/{VERSION}/{platform}/terraform-provider-dflow_v{VERSION}"
        for host in ("registry.terraform.io", "registry.opentofu.org")
        for platform in ("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64")
    }
    assert texts == {(ROOT / "cli" / "dflow_cli" / "launcher.sh").read_bytes()}
    assert {stat.S_IMODE(info.external_attr >> 16) for info in launchers} == {0o755}


def test_pip_keeps_the_launcher_executable(installation: Installation):
    """Data files are unpacked with the mode that the wheel gives them."""
    launchers = list((installation.home / "share" / "terraform" / "plugins").rglob("terraform-provider-dflow_v*"))

    assert len(launchers) == 8
    assert all(os.access(launcher, os.X_OK) for launcher in launchers)


def test_the_editable_installation_brings_the_launcher_too():
    """`make install` needs no further step before `terraform init`."""
    plugins = Path(sys.prefix) / "share" / "terraform" / "plugins"

    assert len(list(plugins.rglob(f"terraform-provider-dflow_v{VERSION}"))) == 8


def test_the_installed_command_knows_its_version(installation: Installation, tmp_path: Path):
    """Away from the repository, and without any of the extras being asked for."""
    assert installation.run("dflow-cdktf", "--version", cwd=tmp_path) == f"dflow-cdktf {VERSION}\n"


def test_terraform_init_finds_the_provider_without_a_network(installation: Installation, tmp_path: Path):
    """XDG_DATA_DIRS is all that Terraform has to be told."""
    directory = installation.initialised(tmp_path / "stack")

    assert f'version = "{VERSION}"' in (directory / ".terraform.lock.hcl").read_text()


def test_terraform_reads_the_schema_of_the_installed_provider(installation: Installation, tmp_path: Path):
    """From the launcher to the installed package, in an environment whose path has a space."""
    directory = installation.initialised(tmp_path / "stack")

    document = json.loads(installation.run("terraform", "providers", "schema", "-json", cwd=directory))

    (provider,) = document["provider_schemas"].values()
    assert "dflow_environment" in provider["resource_schemas"]


def test_the_lock_file_is_the_same_in_every_environment(wheel: Path, installation: Installation, tmp_path: Path):
    """The checksum is the launcher's, and the launcher knows nothing of where it lies."""
    other = install(wheel, tmp_path / "two")

    checksums = {
        tuple(re.findall(r"h1:[^\"]+", (each.initialised(tmp_path / name) / ".terraform.lock.hcl").read_text()))
        for name, each in (("first", installation), ("second", other))
    }

    assert len(checksums) == 1
    assert len(checksums.pop()) == 1


def test_a_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path):
    """Whoever builds from the archive needs the hook and the launcher in it."""
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path), "-t"]
    subprocess.run([*build, "sdist"], cwd=ROOT, capture_output=True, check=True)
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path, filter="data")

    subprocess.run([*build, "wheel"], cwd=tmp_path / f"dflow_cdktf-{VERSION}", capture_output=True, check=True)

    assert names_of(next(tmp_path.glob("*.whl"))) == names_of(wheel)
