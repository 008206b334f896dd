"""A whole package: a module for each element and an `__init__` that loads them when they are asked for."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.emit import syntax
from dflow_codegen.emit.element_class import Generator, element_class, inputs_class
from dflow_codegen.emit.nested import inputs_name, nested_classes
from dflow_codegen.emit.nested_class import class_to_give, class_to_refer
from dflow_codegen.emit.source import module_source, statements_source
from dflow_codegen.model import Element, ElementKind, Provider
from dflow_codegen.naming import Identifier, element_class_name, module_name, unique

if TYPE_CHECKING:
    from collections.abc import Sequence

_FUTURE = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
_IMPORTS = """
import collections.abc as _abc
import dataclasses as _dataclasses
import typing as _typing

import constructs as _constructs

from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import ephemeral as _ephemeral
from dflow_cdk import inputs as _inputs
from dflow_cdk import reference as _reference
"""

_LOADER = """
if not _typing.TYPE_CHECKING:
    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(_importlib.import_module("." + _MODULES[name], __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *_MODULES})
"""


@dataclass(frozen=True)
class _Module:
    name: str
    element: str
    nested: tuple[str, ...]
    source: str


def package_files(provider: Provider, header: Sequence[str], version: str | None) -> dict[str, str]:
    """Return the package's files by path.

    Raises:
        CodegenError: two elements or two of their parts would have one name in Python.
    """
    unique(_class_names(provider), provider.source)
    unique(_module_names(provider), provider.source)
    generator = Generator(provider.name, provider.source, version)
    modules = [_module(element, provider, header, generator) for element in provider.elements]
    files = {f"{module.name}.py": module.source for module in modules}
    files["__init__.py"] = _init(provider, header, modules)
    files["py.typed"] = ""
    return dict(sorted(files.items()))


def _class_names(provider: Provider) -> dict[str, Identifier]:
    return {_label(e): element_class_name(e.kind, e.terraform_type, provider.name) for e in provider.elements}


def _module_names(provider: Provider) -> dict[str, Identifier]:
    return {_label(e): module_name(e.kind, e.terraform_type, provider.name) for e in provider.elements}


def _label(element: Element) -> str:
    return f"{element.kind.value} {element.terraform_type}"


def _module(element: Element, provider: Provider, header: Sequence[str], generator: Generator) -> _Module:
    name = element_class_name(element.kind, element.terraform_type, provider.name)
    classes = nested_classes(name, element.terraform_type, element.block.fields)
    nested: list[ast.ClassDef] = [
        class_to_give(nested, nested.given, classes) for nested in classes.values() if nested.given
    ]
    if element.kind is not ElementKind.PROVIDER:
        nested += [class_to_refer(nested, classes) for nested in classes.values()]
    element_itself = element_class(element, name, classes, generator)
    body = statements_source([*nested, inputs_class(element, name, classes), element_itself])
    imports = [node for node in ast.parse(_IMPORTS).body if _import_name(node) in body]
    return _Module(
        name=module_name(element.kind, element.terraform_type, provider.name),
        element=name,
        nested=tuple(sorted([inputs_name(name), *(node.name for node in nested)])),
        source=module_source(header, [_FUTURE, *imports], body),
    )


def _import_name(node: ast.stmt) -> str:
    if not isinstance(node, ast.Import | ast.ImportFrom) or node.names[0].asname is None:
        raise TypeError(f"{ast.dump(node)} is no import under a name of ours")
    return node.names[0].asname


def _exports(modules: Sequence[_Module]) -> dict[str, str]:
    """Map names to modules: all elements, and the nested classes whose names are nobody else's."""
    exports: dict[str, str] = {module.element: module.name for module in modules}
    count = Counter(name for module in modules for name in module.nested)
    for module in modules:
        exports |= {name: module.name for name in module.nested if count[name] == 1 and name not in exports}
    return dict(sorted(exports.items()))


def _init(provider: Provider, header: Sequence[str], modules: Sequence[_Module]) -> str:
    exports = _exports(modules)
    by_module: dict[str, list[ast.alias]] = {}
    for export, module in exports.items():
        by_module.setdefault(module, []).append(ast.alias(export, export))
    typed: list[ast.stmt] = [ast.ImportFrom(module, aliases, 1) for module, aliases in sorted(by_module.items())]
    statements: list[ast.stmt] = [
        syntax.docstring(f"The resources, data sources and ephemeral resources of the provider {provider.source}."),
        _FUTURE,
        ast.Import([ast.alias("importlib", "_importlib")]),
        ast.Import([ast.alias("typing", "_typing")]),
        ast.If(syntax.name("_typing", "TYPE_CHECKING"), typed, []),
        ast.Assign(
            [ast.Name("__all__", ast.Store())], ast.List([ast.Constant(e) for e in exports], ast.Load()), lineno=0
        ),
        ast.Assign(
            [ast.Name("_MODULES", ast.Store())],
            syntax.mapping({export: ast.Constant(module) for export, module in exports.items()}),
            lineno=0,
        ),
        *ast.parse(_LOADER).body,
    ]
    return module_source(header, statements[:4], statements_source(statements[4:]))
