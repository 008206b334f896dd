"""Plans as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.reading import read_plans

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dflow_review.plan import Plan

Change = dict[str, Any]


def change(address: str, actions: list[str], before: Any, after: Any, **more: Any) -> Change:
    """Return one entry of `resource_changes`."""
    kind = address.split("[", maxsplit=1)[0].split(".")[-2]
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": "x",
        "provider_name": f"registry.terraform.io/hashicorp/{kind.split('_')[0]}",
        "change": {
            "actions": actions,
            "before": before,
            "after": after,
            "after_unknown": more.pop("unknown", {}),
            "before_sensitive": {},
            "after_sensitive": more.pop("sensitive", {}),
            **({"importing": more.pop("importing")} if "importing" in more else {}),
        },
        **more,
    }


@pytest.fixture(name="change")
def _change() -> Callable[..., Change]:
    return change


@pytest.fixture
def plan_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a plan's JSON."""

    def write(*changes: Change, name: str = "orders.json", **more: Any) -> Path:
        file = tmp_path / name
        content = {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [*changes], **more}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))
        return file

    return write


@pytest.fixture
def plan(plan_file: Callable[..., Path]) -> Callable[..., Plan]:
    """Write a plan's JSON and read it."""

    def read(*changes: Change, **more: Any) -> Plan:
        return read_plans([plan_file(*changes, **more)])[0]

    return read
