"""What the constructs render for the vendors' own providers, as checkov sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "tests" / "plans" / "rendered" / "open" / "create.json"


@pytest.mark.slow  # downloads checkov and its hundred dependencies from PyPI, 290 MB: about two and a half minutes
@pytest.mark.timeout(1200)
def test_a_rule_that_lets_in_everybody_is_flagged_and_one_that_does_not_is_not(tmp_path: Path):
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    lock = ROOT / "requirements" / "checkov.lock"
    pip = [
        tmp_path / "venv" / "bin" / "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "--no-compile",
        "-r",
        lock,
    ]
    subprocess.run(pip, check=True)

    ran = subprocess.run(
        [
            *(tmp_path / "venv" / "bin" / "checkov", "--file", PLAN, "--framework", "terraform_plan"),
            *("--skip-download", "--compact", "--output", "json"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1, ran.stderr
    report = json.loads(ran.stdout)
    assert report["summary"]["parsing_errors"] == 0
    failed = {(each["check_id"], each["resource"].partition(".")[0]) for each in report["results"]["failed_checks"]}
    assert failed == {
        ("CKV_AWS_260", "aws_vpc_security_group_ingress_rule"),
        ("CKV_AZURE_11", "azurerm_mssql_firewall_rule"),
    }
    assert all(each["resource"].endswith('["everybody"]') for each in report["results"]["failed_checks"])
