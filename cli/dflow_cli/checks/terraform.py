"""Terraform or OpenTofu: what it is called, and whether it is new enough."""

from __future__ import annotations

from dflow_cli.checks.finding import Finding
from dflow_cli.checks.program import Program, ProgramMissing, find_program
from dflow_cli.checks.search import terraform_names

AT_LEAST = (1, 11, 0)

INSTALL_TERRAFORM = (
    "Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.11 or newer "
    "(https://opentofu.org/docs/intro/install/)."
)


def find_terraform() -> Program:
    """The program that deploys.

    Raises:
        ProgramMissing: there is none.
    """
    return find_program(*terraform_names(), question="version")


def check_terraform() -> Finding:
    """Write-only arguments, which keep secrets out of the state, came with 1.11."""
    try:
        terraform = find_terraform()
    except ProgramMissing as missing:
        return Finding.failed("Terraform or OpenTofu", str(missing), INSTALL_TERRAFORM)
    name = "OpenTofu" if terraform.path.name == "tofu" else "Terraform"
    if terraform.version < AT_LEAST:
        return Finding.failed(name, f"{terraform}; 1.11 or newer is needed", INSTALL_TERRAFORM)
    return Finding.ok(name, str(terraform))
