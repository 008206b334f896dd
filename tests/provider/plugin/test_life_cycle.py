"""The real terraform creates, changes, replaces, imports and destroys objects of the shelf provider."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.acceptance

FULL = """
    resource "shelf_object" "one" {
      name   = "one"
      note   = "hello"
      size   = 2
      tags   = ["b", "a"]
      labels = { a = "1" }
      notes  = []
      extra  = { deep = [1, "two", true, null] }
      fixed  = { a = "x", b = 1.5 }
      box    = { kind = "wood" }
      boards = [{ label = "l1" }, { label = "l2", height = 7 }]
      slots  = { s = { cidr = "a" } }
      parts  = [{ kind = "screw" }, { kind = "nail", count = 3 }]
    }
"""


def test_an_object_with_every_kind_of_value_survives_its_whole_life(workspace):
    """Create, no-op plan, update in place, replace, destroy."""
    workspace.write(FULL)
    workspace.apply()

    one = workspace.attributes("one")
    assert one["color"] == "blue"
    assert one["weight"] == 4
    assert one["notes"] == []
    assert one["labels"] == {"a": "1"}
    assert one["box"]["depth"] == 3
    assert one["box"]["serial"]
    assert one["boards"] == [{"height": 10, "label": "l1"}, {"height": 7, "label": "l2"}]
    assert {(part["kind"], part["count"]) for part in one["parts"]} == {("screw", 1), ("nail", 3)}
    assert workspace.changes() == {"shelf_object.one": ["no-op"]}

    workspace.write(FULL.replace('"hello"', '"changed"'))
    assert workspace.changes() == {"shelf_object.one": ["update"]}
    workspace.apply()
    changed = workspace.attributes("one")
    assert changed == {**one, "note": "changed"}

    workspace.write(FULL.replace('"one"\n', '"other"\n'))
    assert workspace.changes() == {"shelf_object.one": ["delete", "create"]}
    workspace.apply()
    assert workspace.stored().keys() == {"other"}
    assert workspace.attributes("one")["id"] != one["id"]

    workspace.apply("-destroy")
    assert workspace.stored() == {}
