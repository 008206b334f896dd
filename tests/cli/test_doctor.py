"""`dflow-cdktf doctor`: what it finds, what it says, and that it shows no secret."""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from dflow_cli import launcher
from dflow_cli.checks.aws import check_aws
from dflow_cli.checks.control_plane import check_control_plane
from dflow_cli.checks.finding import Finding, Status
from dflow_cli.checks.installed_provider import check_provider
from dflow_cli.checks.terraform import check_terraform
from dflow_cli.checks.tools import check_cdk_command, check_cdk_library, check_node, check_python
from dflow_cli.version import installed_version
from dflow_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A real control plane and a cloud."""
    with Sandbox.start(tmp_path_factory.mktemp("sandbox")) as started:
        yield started


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An otherwise empty PATH, to put programs on."""
    directory = tmp_path / "programs"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    monkeypatch.delenv("TERRAFORM_BINARY_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    return directory


def put(directory: Path, name: str, answer: str, code: int = 0) -> None:
    """A program that answers every question the same way."""
    program = directory / name
    program.write_text(f"#!/bin/sh\necho '{answer}'\nexit {code}\n")
    program.chmod(0o755)


def statuses(findings: list[Finding]) -> dict[str, Status]:
    """How each check ended."""
    return {finding.name: finding.status for finding in findings}


def failure_of(findings: list[Finding]) -> Finding:
    """The one check that failed."""
    (failed,) = [finding for finding in findings if finding.status is Status.FAILED]
    return failed


# ---- tools ----


def test_the_python_that_runs_the_command_is_shown():
    """Two Pythons on one machine are a common reason for a missing package."""
    assert sys.executable in check_python().found


@pytest.mark.parametrize(
    ("check", "name", "answer"),
    [
        (check_node, "node", "v20.20.2"),
        (check_terraform, "terraform", "Terraform v1.11.4"),
        (check_terraform, "tofu", "OpenTofu v1.11.0"),
        (check_cdk_command, "cdktf", "0.21.0"),
        (check_cdk_command, "cdktn", "0.24.0"),
    ],
)
def test_a_suitable_program_is_ok_and_shown_with_its_place(programs: Path, check, name: str, answer: str):
    """Version and path, so that a person sees which of several was meant."""
    put(programs, name, answer)

    finding = check()

    assert finding.status is Status.OK
    assert f"({programs / name})" in finding.found


@pytest.mark.parametrize(
    ("check", "name", "answer", "found", "remedy"),
    [
        (check_node, "node", "v18.19.1", "18.19.1", "Install Node 20 or newer"),
        (check_terraform, "terraform", "Terraform v1.10.5", "1.10.5", "Install Terraform 1.11 or newer"),
        (check_terraform, "tofu", "OpenTofu v1.9.0", "1.9.0", "OpenTofu 1.11 or newer"),
    ],
)
def test_an_old_program_fails_with_its_version(programs: Path, check, name: str, answer: str, found: str, remedy: str):
    """What is there, what is needed, what to do."""
    put(programs, name, answer)

    finding = check()

    assert finding.status is Status.FAILED
    assert finding.found.startswith(found)
    assert "or newer is needed" in finding.found
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    ("check", "found", "remedy"),
    [
        (check_node, "no `node` on PATH", "https://nodejs.org"),
        (check_terraform, "no `terraform` and no `tofu` on PATH", "https://opentofu.org/docs/intro/install/"),
        (check_cdk_command, "no `cdktf` and no `cdktn` on PATH", "npm install cdktf-cli@0.21.0"),
    ],
)
def test_a_missing_program_fails_with_where_to_get_it(programs: Path, check, found: str, remedy: str):
    """Every name that would have done is in the message."""
    finding = check()

    assert finding.status is Status.FAILED
    assert finding.found == found
    assert remedy in finding.remedy


def test_a_broken_program_fails_with_what_it_said(programs: Path):
    """Such as a version manager that has no version chosen."""
    put(programs, "node", "nodenv: node: command not found", code=127)

    finding = check_node()

    assert finding.status is Status.FAILED
    assert "nodenv: node: command not found" in finding.found


