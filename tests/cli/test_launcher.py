"""The shell script that Terraform starts: how it finds the provider, and what it says when it does not."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from dflow_cli import launcher

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = "/usr/bin:/bin"


def provider_in(directory: Path, answer: str) -> Path:
    """An executable that stands for the installed provider and says who it is."""
    directory.mkdir(parents=True, exist_ok=True)
    program = directory / "terraform-provider-dflow"
    program.write_text(f'#!/bin/sh\necho "{answer}, launcher $DFLOW_PROVIDER_LAUNCHER_VERSION, arguments $*"\n')
    program.chmod(0o755)
    return program


def start(script: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the launcher the way Terraform does, with these variables and a bare PATH."""
    return subprocess.run(
        [str(script), "an argument"],
        env={"PATH": SYSTEM, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """An environment with the launcher where pip puts it, and no provider yet."""
    prefix = tmp_path / "an environment"
    launcher.write(prefix / "share" / "terraform" / "plugins", "1.2.3", ("linux_amd64",))
    return prefix


@pytest.fixture
def script(prefix: Path) -> Path:
    """The launcher in that environment."""
    return prefix / "share" / "terraform" / "plugins" / launcher.places("1.2.3", ("linux_amd64",))[0]


def test_the_provider_of_its_own_environment_is_started(prefix: Path, script: Path):
    """Eight directories up and down into bin; the version is read from the launcher's own name."""
    provider_in(prefix / "bin", "own")

    assert start(script).stdout == "own, launcher 1.2.3, arguments an argument\n"


def test_its_own_environment_is_found_through_the_link_that_terraform_makes(prefix: Path, script: Path, tmp_path: Path):
    """`.terraform/providers` holds a link to the package directory."""
    provider_in(prefix / "bin", "own")
    link = tmp_path / "stack" / ".terraform" / "linux_amd64"
    link.parent.mkdir(parents=True)
    link.symlink_to(script.parent)

    assert start(link / script.name).stdout.startswith("own,")


def test_the_own_environment_wins_over_the_active_one(prefix: Path, script: Path, tmp_path: Path):
    """What was installed together runs together."""
    provider_in(prefix / "bin", "own")
    provider_in(tmp_path / "active" / "bin", "active")

    assert start(script, VIRTUAL_ENV=str(tmp_path / "active")).stdout.startswith("own,")


def test_the_active_environment_is_next(script: Path, tmp_path: Path):
    """As for a launcher that `dflow-cdktf provider install` wrote."""
    provider_in(tmp_path / "active" / "bin", "active")
    provider_in(tmp_path / "path", "path")

    started = start(script, VIRTUAL_ENV=str(tmp_path / "active"), PATH=f"{tmp_path / 'path'}:{SYSTEM}")

    assert started.stdout.startswith("active,")


def test_path_is_last(script: Path, tmp_path: Path):
    """As after `pipx install`."""
    provider_in(tmp_path / "path", "path")

    assert start(script, PATH=f"{tmp_path / 'path'}:{SYSTEM}").stdout.startswith("path,")


def test_the_named_program_wins(prefix: Path, script: Path, tmp_path: Path):
    """DFLOW_PROVIDER_BIN is for trying another build."""
    provider_in(prefix / "bin", "own")
    named = provider_in(tmp_path / "named", "named")

    assert start(script, DFLOW_PROVIDER_BIN=str(named)).stdout.startswith("named,")


def test_a_wrong_named_program_is_not_passed_over(prefix: Path, script: Path, tmp_path: Path):
    """Starting another build than the one asked for would be a lie."""
    provider_in(prefix / "bin", "own")

    started = start(script, DFLOW_PROVIDER_BIN=str(tmp_path / "gone"))

    assert started.stdout == (
        f"DFLOW_PROVIDER_BIN is {tmp_path / 'gone'}, which is no executable file; correct it or unset it.\n"
    )
    assert started.returncode == 1


def test_a_missing_package_is_one_line_on_standard_output(script: Path):
    """Terraform shows one line of standard output and no standard error."""
    started = start(script)

    (line,) = started.stdout.splitlines()
    assert "dflow-cdktf is not installed" in line
    assert "pip install 'dflow-cdktf[provider]==1.2.3'" in line
    assert started.stderr == ""
    assert started.returncode == 1


def test_writing_twice_changes_nothing(tmp_path: Path):
    """And leaves nothing beside the launcher, which would change its checksum."""
    first = launcher.write(tmp_path, "1.2.3")
    second = launcher.write(tmp_path, "1.2.3")

    assert first == second
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(first)
    assert all(os.access(path, os.X_OK) for path in first)


def test_an_older_launcher_is_replaced(tmp_path: Path):
    """A file with our mark is ours, whatever else it says."""
    (path, *_) = launcher.write(tmp_path, "1.2.3")
    path.write_bytes(b"#!/bin/sh\n" + launcher.MARK + b" an older one\n")

    launcher.write(tmp_path, "1.2.3")

    assert path.read_bytes() == launcher.script().read_bytes()


def test_a_foreign_file_stops_everything(tmp_path: Path):
    """Nothing is written when one of the places is taken, not even at the other places."""
    *_, last = launcher.places("1.2.3")
    foreign = tmp_path / last
    foreign.parent.mkdir(parents=True)
    foreign.write_text("somebody else's")

    with pytest.raises(FileExistsError) as refused:
        launcher.write(tmp_path, "1.2.3")

    assert refused.value.filename == str(foreign)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [foreign]
