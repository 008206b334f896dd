"""Check everything a deploy needs, and name the remedy of what is missing.

Looks at the tools of this machine, at the provider as Terraform finds it, and at the control plane that DFLOW_ENDPOINT,
DFLOW_API_KEY and DFLOW_TENANT name. Changes nothing, and shows no secret. Exit code 1 if any check failed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dflow_cli.checks.aws import check_aws
from dflow_cli.checks.control_plane import check_control_plane
from dflow_cli.checks.finding import Finding, Status
from dflow_cli.checks.installed_provider import check_provider
from dflow_cli.checks.terraform import check_terraform
from dflow_cli.checks.tools import check_cdk_command, check_cdk_library, check_node, check_python
from dflow_cli.failure import ExitCode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

WIDTH = 24


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--aws", action="store_true", help="check the AWS credentials and region too")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the checks, and print each finding as soon as it is there."""
    findings = []
    for finding in _findings(with_aws=arguments.aws):
        findings.append(finding)
        if not arguments.json:
            print(_line(finding), flush=True)
    if arguments.json:
        print(json.dumps([_document(finding) for finding in findings], indent=2))
    failed = any(finding.status is Status.FAILED for finding in findings)
    return ExitCode.FAILED if failed else ExitCode.DONE


def _findings(*, with_aws: bool) -> Iterator[Finding]:
    yield check_python()
    yield check_node()
    yield check_terraform()
    yield check_cdk_command()
    yield check_cdk_library()
    yield check_provider()
    yield from check_control_plane()
    if with_aws:
        yield from check_aws()


def _line(finding: Finding) -> str:
    line = f"{finding.status.value:<8}{finding.name:<{WIDTH}}{finding.found}"
    return f"{line}\n{'':<{8 + WIDTH}}→ {finding.remedy}" if finding.remedy else line


def _document(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.name,
        "status": finding.status.value,
        "found": finding.found,
        "remedy": finding.remedy,
    }
