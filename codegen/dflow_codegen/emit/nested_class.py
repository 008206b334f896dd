"""The two classes of one nested object."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from dflow_codegen.emit import docstring, syntax
from dflow_codegen.emit.given import given_type, kind_of
from dflow_codegen.emit.nested import NestedClasses, Path, given_class
from dflow_codegen.emit.reference import reference_property
from dflow_codegen.model import Exposure, Field, ObjectForm, Presence
from dflow_codegen.naming import RESERVED_NESTED, Identifier, members

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS = syntax.code("_typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]]")
_EVERY_FIELD = syntax.code("_typing.ClassVar[bool]")


def class_to_give(nested: NestedClasses, name: Identifier, classes: Mapping[Path, NestedClasses]) -> ast.ClassDef:
    """Return the dataclass in which the object is given to a resource."""
    fields = {identifier: field for identifier, field in _named(nested) if field.presence.can_be_given}
    required = {identifier: field for identifier, field in fields.items() if field.presence is Presence.REQUIRED}
    ordered = required | fields
    body: list[ast.stmt] = [docstring.of_nested(".".join(nested.path), nested.description, ordered)]
    for identifier, field in ordered.items():
        annotation = given_type(field.type, given_class(classes, (*nested.path, field.name)))
        if identifier in required:
            body.append(syntax.declaration(identifier, annotation))
        else:
            body.append(syntax.declaration(identifier, syntax.optional(annotation), ast.Constant(None)))
    table: dict[str, ast.expr] = {
        identifier: ast.Tuple([ast.Constant(field.name), kind_of(field.type)], ast.Load())
        for identifier, field in fields.items()
    }
    body.append(syntax.declaration("FIELDS", _FIELDS, syntax.mapping(table)))
    if nested.object.form is ObjectForm.TYPE:
        body.append(syntax.declaration("EVERY_FIELD", _EVERY_FIELD, ast.Constant(value=True)))
    decorator = syntax.call(
        syntax.name("_dataclasses", "dataclass"), frozen=ast.Constant(value=True), kw_only=ast.Constant(value=True)
    )
    class_ = syntax.class_(name, [syntax.name("_inputs", "Nested")], body)
    class_.decorator_list.append(decorator)
    return class_


def class_to_refer(nested: NestedClasses, classes: Mapping[Path, NestedClasses]) -> ast.ClassDef:
    """Return the class of references to the object."""
    properties = [
        reference_property(identifier, field, _reference_class(classes, (*nested.path, field.name)))
        for identifier, field in _named(nested)
        if field.exposure is not Exposure.WRITE_ONLY
    ]
    lead = docstring.of_text(f"A reference to `{'.'.join(nested.path)}`.", depth=1)
    return syntax.class_(nested.reference, [syntax.name("_reference", "ObjectReference")], [lead, *properties])


def _reference_class(classes: Mapping[Path, NestedClasses], path: Path) -> Identifier | None:
    return classes[path].reference if path in classes else None


def _named(nested: NestedClasses) -> list[tuple[Identifier, Field]]:
    names = members([field.name for field in nested.object.fields], RESERVED_NESTED, ".".join(nested.path))
    return [(names[field.name], field) for field in nested.object.fields]
