"""Whether `terraform init` finds the dflow provider, and whether the provider then starts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from dflow_cli import launcher
from dflow_cli.checks.finding import Finding
from dflow_cli.checks.program import ProgramMissing
from dflow_cli.checks.terraform import find_terraform
from dflow_cli.version import installed_version

NAME = "dflow provider"

INIT_SECONDS = 120

UNSUITABLE = ("TF_CLI_ARGS", "TF_DATA_DIR", "TF_REATTACH_PROVIDERS", "TF_WORKSPACE", "TF_LOG")
"""Variables that belong to somebody's stack, and would make this try something else."""


def check_provider() -> Finding:
    """Run a real `terraform init` in a temporary directory, and have it start what it found."""
    try:
        terraform = find_terraform()
    except ProgramMissing:
        return Finding.skipped(NAME, "there is no Terraform or OpenTofu to look for it")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(UNSUITABLE)}
    with tempfile.TemporaryDirectory(prefix="dflow-doctor-") as directory:
        Path(directory, "main.tf").write_text(_configuration(), encoding="utf-8")
        ran = _run([str(terraform.path), "init", "-input=false", "-no-color"], directory, environment)
        if ran.returncode != 0:
            return Finding.failed(NAME, f"`{terraform.path.name} init` did not find it: {_reason(ran)}", _remedy())
        ran = _run([str(terraform.path), "providers", "schema", "-json"], directory, environment)
    if ran.returncode != 0 or not json.loads(ran.stdout).get("provider_schemas"):
        return Finding.failed(
            NAME,
            f"{installed_version()} was found but does not start: {_reason(ran)}",
            "Activate the environment that has dflow-cdktf, and check: pip install 'dflow-cdktf[provider]'.",
        )
    return Finding.ok(NAME, f"{installed_version()}, found by `{terraform.path.name} init`, and it starts")


def _configuration() -> str:
    """Ask for the installed version: a launcher of another one would start nothing."""
    requirement = f'{{ source = "{launcher.SOURCE}", version = "{installed_version()}" }}'
    return f"terraform {{\n  required_providers {{\n    dflow = {requirement}\n  }}\n}}\n"


def _run(command: list[str], directory: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=INIT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"Error: no answer within {INIT_SECONDS} s")


def _reason(ran: subprocess.CompletedProcess[str]) -> str:
    """Terraform's message without its frame: from `Error:` on, in one line."""
    plain = re.sub(r"\x1b\[[0-9;]*m|[│╷╵]", "", ran.stderr or ran.stdout)
    said = plain[plain.index("Error:") :] if "Error:" in plain else plain
    return " ".join(said.removeprefix("Error:").partition("To see which modules")[0].split()) or "it said nothing"


def _remedy() -> str:
    data = Path(sys.prefix) / "share"
    by_hand = "run: dflow-cdktf provider install"
    if sys.platform == "darwin" or not (data / "terraform" / "plugins").is_dir():
        return f"To put it where Terraform looks, {by_hand}"
    return f'Set XDG_DATA_DIRS="{data}:${{XDG_DATA_DIRS:-/usr/local/share:/usr/share}}", or {by_hand}'
