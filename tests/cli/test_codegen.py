"""`dflow-cdktf codegen`: any provider's schema from a file, and our own without arguments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = {
    "format_version": "1.0",
    "provider_schemas": {
        "registry.terraform.io/hashicorp/random": {
            "provider": {"version": 0, "block": {}},
            "resource_schemas": {
                "random_pet": {
                    "version": 0,
                    "block": {
                        "attributes": {
                            "id": {"type": "string", "computed": True},
                            "length": {"type": "number", "optional": True},
                        }
                    },
                }
            },
        }
    },
}


@pytest.fixture
def words(tmp_path: Path) -> tuple[str, ...]:
    """What makes bindings of another provider."""
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    return (
        "codegen",
        "--schema",
        str(tmp_path / "schema.json"),
        "--provider",
        "hashicorp/random",
        "--output",
        str(tmp_path / "random_bindings"),
    )


def test_bindings_of_another_provider_are_written(dflow_cdktf, words, tmp_path: Path):
    """And every file says how to make it again."""
    ran = dflow_cdktf(*words)

    assert ran.code == 0, ran.err
    assert "pet.py: added" in ran.out
    assert (
        f"# Make it again with: dflow-cdktf {' '.join(words)}" in (tmp_path / "random_bindings" / "pet.py").read_text()
    )


def test_a_second_run_changes_nothing(dflow_cdktf, words):
    """The same schema gives the same bytes."""
    dflow_cdktf(*words)

    assert dflow_cdktf(*words).out.endswith("nothing to change\n")
    assert dflow_cdktf(*words, "--check").code == 0


def test_check_fails_on_a_difference_and_writes_nothing(dflow_cdktf, words, tmp_path: Path):
    """With the file, and the command that mends it."""
    dflow_cdktf(*words)
    pet = tmp_path / "random_bindings" / "pet.py"
    edited = pet.read_text() + "edited = True\n"
    pet.write_text(edited)

    ran = dflow_cdktf(*words, "--check")

    assert ran.code == 1
    assert ran.out == "pet.py: different\n"
    assert f"is not what the schema gives; run: dflow-cdktf {' '.join(words)}" in ran.err
    assert pet.read_text() == edited


def test_the_bindings_of_our_own_provider_are_up_to_date(dflow_cdktf):
    """Whoever changed a schema ran `make codegen`."""
    ran = dflow_cdktf("codegen", "--check")

    assert ran.code == 0, ran.out + ran.err


def test_the_reference_of_our_own_provider_is_up_to_date(dflow_cdktf):
    """Whoever changed a schema or an example ran `make codegen`."""
    ran = dflow_cdktf("codegen", "--docs", "--check")

    assert ran.code == 0, ran.out + ran.err
    assert ran.out.endswith("nothing to change\n")


def test_the_reference_is_of_our_own_provider_alone(dflow_cdktf, words):
    """Another provider's examples are not here."""
    ran = dflow_cdktf(*words, "--docs")

    assert ran.code == 2
    assert "--docs is for the dflow provider alone; leave out --schema, --provider, --output" in ran.err


def test_the_three_arguments_go_together(dflow_cdktf):
    """One of them alone would silently mean our own provider."""
    ran = dflow_cdktf("codegen", "--schema", "schema.json")

    assert ran.code == 2
    assert "--schema without --provider and --output; the three go together" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot read {file}: No such file or directory"),
        ("│ Error: no configuration", "{file} is not JSON"),
        ("[]", "{file} holds no JSON object"),
        ("{}", ""),
    ],
)
def test_a_file_that_is_no_schema_is_named(dflow_cdktf, words, tmp_path: Path, text: str | None, said: str):
    """Nothing is written."""
    file = tmp_path / "schema.json"
    file.unlink()
    if text is not None:
        file.write_text(text)

    ran = dflow_cdktf(*words)

    assert ran.code == 1
    assert ran.err.startswith(f"error: {said.format(file=file)}")
    assert not (tmp_path / "random_bindings").exists()


def test_a_provider_that_the_schema_has_not_is_refused(dflow_cdktf, words):
    """With the generator's own words."""
    ran = dflow_cdktf(*[word.replace("hashicorp/random", "hashicorp/rendom") for word in words])

    assert ran.code == 1
    assert "hashicorp/rendom" in ran.err
    assert "Traceback" not in ran.err
