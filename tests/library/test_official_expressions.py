"""What Terraform makes of the expressions in entries that vendors' own providers keep."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import re
import shutil
import subprocess
from pathlib import Path  # noqa: TC003 (annotations of tests are read)
from typing import Any

import pytest

from dflow_constructs import (
    AppService,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    LockOut,
    Manager,
    OpenToWorld,
    Secret,
)
from dflow_vendors import Family, Vendor, all_vendors

META = {"//", "for_each", "lifecycle", "depends_on", "provider", "dynamic"}
WORDS = {"allow_first": LockOut("a new database"), "allow_empty": OpenToWorld("nothing in it")}
OFFICIAL = [vendor for vendor in all_vendors() if vendor.official]
LEARNT = "${data.dflow_worker_node.worker-node-fra-9.outbound_cidr}"
with_terraform = pytest.mark.skipif(
    shutil.which("terraform") is None or "DFLOW_LIBRARY_TESTS_AGAIN" in os.environ,
    reason="terraform is not on PATH, or has read the same expressions in the run under the other CDK",
)


def example_of(vendor: Vendor, **options):
    module = importlib.import_module(f"dflow_constructs.allowlists.{vendor.key}")
    (kind,) = [
        value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__
    ]
    locators = (*vendor.official[0].fields, *(vendor.owned.locators if vendor.owned else ()))
    fields = {locator.name: locator.example for locator in locators}
    return kind(**fields, manager=Manager.OFFICIAL, **{**WORDS, **options})


def database(stack, allowlist, name: str = "orders") -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        name,
        engine=Engine.POSTGRES,
        host="orders.example.com",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=allowlist,
    )


def planned(directory: Path, configuration: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Plan a configuration that needs no provider; its output is the plan as JSON, or Terraform's errors."""
    (directory / "main.tf.json").write_text(json.dumps(configuration, indent=1), encoding="utf-8")
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
    for arguments in (["init"], ["plan", "-no-color", "-out=plan"], ["show", "-json", "plan"]):
        ran = subprocess.run(
            ["terraform", *arguments], cwd=directory, env=environment, capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            break
    return ran


def connected(stack, vendor: Vendor, egress: dict[str, str]) -> None:
    environment = Environment(stack, "e", application=stack.node.id, worker_nodes=["fra-9"], egress=egress)
    AppService(environment, "web", source=GitHub("acme/shop", branch="main")).connect_to(
        database(stack, example_of(vendor, expires_at="2099-01-01T00:00:00Z"))
    )


@with_terraform
def test_terraform_reads_every_expression_as_it_is_meant(tmp_path, app, synthesize):
    """Terraform cannot fetch the providers, so what they would be given is handed to a resource that needs none."""
    resources: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for number, vendor in enumerate(OFFICIAL):
        stack = DflowStack(app, f"s{number}")
        six = {"six": "2a01:4f8:c0c::/64"} if Family.IPV6 in vendor.families else {}
        connected(stack, vendor, {"range": "18.195.4.16/28", **six})
        text = (
            json.dumps(synthesize(stack)).replace(LEARNT, "18.195.4.7/32").replace("local.orders", f"local.t{number}")
        )
        found = json.loads(text)
        ((name, table),) = found["locals"].items()
        tables[name.replace("orders", f"t{number}")] = table
        (block,) = found["resource"][vendor.official[0].type].values()
        assert len(block["lifecycle"]["precondition"]) >= 1
        resources[f"r{number}"] = as_input(block)
    ran = planned(tmp_path, {"locals": tables, "resource": {"terraform_data": resources}})
    assert ran.returncode == 0, ran.stderr

    values: dict[str, dict[str, Any]] = {}
    for resource in json.loads(ran.stdout)["planned_values"]["root_module"]["resources"]:
        vendor = OFFICIAL[int(resource["name"].removeprefix("r"))]
        values.setdefault(vendor.official[0].type, {})[resource.get("index", "")] = resource["values"]["input"]
    aws = values["aws_vpc_security_group_ingress_rule"]
    assert (aws["six"]["cidr_ipv4"], aws["six"]["cidr_ipv6"]) == (None, "2a01:4f8:c0c::/64")
    assert (aws["range"]["cidr_ipv4"], aws["range"]["cidr_ipv6"]) == ("18.195.4.16/28", None)
    redis = values["azurerm_redis_firewall_rule"]
    assert (redis["range"]["start_ip"], redis["range"]["end_ip"]) == ("18.195.4.16", "18.195.4.31")
    assert (redis["fra-9"]["start_ip"], redis["fra-9"]["end_ip"]) == ("18.195.4.7", "18.195.4.7")
    cockroach = values["cockroach_allow_list"]["range"]
    assert (cockroach["cidr_ip"], cockroach["cidr_mask"]) == ("18.195.4.16", 28)
    vultr = values["vultr_firewall_rule"]["six"]
    assert (vultr["ip_type"], vultr["subnet"], vultr["subnet_size"]) == ("v6", "2a01:4f8:c0c::", 64)
    assert values["ybm_allow_list"][""]["cidr_list"] == ["18.195.4.7/32", "18.195.4.16/28"]
    assert values["alicloud_rds_whitelist_template"][""]["ip_white_list"] == "18.195.4.7/32,18.195.4.16/28"
    assert [rule["source_ips"] for rule in values["hcloud_firewall"][""]["rule"]] == [
        ["18.195.4.7/32"],
        ["18.195.4.16/28"],
        ["2a01:4f8:c0c::/64"],
    ]
    assert values["couchbase-capella_allowlist"]["fra-9"]["expires_at"] == "2099-01-01T00:00:00Z"


@with_terraform
@pytest.mark.parametrize(
    ("learnt", "words"),
    [
        ("18.195.4.16/28", "Two Worker Nodes leave from one address, and AWS security group takes"),
        ("0.0.0.0/0", "lets in a good part of the internet"),
        ("2a01::/12", "lets in a good part of the internet"),
        ("18.195.4.7", "is no CIDR, or lets in a good part"),
        ("999.999.999.999", "is no CIDR, or lets in a good part"),
    ],
)
def test_terraform_refuses_at_plan_what_only_it_can_know(tmp_path, stack, synthesize, learnt, words):
    vendor = next(vendor for vendor in OFFICIAL if vendor.key == "aws_security_group")
    connected(stack, vendor, {"range": "18.195.4.16/28"})

    found = json.loads(json.dumps(synthesize(stack)).replace(LEARNT, learnt))
    (block,) = found["resource"][vendor.official[0].type].values()
    ran = planned(tmp_path, {"locals": found["locals"], "resource": {"terraform_data": {"r": as_input(block)}}})

    assert ran.returncode == 1
    said = " ".join(ran.stderr.replace("│", " ").split())
    assert "Resource precondition failed" in said
    assert words in said


def as_input(block: dict[str, Any]) -> dict[str, Any]:
    """Turn a block into one of `terraform_data`, whose `input` takes any value."""
    kept = {name: block[name] for name in ("for_each", "lifecycle") if name in block}
    kept.get("lifecycle", {}).pop("ignore_changes", None)
    values = {name: value for name, value in block.items() if name not in META}
    for name, (every,) in block.get("dynamic", {}).items():
        each = every["for_each"][2:-1]
        content = json.dumps(every["content"]).replace(f"{name}.value", "each")
        inner = re.sub(r'"\$\{([^}]*)\}"', r"\1", content)
        values[name] = f"${{[for each in values({each}) : {inner}]}}"
    return {**kept, "input": values}
