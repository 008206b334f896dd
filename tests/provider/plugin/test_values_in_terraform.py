"""Values as the real terraform sends them: refined unknowns, big numbers, big texts, dynamic types."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.acceptance

BIG = 6 << 20


def test_unknown_values_with_promises_arrive_and_resolve(workspace):
    """A prefix, a length, a list of unknown length, a map with an unknown value, an unknown in a dynamic value."""
    workspace.write("""
        resource "shelf_object" "source" {
          name = "source"
        }
        resource "shelf_object" "one" {
          name   = "one"
          note   = "pre-${shelf_object.source.id}"
          size   = length(shelf_object.source.id)
          notes  = split("-", "a-${shelf_object.source.id}")
          labels = { id = shelf_object.source.id }
          tags   = [shelf_object.source.id, "fixed"]
          extra  = { id = shelf_object.source.id, n = 1 }
          boards = [{ label = shelf_object.source.id }]
          slots  = { for letter in ["a"] : letter => { cidr = "a", hint = shelf_object.source.id } }
          parts  = [{ kind = shelf_object.source.id }, { kind = "known" }]
          box    = { kind = "wood" }
        }
    """)
    done = workspace.apply()
    assert "Warning" not in done.text

    source, one = workspace.attributes("source")["id"], workspace.attributes("one")
    assert one["note"] == f"pre-{source}"
    assert one["size"] == 32
    assert one["weight"] == 64
    assert one["notes"] == ["a", source]
    assert one["extra"] == {"type": ["object", {"id": "string", "n": "number"}], "value": {"id": source, "n": 1}}
    assert one["boards"] == [{"label": source, "height": 10}]
    assert {part["kind"] for part in one["parts"]} == {source, "known"}
    assert workspace.changes() == {"shelf_object.one": ["no-op"], "shelf_object.source": ["no-op"]}


def test_an_unknown_provider_setting_is_no_error_at_plan(workspace):
    """The directory of the provider is made in the same run."""
    workspace.write("")
    (workspace.folder / "main.tf").write_text(f"""
        terraform {{
          required_providers {{
            shelf = {{ source = "dflow-cdktf/shelf" }}
          }}
        }}
        resource "terraform_data" "folder" {{
          input = "{workspace.objects}"
        }}
        provider "shelf" {{
          directory = terraform_data.folder.output
        }}
        resource "shelf_object" "one" {{
          name = "one"
        }}
    """)
    workspace.apply()

    assert workspace.stored().keys() == {"one"}


def test_numbers_and_texts_of_any_size_survive(workspace):
    """Twenty digits, an exact fraction, and six megabytes."""
    (workspace.folder / "big.txt").write_text("x" * BIG)
    workspace.write("""
        resource "shelf_object" "one" {
          name  = "one"
          size  = 12345678901234567890
          note  = file("${path.module}/big.txt")
          fixed = { a = "\\u00e9 e\\u0301", b = 0.1 }
          extra = [1, "x", true, null, [{ a = 1.25 }]]
        }
    """)
    workspace.apply()

    one = workspace.stored()["one"]
    assert one["size"] == 12345678901234567890
    assert one["weight"] == 24691357802469135780
    assert len(one["note"]) == BIG
    assert one["fixed"]["b"] == "decimal 0.1"
    assert one["extra"] == {"dynamic": [1, "x", True, None, [{"a": "decimal 1.25"}]]}
    assert workspace.changes() == {"shelf_object.one": ["no-op"]}
