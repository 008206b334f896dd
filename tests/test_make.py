"""What `make` says on the way, and when the machine lacks something."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with the shell and make alone, to put programs on."""
    directory = tmp_path / "programs"
    directory.mkdir()
    for name in ("sh", "make", "cat"):
        (directory / name).symlink_to(shutil.which(name) or name)
    return directory


def put(directory: Path, name: str, text: str) -> None:
    """A program, as a line of shell."""
    (directory / name).write_text(f"#!/bin/sh\n{text}\n")
    (directory / name).chmod(0o755)


def run(*command: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": str(path)} if path else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_step_says_what_it_does_and_how_long_it_took():
    """And keeps what the command printed to itself."""
    ran = run(".ci/step", "Something long", "sh", "-c", "echo noise; echo more >&2")

    assert ran.returncode == 0
    assert ran.stdout.splitlines()[0] == "==> Something long"
    assert ran.stdout.splitlines()[1].startswith("    done in ")
    assert "noise" not in ran.stdout + ran.stderr


def test_a_step_that_fails_shows_everything():
    """With the command's own exit code."""
    ran = run(".ci/step", "Something long", "sh", "-c", "echo noise; echo more >&2; exit 7")

    assert ran.returncode == 7
    assert "noise\nmore\n" in ran.stderr
    assert "exit code 7: sh -c" in ran.stderr


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("case $2 in *version_info\\[:3\\]*) echo 3.10.2 ;; *) exit 1 ;; esac", "python3 is 3.10.2"),
        (
            "case $2 in *version_info\\[:3\\]*) echo 3.12.1 ;; *ensurepip*) exit 1 ;; esac",
            "python3 is 3.12.1 but has no venv and ensurepip (on Debian and Ubuntu: apt install python3-venv)",
        ),
    ],
)
def test_a_python_that_does_not_do_is_named(programs: Path, answer: str, said: str):
    """With its version, and with what it lacks."""
    put(programs, "python3", answer)

    ran = run(".ci/python", path=programs)

    assert ran.returncode == 1
    assert said in ran.stderr
    assert "make PYTHON=/path/to/python3" in ran.stderr


def test_no_python_at_all_is_said(programs: Path):
    """With the names that were tried."""
    ran = run(".ci/python", path=programs)

    assert ran.returncode == 1
    assert "Looked for: python3 python3.13" in ran.stderr
    assert "none of them is on PATH" in ran.stderr


def test_a_node_that_is_missing_or_old_is_said(programs: Path):
    """With the remedy."""
    missing = run(".ci/node", path=programs)
    put(programs, "node", "echo v18.19.0")
    old = run(".ci/node", path=programs)

    assert (missing.returncode, old.returncode) == (1, 1)
    assert missing.stderr.startswith("error: no `node` on PATH. Install Node 20 or newer")
    assert old.stderr.startswith("error: node is v18.19.0. Install Node 20 or newer")


@pytest.mark.skipif((ROOT / ".venv" / "bin" / "terraform").exists(), reason="`make install-terraform` was run here")
def test_a_missing_terraform_is_said_before_anything_runs(programs: Path):
    """With both remedies."""
    ran = run("make", "terraform", path=programs)

    assert ran.returncode == 2
    assert "no `terraform` on PATH" in ran.stderr
    assert "Install Terraform 1.11 or newer" in ran.stderr
    assert "make install-terraform" in ran.stderr
