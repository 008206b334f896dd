"""Docstrings of the generated classes: what a field is, who gives it, what the provider says about it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from dflow_codegen.emit import syntax
from dflow_codegen.model import (
    DYNAMIC,
    Collection,
    Element,
    ElementKind,
    Exposure,
    Field,
    Object,
    Primitive,
    Tuple,
    Type,
)

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping

    from dflow_codegen.naming import Identifier

_STEP = "    "


def of_element(element: Element, parameters: Mapping[Identifier, Field], depth: int = 1) -> ast.stmt:
    """The docstring of a resource's class, with its parameters."""
    kind = element.kind.value if element.kind is not ElementKind.RESOURCE else "managed resource"
    lead = f"The {kind} `{element.terraform_type}` of Terraform."
    return _docstring([lead, *_deprecated(element.deprecated), element.description], parameters, depth)


def of_nested(owner: str, description: str, parameters: Mapping[Identifier, Field], depth: int = 1) -> ast.stmt:
    """The docstring of a nested object's class, with its parameters."""
    return _docstring([f"A nested object of `{owner}`.", description], parameters, depth)


def of_field(field: Field, depth: int = 2) -> ast.stmt:
    """The docstring of a property that refers to a field."""
    return _docstring([f"A reference to `{field.name}`: {_facts(field)}.", field.description], {}, depth)


def of_text(text: str, depth: int = 2) -> ast.stmt:
    """A docstring as it stands."""
    return _docstring([text], {}, depth)


def _docstring(paragraphs: Iterable[str], parameters: Mapping[Identifier, Field], depth: int) -> ast.stmt:
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if parameters:
        entries = "\n".join(_parameter(identifier, field) for identifier, field in parameters.items())
        text = f"{text}\n\nArgs:\n{textwrap.indent(entries, _STEP)}"
    if "\n" not in text:
        return syntax.docstring(text)
    first, _, rest = text.partition("\n")
    indented = "\n".join(_STEP * depth + line if line.strip() else "" for line in rest.split("\n"))
    return syntax.docstring(f"{first}\n{indented}\n{_STEP * depth}")


def _parameter(identifier: Identifier, field: Field) -> str:
    description = textwrap.indent(field.description, _STEP).strip()
    return f"{identifier}: {_facts(field)}." + (f" {description}" if description else "")


def _facts(field: Field) -> str:
    facts = [f"`{type_text(field.type)}`", field.presence.value]
    match field.exposure:
        case Exposure.SENSITIVE:
            facts.append("sensitive")
        case Exposure.WRITE_ONLY:
            facts.append("write-only, in neither plan nor state")
        case Exposure.PLAIN:
            pass
    return ", ".join([*facts, *(["deprecated"] if field.deprecated else [])])


def _deprecated(deprecated: bool) -> list[str]:  # noqa: FBT001 - the flag is the schema's, not a mode
    return ["Deprecated."] if deprecated else []


def type_text(type_: Type) -> str:
    """Write a type as Terraform's documentation does: `map(string)`."""
    match type_:
        case Primitive():
            return "any" if type_ == DYNAMIC else type_.name
        case Collection(at_most_one=True, element=element):
            return type_text(element)
        case Collection(kind, element):
            return f"{kind.value}({type_text(element)})"
        case Object():
            return "object"
        case Tuple():
            return "tuple"
