"""Schemas of a Terraform provider's resource types, from the Python package that Pulumi generated from it.

Pulumi renames what is a list (`allow_list` becomes `allow_lists`), writes a list that holds one element at most as that
element, and knows no sets: the names and shapes are Pulumi's, and who holds anything against them must know that. A
class `_…State` has every attribute of a resource, `…Args` those that people write.
"""

from __future__ import annotations

import ast
import tarfile
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from schemareading.attribute import nested, plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KINDS = {"str": "string", "int": "number", "float": "number", "bool": "bool", "Any": "any"}
_WRAPPERS = frozenset({"Input", "Optional", "InputType", "Union"})
_LISTS = frozenset({"Sequence", "List"})
_MAPS = frozenset({"Mapping", "Dict"})


def schemas_in(package: Path, modules: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the attributes of some resource types.

    Args:
        package: a wheel or a source archive.
        modules: Terraform's names of the types → the module of each, below the package: `rds/instance`.

    Raises:
        KeyError: the package has no such module.
        ValueError: the module does not have one resource.
    """
    files = _files(package, modules)
    return {kind: _resource(files, module) for kind, module in modules.items()}


def _files(package: Path, modules: Mapping[str, str]) -> dict[str, str]:
    wanted = {name for module in modules.values() for name in (module, _inputs(module))}
    found: dict[str, str] = {}

    def keep(path: str, text: bytes) -> None:
        found[path] = text.decode("utf-8")

    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            for name in archive.namelist():
                path = _below(name, 1)
                if path in wanted:
                    keep(path, archive.read(name))
    else:
        with tarfile.open(package) as tar:
            for member in tar:
                path = _below(member.name, 2)
                file = tar.extractfile(member) if path in wanted else None
                if file is not None:
                    keep(path, file.read())
    return found


def _below(name: str, folders: int) -> str:
    path = PurePosixPath(name)
    return "/".join(path.parts[folders:]).removesuffix(".py") if path.suffix == ".py" else ""


def _inputs(module: str) -> str:
    return str(PurePosixPath(module).parent / "_inputs")


def _resource(files: Mapping[str, str], module: str) -> dict[str, Any]:
    tree = ast.parse(files[module])
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    inner: dict[str, ast.ClassDef] = {}
    if _inputs(module) in files:
        body = ast.parse(files[_inputs(module)]).body
        inner = {each.name: each for each in body if isinstance(each, ast.ClassDef)}
    (state,) = [name for name in classes if name.startswith("_") and name.endswith("State")]
    name = state.removeprefix("_").removesuffix("State")
    written = _arguments(classes[f"{name}Args"])
    found = {}
    for attribute, (annotation, _) in _arguments(classes[state]).items():
        _, is_required = written.get(attribute, (None, False))
        presence = "required" if is_required else "optional" if attribute in written else "computed"
        found[attribute] = _attribute(presence, annotation, inner)
    return found


def _arguments(of: ast.ClassDef) -> dict[str, tuple[ast.expr, bool]]:
    """Return what a class is made with: the type of each, and whether it has to be there."""
    (init,) = [each for each in of.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
    found = {}
    for argument, default in zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True):
        assert argument.annotation is not None, f"{of.name}.{argument.arg} has no type"
        found[argument.arg] = (argument.annotation, default is None)
    return found


def _attribute(presence: str, annotation: ast.expr, inner: Mapping[str, ast.ClassDef]) -> Any:
    nesting, element = _unwrapped(annotation)
    if isinstance(element, ast.Constant) and isinstance(element.value, str):
        name = element.value.rpartition(".")[2]
        holds = {
            attribute: _attribute("required" if is_required else "optional", each, inner)
            for attribute, (each, is_required) in _arguments(inner[name]).items()
        }
        return nested(presence, nesting or "struct", holds, is_block=False, is_one=False)
    kind = _KINDS.get(_name(element), "any")
    return plain(presence, f"{nesting} of {kind}" if nesting else kind)


def _unwrapped(annotation: ast.expr) -> tuple[str, ast.expr]:
    """Return `list`, `map` or nothing, and what is in it."""
    nesting = ""
    while isinstance(annotation, ast.Subscript):
        name = _name(annotation.value)
        inside = annotation.slice
        several = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        if name in _LISTS:
            nesting = nesting or "list"
        elif name in _MAPS:
            nesting = nesting or "map"
        elif name not in _WRAPPERS:
            break
        annotation = several[-1] if name in _MAPS else several[0]
    return nesting, annotation


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
