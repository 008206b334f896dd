"""User code that is right passes strict type checkers; user code that is wrong does not."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("typed")
once = pytest.mark.skipif("DFLOW_LIBRARY_TESTS_AGAIN" in os.environ, reason="the types are those of cdktf in any case")
MISTAKES = (SAMPLE / "wrong.py").read_text(encoding="utf-8").count("# type: ignore[")


def checked(*command: str, directory: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=directory, capture_output=True, text=True, check=False, timeout=250
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_there_are_mistakes_to_find():
    assert MISTAKES > 30


@once
def test_mypy_agrees():
    """It refuses comments that nothing needs, so every mistake is one that it finds."""
    sample = [str(SAMPLE / name) for name in ("right.py", "wrong.py")]
    checked("mypy", "--config-file", "pyproject.toml", "--warn-unused-ignores", *sample, directory=ROOT)


@once
@pytest.mark.slow  # it reads all of the CDK's types, and keeps nothing of that
@pytest.mark.skipif(importlib.util.find_spec("pyright") is None, reason="pyright is not installed")
def test_pyright_agrees():
    """It comes to the same verdicts by other rules, and is what many editors run."""
    checked("pyright", "--pythonpath", sys.executable, "-p", str(SAMPLE), directory=SAMPLE)


def test_the_right_program_runs(tmp_path: Path):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import right; from dflow_constructs import App; "
        "app = App(outdir=sys.argv[2]); right.shop(app); app.synth()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(SAMPLE), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
