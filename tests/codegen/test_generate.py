"""From a schema to a package: the golden tree, types, safety, stability, size."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dflow_codegen import CodegenError, generate

EXPECTED = Path(__file__).parent / "rich" / "expected"
ROOT = Path(__file__).parents[2]


def a_document(resources: dict[str, Any], source: str = "registry.terraform.io/acme/shop") -> dict[str, Any]:
    return {
        "format_version": "1.0",
        "provider_schemas": {source: {"provider": {"block": {}}, "resource_schemas": resources}},
    }


def a_resource(*names: str, description: str = "") -> dict[str, Any]:
    attributes = {name: {"type": "string", "optional": True, "description": description} for name in names}
    return {"version": 0, "block": {"attributes": attributes, "description": description}}


def test_the_rich_schema_gives_the_golden_tree(rich_files: dict[str, str]):
    """What is generated from the rich schema is what was looked at; regenerate with rich/regenerate_expected.py."""
    expected = {path.name.removesuffix(".txt"): path.read_text() for path in EXPECTED.glob("*.txt")}

    assert sorted(rich_files) == sorted(expected)
    assert rich_files == expected


def test_the_same_schema_in_another_order_gives_the_same_bytes(
    rich_document: dict[str, Any], rich_files: dict[str, str]
):
    def reverse(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reverse(value[key]) for key in reversed(value)}
        return value

    assert generate(reverse(rich_document), "rich", version="~> 2.0") == rich_files


def test_hash_randomization_does_not_reach_the_output(rich_files: dict[str, str]):
    code = (
        "import json, pathlib, sys; from dflow_codegen import generate;"
        "document = json.loads(pathlib.Path(sys.argv[1]).read_text());"
        "print(json.dumps(generate(document, 'rich', version='~> 2.0')))"
    )
    for seed in ("1", "2"):
        finished = subprocess.run(
            [sys.executable, "-c", code, str(EXPECTED.parent / "schema.json")],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert json.loads(finished.stdout) == rich_files


def test_every_file_says_where_it_comes_from_and_how_to_make_it_again(rich_document: dict[str, Any]):
    files = generate(rich_document, "rich", command="make bindings")

    for path in sorted(set(files) - {"py.typed"}):
        first, second, *_ = files[path].splitlines()
        assert (
            first
            == "# Generated from the schema of the Terraform provider registry.example.com/acme/rich; do not edit."
        )
        assert second == "# Make it again with: make bindings"


def mypy(directory: Path, *arguments: str) -> str:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        str(directory / ".mypy_cache"),
    ]
    finished = subprocess.run(
        [*command, *arguments],
        cwd=directory,
        env=os.environ | {"MYPYPATH": os.pathsep.join([str(directory), str(ROOT / "constructs")])},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.stdout + finished.stderr


def test_the_golden_tree_passes_strict_type_checking(rich_package: Path):
    assert mypy(rich_package, "-p", "rich_bindings").startswith("Success: no issues found")


def test_a_wrong_argument_is_seen_by_the_type_checker(rich_package: Path):
    """The types are there for something: a number for a string, a missing argument, a write-only value read."""
    (rich_package / "stack.py").write_text(
        "import cdktf\n"
        "from rich_bindings import Everything, EverythingOwner, EverythingSettings, Typo\n"
        "def build(stack: cdktf.TerraformStack) -> None:\n"
        "    settings = EverythingSettings(mode='fast')\n"
        "    owner = EverythingOwner(email='a@example.com')\n"
        "    thing = Everything(stack, 'a', name=1, from_='b', settings=settings, owner=owner)\n"
        "    Everything(stack, 'b', name='b', settings=settings, owner=owner)\n"
        "    print(thing.secret_wo)\n"
        "    thing.inputs['name'] = 3\n"
    )

    found = mypy(rich_package, "stack.py")

    assert 'has no attribute "Typo"' in found
    assert 'Argument "name" to "Everything" has incompatible type "int"; expected "str"' in found
    assert 'Missing named argument "from_" for "Everything"' in found
    assert '"Everything" has no attribute "secret_wo"' in found
    assert 'Value of "name" has incompatible type' in found


@pytest.mark.parametrize(
    "text",
    [
        '"""; import os; os.system("false")  # ',
        'ends in a quote"',
        "ends in a backslash\\",
        "\\N{BULLET} \\x00 \\",
        "'''\n\"\"\"\n",
        "tab\t, null \x00, bell \x07, lone \ud800",
        "{braces} %s ${interpolation}",
    ],
)
def test_a_description_stays_a_description(text: str):
    """Whatever a schema says, it ends up in a docstring or a constant, and the modules hold no call it asked for."""
    files = generate(a_document({"shop_thing": a_resource("name", description=text)}), "shop")

    tree = ast.parse(files["thing.py"].encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass"))

    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert calls == {
        "_typing.TypedDict",
        "_typing.cast",
        "self.get_string_attribute",
        "super",
        "super().__init__",
    }
    assert [type(node) for node in tree.body] == [
        ast.ImportFrom,
        *[ast.Import] * 3,
        *[ast.ImportFrom] * 3,
        ast.Assign,
        ast.ClassDef,
    ]


def test_names_of_attributes_stand_in_quotes_only():
    """A name no Terraform provider would have cannot break out either."""
    files = generate(a_document({"shop_thing": a_resource("na'me\"]; print(1)")}), "shop")

    assert ast.parse(files["thing.py"])
    assert "na_me_print_1_: str | None = None" in files["thing.py"]


def test_a_version_is_asked_for_only_if_given(rich_document: dict[str, Any]):
    assert "'providerVersion': '~> 2.0'" in generate(rich_document, "rich", version="~> 2.0")["provider.py"]
    assert "providerVersion" not in generate(rich_document, "rich")["provider.py"]


def test_a_command_of_two_lines_is_refused(rich_document: dict[str, Any]):
    with pytest.raises(ValueError, match="not one line"):
        generate(rich_document, "rich", command="a\nimport os")


def test_nested_classes_of_one_name_are_exported_by_their_modules_alone():
    """`app` with a nested `service_rule` and `app_service` with a nested `rule` would both be `AppServiceRule`."""
    nested = {"nested_type": {"nesting_mode": "single", "attributes": {"a": {"type": "string", "optional": True}}}}
    document = a_document(
        {
            "shop_app": {"block": {"attributes": {"service_rule": nested | {"optional": True}}}},
            "shop_app_service": {"block": {"attributes": {"rule": nested | {"optional": True}}}},
        }
    )

    files = generate(document, "shop")

    assert "class AppServiceRule(" in files["app.py"]
    assert "class AppServiceRule(" in files["app_service.py"]
    assert "'AppServiceRule'" not in files["__init__.py"]
    assert "'AppService'" in files["__init__.py"]


def test_a_provider_with_a_resource_called_provider_is_refused_with_both_names():
    with pytest.raises(CodegenError, match="'provider shop' and 'resource shop_provider' would both be 'provider'"):
        generate(a_document({"shop_provider": a_resource("id")}), "shop")


def test_a_thousand_resources_take_time_in_proportion():
    """Ten times the resources take about ten times the time; a thousand take seconds, not minutes."""
    names = [f"attribute_{number}" for number in range(10)]

    def seconds(count: int) -> float:
        document = a_document({f"shop_thing_{number}": a_resource(*names) for number in range(count)})
        start = time.process_time()
        assert len(generate(document, "shop")) == count + 3
        return time.process_time() - start

    seconds(20)
    some, many = seconds(100), seconds(1000)

    assert many < 10 * some * 2.5
    assert many < 30
