"""`dflow-cdktf provider install`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dflow_cli import launcher
from dflow_cli.provider import implied_directory, this_platform
from dflow_cli.version import installed_version

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION = 'terraform {\n  required_providers {\n    dflow = { source = "%s" }\n  }\n}\n'


def launchers_below(directory: Path) -> set[str]:
    """Every launcher there is, as its path from the directory."""
    return {path.relative_to(directory).as_posix() for path in directory.rglob("terraform-provider-*")}


def init(stack: Path, source: str = launcher.SOURCE, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `terraform init` in a new directory, with only these variables."""
    stack.mkdir()
    (stack / "main.tf").write_text(CONFIGURATION % source)
    return subprocess.run(
        ["terraform", "init", "-input=false", "-no-color"],
        cwd=stack,
        env={"PATH": os.environ["PATH"], "CHECKPOINT_DISABLE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such directories")
def test_a_directory_for_everybody_needs_no_setting_either(dflow_cdktf, monkeypatch, tmp_path: Path):
    share = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_DIRS", str(share))

    ran = dflow_cdktf("provider", "install", "--directory", str(share / "terraform" / "plugins"))

    assert ran.code == 0
    assert "unless your CLI configuration has a provider_installation block" in ran.out
    assert "filesystem_mirror" not in ran.out
    found = init(tmp_path / "stack", HOME=str(tmp_path), XDG_DATA_DIRS=str(share), TF_CLI_CONFIG_FILE=os.devnull)
    assert found.returncode == 0, found.stderr


def test_the_launcher_is_written_where_terraform_looks(dflow_cdktf, monkeypatch, tmp_path: Path):
    """For both registries, and `terraform init` then finds the provider without any setting."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    ran = dflow_cdktf("provider", "install")

    assert ran.code == 0
    assert launchers_below(implied_directory()) == {
        str(place) for place in launcher.places(installed_version(), (this_platform(),))
    }
    assert "is found by `terraform init` and `tofu init`" in ran.out
    for host in launcher.HOSTS:
        source = f"{host}/{launcher.SOURCE}"
        found = init(tmp_path / host, source, HOME=str(tmp_path), TF_CLI_CONFIG_FILE=os.devnull)
        assert found.returncode == 0, found.stderr


def test_what_it_prints_for_another_directory_is_a_configuration_that_works(dflow_cdktf, tmp_path: Path):
    """A person pastes it into the CLI configuration as it is."""
    ran = dflow_cdktf("provider", "install", "--directory", str(tmp_path / "plug ins"))

    configuration = tmp_path / "terraform.rc"
    configuration.write_text(ran.out[ran.out.index("provider_installation") :])
    found = init(tmp_path / "stack", HOME=str(tmp_path), TF_CLI_CONFIG_FILE=str(configuration))
    assert found.returncode == 0, found.stderr


def test_a_mirror_has_every_platform(dflow_cdktf, tmp_path: Path):
    """For a directory that machines of several kinds share."""
    ran = dflow_cdktf("provider", "install", "--mirror", "--directory", str(tmp_path))

    assert ran.code == 0
    assert launchers_below(tmp_path) == {str(place) for place in launcher.places(installed_version())}


def test_a_foreign_file_is_left_alone(dflow_cdktf, tmp_path: Path):
    """The message names the file and both ways out."""
    foreign = tmp_path / launcher.places(installed_version(), (this_platform(),))[0]
    foreign.parent.mkdir(parents=True)
    foreign.write_text("somebody else's")

    ran = dflow_cdktf("provider", "install", "--directory", str(tmp_path))

    assert ran.code == 1
    assert ran.err.startswith(f"error: {foreign} is not a launcher of dflow-cdktf; nothing was written.")
    assert "Move that file away, or name another place with --directory" in ran.err
    assert foreign.read_text() == "somebody else's"


def test_a_directory_that_cannot_be_written_is_named(dflow_cdktf, tmp_path: Path):
    """A file stands where the directory should be."""
    (tmp_path / "file").write_text("")

    ran = dflow_cdktf("provider", "install", "--directory", str(tmp_path / "file"))

    assert ran.code == 1
    assert ran.err.startswith(f"error: cannot write below {tmp_path / 'file'}: ")


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has the other directory")
def test_the_implied_directory_is_below_home(monkeypatch, tmp_path: Path):
    """As Terraform's own documentation has it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    assert implied_directory() == tmp_path / ".terraform.d" / "plugins"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has the other directory")
def test_opentofus_xdg_directories_stay_in_use(dflow_cdktf, monkeypatch, tmp_path: Path):
    """A directory ~/.terraform.d ends their use, so none is made; both programs look below XDG_DATA_HOME as well."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    assert dflow_cdktf("provider", "install").code == 0

    assert not (tmp_path / ".terraform.d").exists()
    data = str(tmp_path / "data")
    found = init(tmp_path / "stack", HOME=str(tmp_path), XDG_DATA_HOME=data, TF_CLI_CONFIG_FILE=os.devnull)
    assert found.returncode == 0, found.stderr


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has the other directory")
@pytest.mark.parametrize("data", ["relative", ""])
def test_an_xdg_directory_that_counts_for_nobody_is_passed_over(data: str, monkeypatch, tmp_path: Path):
    """The specification has every program ignore a path that is not absolute."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", data)

    assert implied_directory() == tmp_path / ".terraform.d" / "plugins"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has the other directory")
def test_where_there_is_a_directory_of_terraforms_own_it_is_used(monkeypatch, tmp_path: Path):
    """Whatever else is set."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / ".terraform.d").mkdir()

    assert implied_directory() == tmp_path / ".terraform.d" / "plugins"


def test_terraform_is_there_for_these_tests():
    """A missing binary is one clear failure, not several odd ones."""
    assert shutil.which("terraform") is not None
