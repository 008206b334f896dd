"""The shape of the repository: who imports whom, what starts without what, the names and lengths of files."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = {
    "dflow_constructs": {"dflow_bindings", "dflow_cdk", "dflow_vendors"},
    "dflow_bindings": {"dflow_cdk"},
    "dflow_cdk": set(),
    "dflow_provider": {"dflow_vendors"},
    "dflow_review": {"dflow_vendors"},
    "dflow_codegen": set(),
    "dflow_vendors": set(),
    "dflow_sandbox": set(),
    "stacks": {"dflow_constructs"},
}
"""Package → the packages of ours it may import. `dflow_cli` may import any, so its own rule is below."""

OURS = set(ALLOWED) | {"dflow_cli"}

HOMES = {
    "dflow_constructs": "constructs/dflow_constructs",
    "dflow_bindings": "constructs/dflow_bindings",
    "dflow_cdk": "constructs/dflow_cdk",
    "dflow_provider": "provider/dflow_provider",
    "dflow_review": "review/dflow_review",
    "dflow_codegen": "codegen/dflow_codegen",
    "dflow_vendors": "vendors/dflow_vendors",
    "dflow_sandbox": "sandbox/dflow_sandbox",
    "dflow_cli": "cli/dflow_cli",
    "stacks": "stacks",
}

GENERATED = ("constructs/dflow_bindings/", "provider/dflow_provider/plugin/_pb/")

LINES_AT_MOST = 600

LONGER_FOR_A_REASON: dict[str, str] = {}
"""Path from the root → why the file may be longer than the others."""


def written_by_hand(*suffixes: str) -> Iterator[tuple[str, Path]]:
    """Every source file of the repository, as its path from the root and its place."""
    rooms = [*sorted({home.split("/", 1)[0] for home in HOMES.values()}), "tests"]
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in suffixes and "node_modules/" not in name and not name.startswith(GENERATED):
                yield name, path


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module a file imports, wherever in the file that stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def loaded_by(statement: str) -> set[str]:
    """Names of the top-level modules that a fresh interpreter has loaded after a statement."""
    program = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return {name.partition(".")[0] for name in json.loads(ran.stdout.splitlines()[-1])}


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_room_imports_only_the_rooms_it_may(package: str):
    """Arrows between rooms point one way; an import in a function or under TYPE_CHECKING is an arrow too."""
    refused = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / HOMES[package]).rglob("*.py"))
        for line, name in imports_of(path)
        if name.partition(".")[0] in OURS - ALLOWED[package] - {package}
    ]

    assert refused == [], f"{package} may import {sorted(ALLOWED[package]) or 'nothing of ours'}"


def test_every_package_of_ours_has_a_rule():
    """A new room is entered here before it is built on."""
    found = {path.parent.name for room in ROOT.iterdir() for path in room.glob("dflow_*/__init__.py")}

    assert found <= OURS


def test_only_one_module_names_the_cdk():
    """`dflow_cdk` decides between cdktf and cdktn; a second place that names one would mix the two.

    A stack may name its own: `dflow_cdk` then follows.
    """
    refused = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for package, home in HOMES.items()
        if package not in {"dflow_cdk", "stacks"}
        for path in sorted((ROOT / home).rglob("*.py"))
        for line, name in imports_of(path)
        if name.partition(".")[0] in {"cdktf", "cdktn"}
    ]

    assert refused == []


def test_the_room_named_constructs_never_shadows_the_library():
    """`import constructs` from the repository root finds the installed library."""
    found = subprocess.run(
        [sys.executable, "-c", "import constructs; print(constructs.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "site-packages" in found.stdout
    assert not (ROOT / "constructs" / "__init__.py").exists()


def test_no_folder_of_tests_is_a_package():
    """A package below tests/ could shadow what it tests, in every import mode of pytest."""
    tests = ROOT / "tests"

    assert [str(path.relative_to(ROOT)) for path in tests.rglob("__init__.py")] == []
    assert [str(path.relative_to(ROOT)) for path in tests.rglob("constructs") if path.is_dir()] == []


@pytest.mark.parametrize(
    "statement",
    [
        "import dflow_provider.schema",
        "from dflow_provider.provider import DflowProvider; DflowProvider()",
        "import dflow_codegen",
        "import dflow_vendors",
        "import dflow_cli.main",
        "import dflow_cli.review; from dflow_review.review_of import review_of",
    ],
)
def test_what_terraform_starts_often_starts_without_node_and_http(statement: str):
    """Schema and validation need no HTTP client, no cloud library and no jsii, and do not wait for one to load."""
    heavy = {
        "jsii",
        "cdktf",
        "cdktn",
        "constructs",
        "boto3",
        "botocore",
        "urllib3",
        "requests",
        "networkx",
        "numpy",
        "resvg_py",
    }

    assert loaded_by(statement) & heavy == set()


def test_what_the_provider_imports_after_its_start_is_imported_one_at_a_time():
    """Terraform calls it from many sides at once; `dflow_provider/importing.py` says what that would do."""
    at_start = {"main", "handshake", "kept_answers", "transport", "reattach", "compile_protocol"}
    refused = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / HOMES["dflow_provider"]).rglob("*.py"))
        if path.stem not in {*at_start, "importing"}
        for line in unguarded_imports(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert refused == [], "put it under `with IMPORTING:`, or call imported(…)"


def unguarded_imports(tree: ast.Module) -> Iterator[int]:
    """Lines of functions that import something besides Python's own modules, outside of `with IMPORTING`."""
    guarded = {
        id(inside)
        for node in ast.walk(tree)
        if isinstance(node, ast.With) and [ast.unparse(each) for each in node.items] == ["IMPORTING"]
        for inside in ast.walk(node)
    }
    for function in ast.walk(tree):
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
                names = ["anything"]
            else:
                continue
            if id(node) not in guarded and {name.partition(".")[0] for name in names} - sys.stdlib_module_names:
                yield node.lineno


def test_the_command_line_loads_a_room_only_for_the_subcommand_that_needs_it():
    """`dflow-cdktf --version` works, and fast, where half of the extras are not installed."""
    loaded = loaded_by("from dflow_cli.main import main\ntry:\n    main(['--version'])\nexcept SystemExit:\n    pass")

    assert loaded & OURS == {"dflow_cli"}


def test_no_file_is_long():
    """A file that outgrows its one thing is split; one that may be long says why in this test."""
    long = {
        name: lines
        for name, path in written_by_hand(".py", ".js", ".mjs", ".ts")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_AT_MOST
    }

    assert sorted(long.items()) == [(name, long.get(name)) for name in sorted(LONGER_FOR_A_REASON)]


def test_no_file_is_named_after_nothing():
    """A file is named after the one thing in it, so that a stranger finds it by the noun."""
    banned = {"utils", "util", "common", "helpers", "helper", "misc", "base"}
    refused = [
        name
        for name, _ in written_by_hand(".py", ".js", ".mjs", ".ts")
        if banned & {part.partition(".")[0] for part in name.split("/")}
    ]

    assert refused == []
