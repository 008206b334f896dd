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


@pytest.mark.parametrize("transport", ["http2", "grpcio"], indirect=True)
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


def test_a_tainting_failure_is_repaired_by_the_next_apply(workspace):
    """A create that fails late is in the state, tainted, and replaced next time; nothing is left over."""
    workspace.write('resource "shelf_object" "one" {\n  name = "one"\n  behavior = "keep_then_crash"\n}')
    failed = workspace.run("apply", "-auto-approve")
    assert failed.code == 1
    assert "Bug in the dflow provider" in failed.text
    assert "the wire broke" in failed.text
    (first,) = workspace.stored().values()
    assert workspace.state()["one"]["status"] == "tainted"
    assert workspace.attributes("one")["id"] == first["id"]

    workspace.write('resource "shelf_object" "one" {\n  name = "one"\n}')
    workspace.apply()
    (second,) = workspace.stored().values()
    assert second["id"] != first["id"]


@pytest.mark.parametrize("behavior", ["leave_unknown", "extra_key", "wrong_type", "garbage"])
def test_a_hook_that_returns_nonsense_loses_no_object(workspace, behavior):
    """Terraform takes what the layer made of it."""
    workspace.write(f'resource "shelf_object" "one" {{\n  name = "one"\n  behavior = "{behavior}"\n}}')
    failed = workspace.run("apply", "-auto-approve")

    assert failed.code == 1
    assert "Bug in the dflow provider" in failed.text
    assert "inconsistent result" not in failed.text
    assert "invalid result object" not in failed.text
    assert workspace.attributes("one")["name"] == "one"


def test_another_value_than_planned_does_not_taint(workspace):
    """The object stays, and the next plan shows the difference."""
    workspace.write('resource "shelf_object" "one" {\n  name = "one"\n  note = "n"\n  behavior = "other_value"\n}')
    done = workspace.apply()
    (file,) = workspace.objects.glob("*.json")
    file.write_text(file.read_text().replace('"note": "n"', '"note": "something else"'))

    assert "Warning: Result differs from the plan" in done.text
    assert "status" not in workspace.state()["one"]
    assert workspace.changes() == {"shelf_object.one": ["update"]}


def test_an_object_is_imported_and_one_removed_by_hand_is_made_again(workspace):
    """Import by id leaves nothing to change; a missing object is planned again."""
    workspace.write('resource "shelf_object" "one" {\n  name = "one"\n  size = 2\n}')
    workspace.apply()
    object_id = workspace.attributes("one")["id"]
    (workspace.folder / "terraform.tfstate").unlink()

    imported = workspace.run("import", "shelf_object.one", object_id)
    assert imported.code == 0, imported.text
    assert workspace.changes() == {"shelf_object.one": ["no-op"]}

    refused = workspace.run("import", "shelf_object.two", "nothing")
    assert 'resource address "shelf_object.two" does not exist' in refused.text
    (workspace.objects / f"{object_id}.json").unlink()
    assert workspace.changes() == {"shelf_object.one": ["create"]}


def test_a_refusal_shows_the_line_of_the_configuration(workspace):
    """Validation of a nested value, with its address, before anything is asked of anyone."""
    workspace.write("""
        resource "shelf_object" "one" {
          name  = "one"
          slots = { "x y" = { cidr = "a" }, z = { cidr = "wrong" } }
        }
    """)
    refused = workspace.run("validate")

    assert refused.code == 1
    assert "slots.z.cidr: 'wrong' is not one of a, b, c." in refused.text
    assert "on main.tf line" in refused.text


def test_data_and_ephemeral_values_reach_a_write_only_argument(workspace):
    """The secret arrives at the hook, and nowhere else."""
    workspace.write(
        """
        ephemeral "shelf_secret" "s" {
          name = "s"
        }
        resource "shelf_object" "one" {
          name              = "one"
          secret_wo         = ephemeral.shelf_secret.s.value
          secret_wo_version = "1"
        }
        data "shelf_lookup" "found" {
          name       = shelf_object.one.name
          depends_on = [shelf_object.one]
        }
        output "ids" {
          value = data.shelf_lookup.found.ids
        }
        """,
        provider='token = "canary"',
    )
    workspace.apply()

    one = workspace.attributes("one")
    assert workspace.stored()["one"]["seen_secret"] == "canary-s"
    assert one["secret_wo"] is None
    assert one["secret_length"] == 8
    assert workspace.run("output", "-json", "ids").out.strip() == f'["{one["id"]}"]'
    assert "canary-s" not in (workspace.folder / "terraform.tfstate").read_text()


@pytest.mark.parametrize("transport", ["http2", "grpcio"], indirect=True)
def test_a_hundred_objects_are_made_at_once(workspace):
    """At fifty in parallel, each with its own state."""
    workspace.write(
        'resource "shelf_object" "one" {\n  count = 100\n  name  = "n${count.index}"\n  size = count.index\n}'
    )
    workspace.apply("-parallelism=50")

    assert len(workspace.stored()) == 100
    weights = {name: one["weight"] for name, one in workspace.stored().items()}
    assert weights == {f"n{index}": index * 2 for index in range(100)}
