"""How a value is given: the annotation of a parameter, and the kind that is checked at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_codegen.emit import syntax
from dflow_codegen.model import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Collection,
    CollectionKind,
    Object,
    Primitive,
    Tuple,
    Type,
)

if TYPE_CHECKING:
    import ast

    from dflow_codegen.naming import Identifier

_ANY = syntax.name("_typing", "Any")
_TOKEN = syntax.name("_cdk", "IResolvable")


_PRIMITIVES: dict[Type, tuple[str, ast.expr]] = {
    STRING: ("STRING", syntax.name("str")),
    NUMBER: ("NUMBER", syntax.name("float")),
    BOOL: ("BOOL", syntax.union(syntax.name("bool"), _TOKEN)),
    DYNAMIC: ("ANY", _ANY),
}


def given_type(type_: Type, nested: Identifier | None) -> ast.expr:
    """Return the annotation of a value; `nested` is the class of the object within the type."""
    match type_:
        case Collection(at_most_one=True, element=element):
            return given_type(element, nested)
        case Collection(CollectionKind.MAP, element):
            return syntax.union(_generic("Mapping", syntax.name("str"), given_type(element, nested)), _TOKEN)
        case Collection(_, element):
            return syntax.union(_generic("Sequence", given_type(element, nested)), _TOKEN)
        case Tuple():
            return syntax.union(_generic("Sequence", _ANY), _TOKEN)
        case Object():
            return _ANY if nested is None else syntax.union(syntax.name(nested), _TOKEN)
        case Primitive():
            return _PRIMITIVES[type_][1]


def kind_of(type_: Type) -> ast.expr:
    """Return the kind by which a value is checked when it is given."""
    return syntax.name("_inputs", "Kind", _kind_name(type_))


def _kind_name(type_: Type) -> str:
    match type_:
        case Collection(at_most_one=True, element=element):
            return _kind_name(element)
        case Collection(CollectionKind.MAP):
            return "MAP"
        case Collection() | Tuple():
            return "LIST"
        case Object():
            return "OBJECT"
        case Primitive():
            return _PRIMITIVES[type_][0]


def _generic(name: str, *parameters: ast.expr) -> ast.expr:
    return syntax.index(syntax.name("_abc", name), *parameters)
