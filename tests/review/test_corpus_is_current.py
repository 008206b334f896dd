"""The plans of tests/plans are what their script would make today, as far as that can be told without Terraform."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from dflow_provider.catalogue import OWNED_ALLOWLISTS
from dflow_provider.provider import DflowProvider

PLANS = Path(__file__).resolve().parents[1] / "plans"
REMEDY = "run tests/plans/make.py, and look at what changed"


def test_plans_that_no_provider_made_are_what_the_vendors_rows_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [str(PLANS), str(PLANS.parent / "acceptance"), *sys.path])
    from planmaking.guarded import guarded_cases  # noqa: PLC0415  # found by the line above
    from planmaking.official import official_cases  # noqa: PLC0415

    made = set()
    for name, write in (*official_cases(None), *guarded_cases(None)):
        directory = tmp_path / name
        directory.mkdir(parents=True)
        write(directory)
        for file in directory.iterdir():
            assert file.read_bytes() == (PLANS / name / file.name).read_bytes(), f"{name}: {REMEDY}"
        made.add(name)

    kept = {path.parent.relative_to(PLANS).as_posix() for path in PLANS.glob("*/*/create.json")}
    assert made == {name for name in kept if name.startswith(("official/", "inline/", "aws/"))}, REMEDY


@pytest.mark.parametrize("key", [*OWNED_ALLOWLISTS, "aws_security_group"])
def test_plans_of_our_allowlists_have_the_attributes_of_today(key: str):
    content = json.loads((PLANS / "owned" / key / "change.json").read_text(encoding="utf-8"))
    (planned,) = [each for each in content["resource_changes"] if each["type"].startswith("dflow_")]

    attributes = {attribute.name for attribute in DflowProvider.resources[planned["type"]].schema.attributes}

    assert set(planned["change"]["before"]) == attributes, REMEDY


@pytest.mark.parametrize("case", ["lists", "services", "vendors"])
def test_plans_of_rules_are_of_the_programs_and_the_attributes_of_today(case: str):
    files = [PLANS / "planmaking" / "programs" / case / name for name in ("kept.tf", "after.tf")]
    program = "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())
    content = json.loads((PLANS / "rules" / case / "plan.json").read_text(encoding="utf-8"))
    planned = [each for each in content["resource_changes"] if each["mode"] == "managed"]

    written = {f"{kind}.{name}" for kind, name in re.findall(r'^resource "(\w+)" "(\w+)"', program, re.MULTILINE)}
    assert {each["address"] for each in planned} == written, REMEDY
    for each in planned:
        if each["type"].startswith("dflow_"):
            attributes = {attribute.name for attribute in DflowProvider.resources[each["type"]].schema.attributes}
            held = {*each["change"]["after"], *each["change"]["after_unknown"]}
            assert held == attributes, f"{each['address']}: {REMEDY}"
