"""How a value is referred to: the annotation and the expression behind a property."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.emit import docstring, syntax
from dflow_codegen.model import BOOL, NUMBER, STRING, Collection, CollectionKind, Field, Object, Primitive, Type

if TYPE_CHECKING:
    from dflow_codegen.naming import Identifier

_SELF = syntax.name("self")
_TOKEN = syntax.name("_cdk", "IResolvable")
_LIST_OF_STRINGS = syntax.code("list[str]")
_LIST_OF_NUMBERS = syntax.code("list[float]")
_GETTERS = {
    STRING: ("string", syntax.name("str")),
    NUMBER: ("number", syntax.name("float")),
    BOOL: ("boolean", _TOKEN),
}
_MAPS: dict[Type, str] = {STRING: "StringMap", NUMBER: "NumberMap", BOOL: "BooleanMap"}
_COLLECTIONS = {
    CollectionKind.LIST: "ListReference",
    CollectionKind.SET: "SetReference",
    CollectionKind.MAP: "MapReference",
}


@dataclass(frozen=True)
class _Reference:
    annotation: ast.expr
    value: ast.expr


def reference_property(identifier: Identifier, field: Field, nested: Identifier | None) -> ast.stmt:
    """Return the property that refers to a field; `nested` is the class of the object within its type."""
    reference = _reference(field.type, field.name, nested)
    return syntax.function(
        identifier,
        syntax.arguments({"self": None}),
        [docstring.of_field(field), ast.Return(reference.value)],
        returns=reference.annotation,
        decorators=[syntax.name("property")],
    )


def _reference(type_: Type, name: str, nested: Identifier | None) -> _Reference:
    match type_:
        case Primitive():
            return _primitive(type_, name)
        case Object() if nested:
            return _Reference(syntax.name(nested), syntax.call(syntax.name(nested), _SELF, ast.Constant(name)))
        case Collection(element=Object()) if nested:
            return _only_one(type_, name, nested) if type_.at_most_one else _objects(type_, name, nested)
        case Collection(CollectionKind.MAP):
            return _map(type_, name)
        case Collection(element=Primitive()):
            return _list(type_, name)
        case _:
            return _Reference(_TOKEN, _interpolation(name))


def _primitive(type_: Primitive, name: str) -> _Reference:
    if type_ not in _GETTERS:
        return _Reference(_TOKEN, _interpolation(name))
    getter, annotation = _GETTERS[type_]
    return _Reference(annotation, _getter(getter, name))


def _objects(type_: Collection, name: str, nested: Identifier) -> _Reference:
    class_, item = syntax.name("_reference", _COLLECTIONS[type_.kind]), syntax.name(nested)
    return _Reference(syntax.index(class_, item), syntax.call(class_, _SELF, ast.Constant(name), item))


def _map(type_: Collection, name: str) -> _Reference:
    class_ = syntax.name("_cdk", _MAPS.get(type_.element, "AnyMap"))
    return _Reference(class_, syntax.call(class_, _SELF, ast.Constant(name)))


def _list(type_: Collection, name: str) -> _Reference:
    match type_:
        case Collection(CollectionKind.LIST, element) if element == STRING:
            return _Reference(_LIST_OF_STRINGS, _getter("list", name))
        case Collection(CollectionKind.LIST, element) if element == NUMBER:
            return _Reference(_LIST_OF_NUMBERS, _getter("number_list", name))
        case Collection(CollectionKind.SET, element) if element == STRING:
            # Terraform has no index into a set.
            tolist = syntax.call(syntax.name("_cdk", "Fn", "tolist"), _interpolation(name))
            return _Reference(_LIST_OF_STRINGS, tolist)
        case _:
            return _Reference(_TOKEN, _interpolation(name))


def _only_one(type_: Collection, name: str, nested: Identifier) -> _Reference:
    class_ = syntax.name(nested)
    if type_.kind is CollectionKind.SET:
        arguments = [_SELF, ast.Constant(name), ast.Constant(value=True), ast.Constant(0)]
        return _Reference(class_, syntax.call(class_, *arguments))
    return _Reference(class_, syntax.call(class_, _SELF, ast.Constant(f"{name}[0]")))


def _getter(kind: str, name: str) -> ast.expr:
    return syntax.call(syntax.name("self", f"get_{kind}_attribute"), ast.Constant(name))


def _interpolation(name: str) -> ast.expr:
    return syntax.call(syntax.name("self", "interpolation_for_attribute"), ast.Constant(name))
