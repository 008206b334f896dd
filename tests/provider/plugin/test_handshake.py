"""What a provider says before it serves, or instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dflow_provider
from dflow_provider import __version__
from dflow_provider.plugin.handshake import COOKIE, handshake_line, refusal

GOOD = {"TF_PLUGIN_MAGIC_COOKIE": COOKIE, "PLUGIN_PROTOCOL_VERSIONS": "5,6"}


@pytest.mark.parametrize(
    "environment",
    [GOOD, {**GOOD, "DFLOW_PROVIDER_LAUNCHER_VERSION": "1.2.3"}, {"TF_PLUGIN_MAGIC_COOKIE": COOKIE}],
)
def test_terraform_is_served(environment):
    """With the launcher of the same version, or without any."""
    assert refusal(environment, "1.2.3") is None


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, ["This is a Terraform provider", "dflow-cdktf provider install"]),
        ({**GOOD, "TF_PLUGIN_MAGIC_COOKIE": "no"}, ["This is a Terraform provider"]),
        ({**GOOD, "PLUGIN_PROTOCOL_VERSIONS": "4,5"}, ["plugin protocol 6", "only 4, 5", "Terraform 1.11"]),
        (
            {**GOOD, "DFLOW_PROVIDER_LAUNCHER_VERSION": "1.2.2"},
            ["version 1.2.3", "version 1.2.2", "dflow-cdktf provider install"],
        ),
        ({"DFLOW_PROVIDER_LAUNCHER_VERSION": "1.2.2"}, ["version 1.2.3", "version 1.2.2"]),
    ],
)
def test_anything_else_is_refused_in_one_line(environment, words):
    """Terraform shows it as it is."""
    reason = refusal(environment, "1.2.3")

    assert "\n" not in reason
    for expected in words:
        assert expected in reason


def test_the_line_has_the_six_parts_terraform_reads():
    """Core version, protocol, network, address, transport, certificate."""
    assert handshake_line("/tmp/x/socket", "TUlJ") == "1|6|unix|/tmp/x/socket|grpc|TUlJ"


@pytest.mark.parametrize(
    ("environment", "words"),
    [({}, "This is a Terraform provider"), ({**GOOD, "DFLOW_PROVIDER_LAUNCHER_VERSION": "9.9.9"}, "9.9.9")],
)
def test_the_program_refuses_on_stdout_without_importing_grpc(environment, words):
    """A person, or Terraform, sees one line and nothing else."""
    code = (
        "import sys; from dflow_provider.plugin.main import main\n"
        "code = main([]); assert 'grpc' not in sys.modules; sys.exit(code)"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "PLUGIN_", "DFLOW_"))}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**kept, **environment}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert words in done.stdout
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
    assert __version__ in done.stdout or not environment


def test_without_its_packages_the_program_says_which_to_install():
    """As after `pip install dflow-cdktf` without the extra: neither Terraform's time-out nor a traceback."""
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(dflow_provider.__file__).parents[1])!r})\n"
        "from dflow_provider.plugin.main import main\n"
        "sys.exit(main([]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], env=GOOD, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stdout == ("The Python package msgpack is not installed. Run: pip install 'dflow-cdktf[provider]'.\n")
    assert done.stderr == ""
