"""`dflow-cdktf tf`: Terraform against one provider process that it does not start itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CONFIGURATION = """
terraform {
  required_providers {
    dflow = { source = "dflow-cdktf/dflow" }
  }
}

ephemeral "dflow_process_environment" "canary" {
  name = "CANARY"
}

resource "terraform_data" "count" {
  input = 1
}
"""


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """A configuration that uses the provider, and needs no control plane."""
    (tmp_path / "main.tf").write_text(CONFIGURATION)
    return tmp_path


def tf(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `dflow-cdktf tf` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "dflow_cli", "tf", *words],
        cwd=cwd,
        env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CANARY": "sings", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def program(directory: Path, text: str) -> str:
    """A program that stands for Terraform."""
    path = directory / "terraform-stand-in"
    path.write_text(f"#!{sys.executable}\n{text}\n")
    path.chmod(0o755)
    return str(path)


def wait_for(path: Path) -> str:
    """The content of a file, as soon as it is complete: written ones end with a newline."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and path.read_text().endswith("\n"):
            return path.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{path} was never written")


def gone(pid: int) -> bool:
    """Whether no process has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_plan_needs_no_init(stack: Path):
    """The provider is attached, so there is nothing to install."""
    ran = tf("plan", "-input=false", "-no-color", cwd=stack)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Plan: 1 to add" in ran.stdout
    assert not (stack / ".terraform").exists()


def test_options_before_the_command_and_its_exit_code_are_terraforms(stack: Path, tmp_path: Path):
    """Every word is passed on, and 2 means that there are changes."""
    ran = tf(f"-chdir={stack}", "plan", "-detailed-exitcode", "-input=false", cwd=tmp_path)

    assert ran.returncode == 2, ran.stdout + ran.stderr


def test_an_error_of_the_provider_reaches_the_terminal(stack: Path):
    """From the attached process, as from one that Terraform started."""
    ran = tf("plan", "-input=false", "-no-color", cwd=stack, CANARY="")

    assert ran.returncode == 1
    assert "CANARY" in ran.stderr


def test_the_provider_is_offered_to_terraform_and_opentofu_and_gone_afterwards(tmp_path: Path):
    """One process for both addresses, alive while the program runs and not longer."""
    seen = tmp_path / "seen.json"
    stand_in = program(
        tmp_path,
        "import json, os, pathlib\n"
        "attached = json.loads(os.environ['TF_REATTACH_PROVIDERS'])\n"
        "[os.kill(each['Pid'], 0) for each in attached.values()]\n"
        f"pathlib.Path({str(seen)!r}).write_text(json.dumps(attached))",
    )

    ran = tf("plan", cwd=tmp_path, TERRAFORM_BINARY_NAME=stand_in)

    assert ran.returncode == 0, ran.stderr
    attached = json.loads(seen.read_text())
    assert set(attached) == {"registry.terraform.io/dflow-cdktf/dflow", "registry.opentofu.org/dflow-cdktf/dflow"}
    (provider,) = {each["Pid"] for each in attached.values()}
    assert gone(provider)
    assert not Path(attached["registry.terraform.io/dflow-cdktf/dflow"]["Addr"]["String"]).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_terraform_first_and_then_the_provider(tmp_path: Path, number: signal.Signals):
    """Terraform decides when it is over; only then the provider goes, and the exit code is Terraform's."""
    seen = tmp_path / "seen"
    stand_in = program(
        tmp_path,
        "import json, os, pathlib, signal, sys\n"
        "(pid,) = {each['Pid'] for each in json.loads(os.environ['TF_REATTACH_PROVIDERS']).values()}\n"
        "def end(*_):\n"
        "    os.kill(pid, 0)\n"
        "    sys.exit(7)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "signal.signal(signal.SIGINT, end)\n"
        f"pathlib.Path({str(seen)!r}).write_text(f'{{pid}}\\n')\n"
        "signal.pause()",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "dflow_cli", "tf", "apply"],
        cwd=tmp_path,
        env={**os.environ, "TERRAFORM_BINARY_NAME": stand_in},
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        provider = int(wait_for(seen))
        # A terminal sends Ctrl-C to everything that runs in it; SIGTERM comes to one process.
        if number is signal.SIGINT:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    assert process.returncode == 7, errors
    assert "Traceback" not in errors
    assert gone(provider)


def test_without_terraform_the_remedy_is_given(tmp_path: Path):
    """The same as doctor's."""
    ran = tf("plan", cwd=tmp_path, PATH=str(tmp_path))

    assert ran.returncode == 1
    assert ran.stderr.startswith("error: no `terraform` and no `tofu` on PATH. Install Terraform 1.11 or newer")


def test_a_transport_that_does_not_exist_is_refused(tmp_path: Path):
    """Before anything is started."""
    ran = tf("plan", cwd=tmp_path, DFLOW_PROVIDER_TRANSPORT="pigeon")

    assert ran.returncode == 1
    assert ran.stderr.startswith("error: DFLOW_PROVIDER_TRANSPORT is 'pigeon', which is no transport.")


def test_a_provider_that_ends_by_itself_is_reported(tmp_path: Path):
    """Terraform only sees a connection that breaks off, or nothing at all."""
    stand_in = program(
        tmp_path,
        "import json, os, signal\n"
        "(pid,) = {each['Pid'] for each in json.loads(os.environ['TF_REATTACH_PROVIDERS']).values()}\n"
        "os.kill(pid, signal.SIGKILL)\n"
        "while open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[0] != 'Z':\n"
        "    pass",
    )

    ran = tf("plan", cwd=tmp_path, TERRAFORM_BINARY_NAME=stand_in)

    assert ran.returncode == 1
    assert "the provider ended before it was told to, with exit code -9" in ran.stderr


def test_the_way_to_terraform_imports_nothing_that_it_does_not_need():
    """It stands before every plan; each of these would cost between 3 and 20 ms."""
    costly = "{'argparse', 'dataclasses', 'inspect', 'pathlib', 'shutil', 'subprocess', 'typing', 'grpc'}"
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, dflow_cli.main, dflow_cli.tf; print(sorted({costly} & sys.modules.keys()))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == "[]"
