"""The list of subcommands, misuse, and what a missing extra gets."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import dflow_cli
import dflow_provider
from dflow_cli.main import COMMANDS


def test_help_lists_every_subcommand_and_the_exit_codes(dflow_cdktf):
    """The first thing a newcomer types."""
    ran = dflow_cdktf("--help")

    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in COMMANDS)
    assert "Exit codes: 0 done; 1 failed" in ran.out


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_subcommand_explains_itself(dflow_cdktf, name: str):
    """With the first sentence of its module."""
    ran = dflow_cdktf(name, "--help")

    assert ran.code == 0
    assert (import_module(COMMANDS[name].module).__doc__ or "").splitlines()[0] in ran.out


def test_version_is_the_providers(dflow_cdktf):
    """One distribution, one version."""
    assert dflow_cdktf("--version").out == f"dflow-cdktf {dflow_provider.__version__}\n"


def test_an_unknown_subcommand_is_misuse(dflow_cdktf):
    """The message lists what there is."""
    ran = dflow_cdktf("provdier")

    assert ran.code == 2
    assert ran.out == ""
    assert "invalid choice: 'provdier'" in ran.err
    assert "provider" in ran.err


def test_no_subcommand_is_misuse(dflow_cdktf):
    """Nothing is guessed."""
    ran = dflow_cdktf()

    assert ran.code == 2
    assert "COMMAND" in ran.err


def test_a_missing_extra_is_named():
    """Without the packages that a subcommand needs, the remedy is a pip command and not a traceback."""
    rooms = [str(Path(package.__file__).parents[1]) for package in (dflow_cli, dflow_provider)]
    program = f"import sys; sys.path += {rooms!r}; from dflow_cli.main import main; sys.exit(main(['tf', 'plan']))"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False, timeout=60
    )

    assert ran.returncode == 1
    assert "is not installed. Run: pip install 'dflow-cdktf[provider]'." in ran.stderr
    assert "Traceback" not in ran.stderr