def test_the_terraform_that_the_cdk_would_run_is_checked(programs: Path, monkeypatch: pytest.MonkeyPatch):
    """The CDK reads TERRAFORM_BINARY_NAME, and so does the check."""
    put(programs, "terraform", "Terraform v1.11.4")
    put(programs, "tofu", "OpenTofu v1.9.0")
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "tofu")

    assert check_terraform().status is Status.FAILED


def test_the_cdk_of_the_project_is_found_in_its_node_modules(programs: Path, tmp_path: Path):
    """As `npm install cdktf-cli` puts it."""
    (tmp_path / "node_modules" / ".bin").mkdir(parents=True)
    put(tmp_path / "node_modules" / ".bin", "cdktf", "0.21.0")

    assert check_cdk_command().status is Status.OK


@pytest.mark.parametrize("name", ["cdktf", "cdktn"])
def test_the_chosen_cdk_library_is_shown(monkeypatch: pytest.MonkeyPatch, name: str):
    """DFLOW_CDK chooses where both are installed."""
    monkeypatch.setenv("DFLOW_CDK", name)

    assert check_cdk_library().found.startswith(f"{name} 0.2")


# ---- the provider as Terraform finds it ----


def test_the_provider_is_found_and_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """By a real `terraform init`, with the data directory of this environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", f"{sys.prefix}/share")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("TF_DATA_DIR", str(tmp_path / "of-a-stack"))

    finding = check_provider()

    assert finding == Finding.ok("dflow provider", f"{installed_version()}, found by `terraform init`, and it starts")
    assert not (tmp_path / "of-a-stack").exists()


def test_a_provider_that_is_not_found_names_both_ways(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The variable for this environment, and the command for every environment."""
    (tmp_path / "terraform.rc").write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}"\n  }}\n}}\n'
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "terraform.rc"))

    finding = check_provider()

    assert finding.status is Status.FAILED
    assert "`terraform init` did not find it: Failed to query available provider packages" in finding.found
    assert f'XDG_DATA_DIRS="{sys.prefix}/share:' in finding.remedy
    assert "dflow-cdktf provider install" in finding.remedy


def test_the_launcher_of_another_version_is_not_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """It would start the installed provider, which then refuses."""
    launcher.write(tmp_path / "plugins", "0.0.1")
    (tmp_path / "terraform.rc").write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}/plugins"\n  }}\n}}\n'
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "terraform.rc"))

    finding = check_provider()

    assert finding.status is Status.FAILED
    assert installed_version() in finding.found


def test_without_terraform_the_provider_is_not_looked_for(programs: Path):
    """One missing tool is one failure."""
    assert check_provider().status is Status.SKIPPED


# ---- the control plane ----


def test_a_good_setting_passes_every_step(sandbox: Sandbox):
    """And shows the Worker Nodes that there are, by name."""
    findings = check_control_plane(sandbox.environment())

    assert [finding.status for finding in findings] == [Status.OK] * 4
    assert findings[0].found == f"{sandbox.endpoint} is a dFlow control plane"
    assert findings[-1].found.startswith(f"{sandbox.tenant}, with {len(sandbox.worker_node_ids)} Worker Nodes: fra-1")


def test_every_missing_variable_is_named_at_once():
    """A person sets them all in one go."""
    findings = check_control_plane({})

    assert statuses(findings) == {
        "dFlow endpoint": Status.FAILED,
        "API key": Status.FAILED,
        "Admin role": Status.SKIPPED,
        "Organisation": Status.FAILED,
    }
    assert [finding.found.split()[0] for finding in findings if finding.status is Status.FAILED] == [
        "DFLOW_ENDPOINT",
        "DFLOW_API_KEY",
        "DFLOW_TENANT",
    ]


