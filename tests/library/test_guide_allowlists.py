"""The programs in the guide to allowlists run, and the documentation says of the defaults what holds."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import dflow_constructs
from dflow_cdk import cdk
from dflow_constructs import DflowStack
from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "allowlists.md").read_text(encoding="utf-8")


def programs() -> list[str]:
    return re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_every_program_in_the_guide_runs_after_those_before_it(stack: DflowStack, web, synthesize):
    names = {name: getattr(dflow_constructs, name) for name in dflow_constructs.__all__}
    known = {**names, "cdk": cdk, "stack": stack, "web": web}
    for program in programs():
        exec(program, known)  # noqa: S102 (the guide is ours)

    found = synthesize(stack)
    assert len(programs()) >= 6
    assert found["resource"]["dflow_neon_allowlist"]["orders_Allowlist_4E4CF0B7"]["entries"] == {
        "fra-1": {"cidr": "${data.dflow_worker_node.worker-node-fra-1.outbound_cidr}"}
    }
    networks = found["resource"]["google_sql_database_instance"]["instance"]["settings"]["ip_configuration"]["dynamic"]
    assert networks["authorized_networks"]["for_each"].startswith("${local.ledger_Allowlist_")


def test_the_guide_names_every_option():
    options = re.findall(r"^\| `(\w+)=", GUIDE, re.MULTILINE)

    assert {*options, "provider"} == {each.name for each in dataclasses.fields(VendorAllowlist)}
