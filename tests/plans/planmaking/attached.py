"""Databases whose lists come from elsewhere or are known after apply, and groups that no database in the plan uses.

Terraform plans what people write, with stand-ins that take the arguments which the vendors' providers publish.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from dflow_acceptance.workspace import REQUIREMENTS
from planmaking.machine import must, write_plan
from planmaking.official import NOT_RUN
from planmaking.rendered import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dflow_acceptance.workspace import Workspace
    from planmaking.machine import Machine

SOURCES = {"aws": "hashicorp/aws", "azurerm": "hashicorp/azurerm", "ec": "elastic/ec"}
SHARED = "sg-0123456789abcdef0"
"""A security group that another team keeps."""
OWN = "aws_security_group.orders.id"

PROGRAM = f"""
resource "aws_security_group" "orders" {{
  name = "orders"
}}

resource "aws_vpc_security_group_ingress_rule" "orders" {{
  security_group_id = {OWN}
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "18.195.4.7/32"
  description       = "dflow: orders from fra-1 (shop/orders)"
}}

resource "aws_db_instance" "orders" {{
  identifier             = "orders"
  instance_class         = "db.t4g.micro"
  engine                 = "postgres"
  port                   = 5432
  vpc_security_group_ids = [{OWN}]
}}
"""
CACHE = f"""
resource "aws_elasticache_replication_group" "sessions" {{
  replication_group_id = "sessions"
  description          = "sessions"
  port                 = 6379
  security_group_ids   = ["{SHARED}"]
}}
"""
NETWORK = """
data "terraform_remote_state" "network" {
  backend = "local"
  config  = { path = "network.tfstate" }
}
"""
LATER = """
resource "terraform_data" "later" {{
  input = {0}
}}
"""
SECOND = """
resource "aws_security_group" "second" {
  name = "second"
}

resource "aws_vpc_security_group_ingress_rule" "second" {
  security_group_id = aws_security_group.second.id
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "3.121.8.20/32"
  description       = "dflow: orders from fra-2 (shop/orders)"
}
"""
RULE_SET = """
resource "ec_deployment_traffic_filter_association" "search" {
  traffic_filter_id = "0f8fad5bd9cb469fa165"
  deployment_id     = "7c9e6679f3b04e8fb1d2"
}
"""
BASTION = """
resource "aws_vpc_security_group_ingress_rule" "office" {{
  security_group_id = "sg-0fedcba9876543210"
  description       = "office"
  cidr_ipv4         = "52.28.9.30/32"
  {0}
}}
"""
AZURE = """
resource "azurerm_postgresql_flexible_server_firewall_rule" "azure" {
  name             = "azure"
  server_id        = "/subscriptions/1/resourceGroups/shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders"
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
"""


def _with(*groups: str) -> str:
    return PROGRAM.replace(f"[{OWN}]", f"[{', '.join((OWN, *groups))}]")


STATE = "data.terraform_remote_state.network.outputs.shared"
CASES: dict[str, tuple[str, str]] = {
    "unchanged": (_with(f'"{SHARED}"') + CACHE + RULE_SET, _with(f'"{SHARED}"') + CACHE + RULE_SET),
    "unchanged_remote_state": (_with(STATE) + NETWORK, _with(STATE) + NETWORK),
    "one_known_later": (PROGRAM, _with("terraform_data.later.output") + LATER.format(f'"{SHARED}"')),
    "all_known_later": (
        PROGRAM,
        PROGRAM.replace(f"[{OWN}]", "terraform_data.later.output") + LATER.format(f'["{SHARED}"]'),
    ),
    "outside": (PROGRAM, _with(f'"{SHARED}"') + CACHE),
    "remote_state": (PROGRAM, _with(STATE) + NETWORK),
    "new_group": (PROGRAM, _with("aws_security_group.second.id") + SECOND),
    "taken_off": (_with(f'"{SHARED}"'), PROGRAM),
    "rule_set": ("", RULE_SET),
    "every_port": ("", BASTION.format('ip_protocol       = "-1"')),
    "port_known_later": (
        "",
        BASTION.format('ip_protocol = "tcp"\n  from_port = terraform_data.later.output\n  to_port = 443')
        + LATER.format("443"),
    ),
    "all_of_azure": ("", AZURE),
}
"""What is there, and what is planned."""


def attached_cases(machine: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `attached/<name>`: a plan, and the program that was planned."""
    for name, (before, after) in CASES.items():
        yield f"attached/{name}", partial(_case, machine, before, after)


def _case(machine: Machine, before: str, after: str, directory: Path) -> None:
    with ExitStack() as stack:
        workspace = _workspace(machine, stack)
        program = workspace.directory / "case.tf"
        program.write_text(before)
        must(workspace, "apply", "-no-color", "-auto-approve")
        program.write_text(after)
        (directory / "after.tf").write_text(after.lstrip())
        file = directory / "plan.json"
        write_plan(workspace, file)
        content = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**content, "provider_not_run": NOT_RUN}, indent=1, ensure_ascii=False) + "\n")


def _workspace(machine: Machine, stack: ExitStack) -> Workspace:
    attached = {
        f"registry.terraform.io/{source}": served(name, stack, "named_stand_in.py") for name, source in SOURCES.items()
    }
    workspace = machine.workspace({"TF_REATTACH_PROVIDERS": json.dumps(attached)})
    sources = {name: {"source": source} for name, source in SOURCES.items()}
    requirements = {**REQUIREMENTS, "required_providers": {**REQUIREMENTS["required_providers"], **sources}}
    (workspace.directory / "main.tf.json").write_text(json.dumps({"terraform": requirements}))
    outputs = {"shared": {"value": SHARED, "type": "string"}}
    state = {"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "network", "outputs": outputs}
    (workspace.directory / "network.tfstate").write_text(json.dumps({**state, "resources": []}))
    must(workspace, "init", "-no-color")
    return workspace
