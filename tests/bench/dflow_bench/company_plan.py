"""The plan of a company, as large as one likes: teams with databases, services on dFlow, machines, and more.

It has what makes plans slow to review: references through modules and `for_each`, values known after apply and hidden
ones, the state before, planned values, outputs, variables, and a configuration as large as a program writes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RESOURCES_OF_A_TEAM = 100
_NODES = 25
_APPS = ("api", "web", "worker", "jobs")
_ONE_IN = 20
"""So many teams to one that is new, and to one that gets a node more."""
_AWS, _DFLOW, _RANDOM = "hashicorp/aws", "dflow-cdktf/dflow", "hashicorp/random"
_Values = dict[str, Any]


@dataclass(frozen=True)
class _Resource:
    """One instance.

    Args:
        kind: its type.
        name: of its block.
        key: of `for_each`; nothing if it is the only one.
        provider: who makes it.
        values: its arguments and what is computed.
        refers: arguments → the block whose attribute they take, without the module.
        hidden: arguments that are sensitive.
        later: what is known after apply only, where it is new.
        is_new: it is made by this plan.
    """

    kind: str
    name: str
    key: str | None
    provider: str
    values: _Values
    refers: dict[str, str]
    hidden: tuple[str, ...] = ()
    later: tuple[str, ...] = ("id",)
    is_new: bool = False

    @property
    def block(self) -> str:
        return f"{self.kind}.{self.name}"


def write_company_plan(file: Path, resources: int) -> None:
    """Write the JSON of a plan with so many resources, as Terraform does: in one line."""
    teams = [_Team(number) for number in range(resources // RESOURCES_OF_A_TEAM)]
    changes = [change for team in teams for change in team.changes()]
    calls = {team.name: team.call() for team in teams}
    content = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "variables": {"region": {"value": "eu-central-1"}, "company": {"value": "acme"}},
        "planned_values": {
            "outputs": {team.name: {"sensitive": False, "value": f"db-{team.number:04}"} for team in teams},
            "root_module": {"child_modules": [team.planned() for team in teams]},
        },
        "resource_changes": changes,
        "output_changes": {team.name: team.output() for team in teams},
        "prior_state": {
            "format_version": "1.0",
            "terraform_version": "1.11.4",
            "values": {"root_module": {"child_modules": [team.state() for team in teams]}},
        },
        "configuration": {
            "provider_config": _providers(),
            "root_module": {"module_calls": calls, "variables": {"region": {}, "company": {"default": "acme"}}},
        },
        "applyable": True,
        "complete": True,
        "errored": False,
    }
    file.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")


def _providers() -> _Values:
    regions = {name: {"region": {"constant_value": name}} for name in ("eu-central-1", "us-east-1")}
    return {
        **{f"aws.{name}": {"name": "aws", "alias": name, "expressions": block} for name, block in regions.items()},
        "dflow": {"name": "dflow", "expressions": {"api_key": {"references": ["var.dflow_api_key"]}}},
        "random": {"name": "random"},
    }


@dataclass(frozen=True)
class _Team:
    number: int

    @property
    def name(self) -> str:
        return f"team_{self.number:04}"

    @property
    def is_new(self) -> bool:
        return self.number % _ONE_IN == _ONE_IN - 1

    def resources(self) -> Iterator[_Resource]:
        """Yield the team's hundred resources."""
        yield from self._databases()
        yield from self._services()
        for number in range(30):
            yield self._of(
                "aws_instance", "app", f"app-{number}", _machine(self.number, number), {"subnet_id": "var.subnet"}
            )
        for number in range(15):
            yield self._of("aws_s3_bucket", "data", f"data-{number}", _bucket(self.name, number), {})
            yield self._of("aws_iam_role", "app", f"app-{number}", _role(self.name, number), {})

    def _of(
        self, kind: str, name: str, key: str | None, values: _Values, refers: dict[str, str], **more: Any
    ) -> _Resource:
        provider = _AWS if kind.startswith("aws_") else _DFLOW if kind.startswith("dflow_") else _RANDOM
        return _Resource(kind, name, key, provider, values, refers, **{"is_new": self.is_new, **more})

    def _databases(self) -> Iterator[_Resource]:
        group = f"sg-{self.number:017x}"
        yield self._of("aws_security_group", "db", None, {"id": group, "name": f"{self.name}-db", "ingress": []}, {})
        for number in range(_NODES):
            # The last node of some teams has just come.
            is_new = self.is_new or (self.number % _ONE_IN == 0 and number == _NODES - 1)
            yield self._of(
                "aws_vpc_security_group_ingress_rule",
                "db",
                self._node(number),
                self._rule(group, number),
                {"security_group_id": "aws_security_group.db", "cidr_ipv4": "data.dflow_worker_node.node"},
                later=("id", "arn", *(("security_group_id",) if self.is_new else ())),
                is_new=is_new,
            )
        for number in range(2):
            yield self._of("random_password", "db", str(number), {"id": "none", "result": f"{'aB3$' * 8}{number}"}, {},
                           hidden=("result",), later=("id", "result"))  # fmt: skip
            yield self._of(
                "aws_db_instance",
                "db",
                str(number),
                self._database(group, number),
                {"vpc_security_group_ids": "aws_security_group.db", "password": "random_password.db"},
                hidden=("password",),
                later=("id", "endpoint", "vpc_security_group_ids", "password"),
            )

    def _services(self) -> Iterator[_Resource]:
        environment = f"environment-{self.number}"
        yield self._of(
            "dflow_environment",
            "main",
            None,
            {"id": environment, "name": f"{self.name}-production", "worker_nodes": [f"id-{self._node(0)}"]},
            {"worker_nodes": "data.dflow_worker_node.node"},
        )
        for app in _APPS:
            service = {"id": f"{self.name}-{app}", "name": f"{self.name}-{app}", "environment_id": environment}
            refers = {"environment_id": "dflow_environment.main"}
            yield self._of("dflow_app_service", "app", app, {**service, "port": 3000}, refers,
                           later=("id", "environment_id"))  # fmt: skip
            yield self._of(
                "dflow_service_variables",
                "app",
                app,
                {
                    "id": f"{self.name}-{app}",
                    "service_id": f"{self.name}-{app}",
                    "variables": {"LOG_LEVEL": "info", "REGION": "eu-central-1", "PORT": "3000"},
                    "secret_variables_version": "1",
                },
                {"service_id": "dflow_app_service.app", "secret_variables_wo": "random_password.db"},
                later=("id", "service_id"),
            )
        entries = {self._node(number): {"cidr": self._cidr(number)} for number in range(10)}
        yield self._of(
            "dflow_neon_allowlist",
            "reports",
            None,
            {
                "id": f"project-{self.number}",
                "project_id": f"project-{self.number}",
                "owner": f"{self.name}/reports",
                "entries": entries,
                "foreign_entries": ["198.51.100.7"],
                "owned_entries": [entry["cidr"] for entry in entries.values()],
            },
            {"entries": "data.dflow_worker_node.node"},
            later=("id", "foreign_entries", "owned_entries"),
        )

    def _node(self, number: int) -> str:
        return f"fra-{self.number:04}-{number:02}"

    def _cidr(self, node: int) -> str:
        return f"20.{self.number >> 8}.{self.number & 255}.{node}/32"

    def _rule(self, group: str, number: int) -> _Values:
        return {
            "arn": f"arn:aws:ec2:eu-central-1:123456789012:security-group-rule/sgr-{self.number:08x}{number:09x}",
            "cidr_ipv4": self._cidr(number),
            "cidr_ipv6": None,
            "description": f"dflow: db-{self.number:04} from {self._node(number)} (shop/db-{self.number:04})",
            "from_port": 5432,
            "id": f"sgr-{self.number:08x}{number:09x}",
            "ip_protocol": "tcp",
            "prefix_list_id": None,
            "referenced_security_group_id": None,
            "security_group_id": group,
            "tags": {"team": self.name},
            "to_port": 5432,
        }

    def _database(self, group: str, number: int) -> _Values:
        return {
            "allocated_storage": 100,
            "endpoint": f"{self.name}-{number}.abcdefghijkl.eu-central-1.rds.amazonaws.com:5432",
            "engine": "postgres",
            "id": f"db-{self.name}-{number}",
            "identifier": f"{self.name}-{number}",
            "instance_class": "db.m6g.large",
            "password": "aB3$" * 8,
            "port": 5432,
            "publicly_accessible": True,
            "storage_encrypted": True,
            "tags": {"team": self.name},
            "vpc_security_group_ids": [group],
        }

    def changes(self) -> Iterator[_Values]:
        """Yield what stands in `resource_changes`."""
        for each in self.resources():
            later = dict.fromkeys(each.later, True) if each.is_new else {}
            hidden = dict.fromkeys(each.hidden, True)
            yield {
                **self._named(each),
                "module_address": f"module.{self.name}",
                "change": {
                    "actions": ["create"] if each.is_new else ["no-op"],
                    "before": None if each.is_new else each.values,
                    "after": {name: value for name, value in each.values.items() if name not in later},
                    "after_unknown": later,
                    "before_sensitive": False if each.is_new else hidden,
                    "after_sensitive": hidden,
                },
            }

    def _named(self, each: _Resource) -> _Values:
        key = "" if each.key is None else f'["{each.key}"]'
        return {
            "address": f"module.{self.name}.{each.block}{key}",
            "mode": "managed",
            "type": each.kind,
            "name": each.name,
            **({} if each.key is None else {"index": each.key}),
            "provider_name": f"registry.terraform.io/{each.provider}",
        }

    def planned(self) -> _Values:
        """Return the team's part of `planned_values`."""
        return {"address": f"module.{self.name}", "resources": [self._with_values(each) for each in self.resources()]}

    def state(self) -> _Values:
        """Return the team's part of the state before, with the Worker Nodes that were looked up."""
        there = [self._with_values(each) for each in self.resources() if not each.is_new]
        return {"address": f"module.{self.name}", "resources": [*there, *self._nodes()]}

    def _with_values(self, each: _Resource) -> _Values:
        hidden = dict.fromkeys(each.hidden, True)
        return {**self._named(each), "schema_version": 1, "values": each.values, "sensitive_values": hidden}

    def _nodes(self) -> Iterator[_Values]:
        for number in range(_NODES):
            address = self._cidr(number)
            yield {
                "address": f'module.{self.name}.data.dflow_worker_node.node["{self._node(number)}"]',
                "mode": "data",
                "type": "dflow_worker_node",
                "name": "node",
                "index": self._node(number),
                "provider_name": f"registry.terraform.io/{_DFLOW}",
                "schema_version": 0,
                "values": {
                    "id": f"id-{self._node(number)}",
                    "name": self._node(number),
                    "outbound_cidr": address,
                    "outbound_ips": [{"address": address.partition("/")[0], "learnt_from": "ip"}],
                },
                "sensitive_values": {},
            }

    def output(self) -> _Values:
        """Return the change of the team's output."""
        name = f"db-{self.number:04}"
        actions = ["create"] if self.is_new else ["no-op"]
        before = None if self.is_new else name
        return {"actions": actions, "before": before, "after": name, "after_unknown": False, "after_sensitive": False}

    def call(self) -> _Values:
        """Return the call of the team's module, with the module as its program wrote it."""
        blocks: dict[str, _Values] = {}
        for each in self.resources():
            expressions: _Values = {name: {"references": [f"{to}.id", to]} for name, to in each.refers.items()}
            expressions["tags"] = {"constant_value": {"team": self.name}}
            blocks[each.block] = {
                "address": each.block,
                "mode": "managed",
                "type": each.kind,
                "name": each.name,
                "provider_config_key": f"module.{self.name}:{each.kind.partition('_')[0]}",
                "expressions": expressions,
                "schema_version": 1,
                **({} if each.key is None else {"for_each_expression": {"references": ["var.nodes"]}}),
            }
        return {
            "source": "./team",
            "expressions": {"subnet": {"references": ["var.region"]}, "nodes": {"constant_value": [self._node(0)]}},
            "module": {
                "outputs": {"database": {"expression": {"references": ["aws_db_instance.db"]}}},
                "resources": list(blocks.values()),
                "variables": {"subnet": {}, "nodes": {"default": []}},
            },
        }


