"""What plans do to who reaches what, from the JSON of a plan to the answer."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.reach import Movement
from dflow_review.reaching import reach_of
from dflow_review.reading import read_plans
from dflow_review.review_of import review_of

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_review.reach import DatabaseChange, Opening, Reach
    from dflow_review.review import Review

Side = dict[str, Any] | None


class Scene:
    """Plans as files, and what they do.

    Args:
        directory: for the files.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def resource(
        self,
        address: str,
        before: Side,
        after: Side,
        *,
        unknown: Any = None,
        sensitive: Any = None,
        refers: dict[str, str | tuple[str, ...]] | None = None,
        mode: str = "managed",
        actions: list[str] | None = None,
    ) -> dict[str, Any]:
        """One resource; what its attributes refer to is said by `refers`."""
        planned = ["create"] if before is None else ["delete"] if after is None else ["update"]
        if before == after:
            planned = ["no-op"]
        parts = address.split("[", maxsplit=1)[0].split(".")
        return {
            "address": address,
            "mode": mode,
            "type": parts[-2],
            "name": parts[-1],
            "provider_name": "registry.terraform.io/x/y",
            "change": {
                "actions": actions or planned,
                "before": before,
                "after": after,
                "after_unknown": unknown or {},
                "before_sensitive": sensitive or {},
                "after_sensitive": sensitive or {},
            },
            "_refers": refers or {},
        }

    def node(self, name: str, address: str | None, **more: Any) -> dict[str, Any]:
        """A Worker Node that is looked up: with the id `id-fra-1`, if it is called `fra-1`."""
        values = {"id": f"id-{name}", "name": name, "outbound_ip": address, **more}
        return self.resource(f"data.dflow_worker_node.{name}", values, values, mode="data")

    def reach(self, *resources: dict[str, Any], plan: str = "plan") -> Reach:
        """Read one plan."""
        return reach_of(read_plans([self.file(*resources, plan=plan)]))

    def review(self, *resources: dict[str, Any]) -> Review:
        """Read one plan, and ask the rules as well."""
        return review_of(read_plans([self.file(*resources)]), acknowledgements=None, today=dt.date(2026, 11, 22))

    def file(self, *resources: dict[str, Any], plan: str = "plan") -> Path:
        """Write one plan."""
        blocks = {}
        for each in resources:
            address = each["address"].split("[")[0]
            refers = {name: [to] if isinstance(to, str) else [*to] for name, to in each.pop("_refers").items()}
            named = {name: {"references": to} for name, to in refers.items()}
            blocks[address] = {"address": address, "expressions": named}
        content = {
            "format_version": "1.2",
            "resource_changes": [*resources],
            "configuration": {"root_module": {"resources": [*blocks.values()]}},
        }
        file = self._directory / f"{plan}.json"
        file.write_text(json.dumps(content))
        return file

    def only(self, *resources: dict[str, Any]) -> DatabaseChange:
        """Read one plan that is about one database on one port."""
        reach = self.reach(*resources)
        assert reach.unread == ()
        (change,) = reach.changes
        return change


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def spelled(openings: tuple[Opening, ...]) -> list[str]:
    """Who is let in, as the plan writes it."""
    return sorted(each.source.spelling for each in openings)


@pytest.fixture(name="spelled")
def _spelled() -> Any:
    return spelled


@pytest.fixture(name="moves")
def _moves() -> type[Movement]:
    return Movement