def test_a_wrong_key_is_told_from_a_missing_role(sandbox: Sandbox):
    """The control plane answers both with the same status; the check does not."""
    wrong = check_control_plane({**sandbox.environment(), "DFLOW_API_KEY": "0" * 36})
    weak = check_control_plane({**sandbox.environment(), "DFLOW_API_KEY": sandbox.user_api_key})

    assert failure_of(wrong).name == "API key"
    assert "Enable API Key" in failure_of(wrong).remedy
    assert failure_of(weak).name == "Admin role"
    assert "Use the key of an administrator" in failure_of(weak).remedy
    assert statuses(weak) == {
        "dFlow endpoint": Status.OK,
        "API key": Status.OK,
        "Admin role": Status.FAILED,
        "Organisation": Status.SKIPPED,
    }


def test_an_unknown_organisation_fails_with_those_that_exist(sandbox: Sandbox):
    """The last step, so the three before it are fine."""
    failed = failure_of(check_control_plane({**sandbox.environment(), "DFLOW_TENANT": "acmee"}))

    assert failed.name == "Organisation"
    assert "no organisation with the slug 'acmee'" in failed.found
    assert sandbox.tenant in failed.remedy


def test_an_endpoint_where_nothing_listens_is_unreachable(sandbox: Sandbox):
    """One attempt, no long patience: a person waits for the answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    failed = failure_of(check_control_plane({**sandbox.environment(), "DFLOW_ENDPOINT": f"http://127.0.0.1:{port}"}))

    assert failed.name == "dFlow endpoint"
    assert f"No connection to http://127.0.0.1:{port}" in failed.found
    assert "Check DFLOW_ENDPOINT" in failed.remedy


def test_an_endpoint_that_is_something_else_is_named(sandbox: Sandbox):
    """The cloud answers HTTP too, but it is no dFlow."""
    failed = failure_of(check_control_plane({**sandbox.environment(), "DFLOW_ENDPOINT": sandbox.aws_endpoint}))

    assert failed.name == "dFlow endpoint"
    assert "Endpoint is not dFlow's API" in failed.found


# ---- AWS ----


@pytest.fixture
def no_aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """No AWS setting of any kind."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


def test_aws_credentials_are_tried(no_aws: pytest.MonkeyPatch, sandbox: Sandbox):
    """By asking who they belong to."""
    for name, value in sandbox.environment().items():
        no_aws.setenv(name, value)

    region, credentials = check_aws()

    assert region == Finding.ok("AWS region", sandbox.region)
    assert credentials.status is Status.OK
    assert credentials.found.startswith("arn:aws:")
    assert sandbox.aws_secret_access_key not in credentials.found


def test_missing_aws_settings_are_named(no_aws: pytest.MonkeyPatch):
    """Both of them."""
    region, credentials = check_aws()

    assert (region.status, credentials.status) == (Status.FAILED, Status.FAILED)
    assert "Set AWS_REGION" in region.remedy
    assert "AWS_ACCESS_KEY_ID" in credentials.remedy


# ---- the report ----


def test_the_report_has_a_line_and_an_exit_code(dflow_cdktf, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch):
    """Everything on standard output; the code says whether anything failed; no credential is shown."""
    for name, value in {**sandbox.environment(), "DFLOW_TENANT": "acmee"}.items():
        monkeypatch.setenv(name, value)

    ran = dflow_cdktf("doctor")

    assert ran.code == 1
    assert ran.out.startswith("ok      Python ")
    assert "failed  Organisation " in ran.out
    assert "→ It has acme" in ran.out
    assert not [secret for secret in (sandbox.api_key, sandbox.aws_secret_access_key) if secret in ran.out + ran.err]


def test_the_report_as_json_has_the_same_findings(dflow_cdktf, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch):
    """For scripts: one object for each check."""
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)

    findings = json.loads(dflow_cdktf("doctor", "--json", "--aws").out)

    assert [finding["check"] for finding in findings][-2:] == ["AWS region", "AWS credentials"]
    assert {tuple(finding) for finding in findings} == {("check", "status", "found", "remedy")}