def _machine(team: int, number: int) -> _Values:
    block = [{"device_name": "/dev/sda1", "encrypted": True, "volume_id": f"vol-{team:08x}{number:09x}"}]
    return {
        "ami": "ami-0123456789abcdef0",
        "arn": f"arn:aws:ec2:eu-central-1:123456789012:instance/i-{team:08x}{number:09x}",
        "availability_zone": "eu-central-1a",
        "ebs_optimized": False,
        "id": f"i-{team:08x}{number:09x}",
        "instance_type": "t3.small",
        "private_ip": f"10.{team & 255}.0.{number}",
        "root_block_device": block,
        "subnet_id": "subnet-0123456789abcdef0",
        "tags": {"Name": f"machine-{number}", "team": "shop"},
        "user_data": "#!/bin/sh\napt-get update\nsystemctl enable --now shop\n",
        "vpc_security_group_ids": [f"sg-{team % 7:017x}"],
    }


def _bucket(team: str, number: int) -> _Values:
    return {
        "arn": f"arn:aws:s3:::acme-{team}-{number}",
        "bucket": f"acme-{team}-{number}",
        "id": f"acme-{team}-{number}",
        "tags": {"team": team},
        "versioning": [{"enabled": True, "mfa_delete": False}],
    }


def _role(team: str, number: int) -> _Values:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
    return {
        "arn": f"arn:aws:iam::123456789012:role/{team}-{number}",
        "assume_role_policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        "id": f"{team}-{number}",
        "name": f"{team}-{number}",
        "tags": {"team": team},
    }
