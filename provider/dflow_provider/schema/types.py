"""Terraform's type system, as values that can be compared and written in its JSON notation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping


@record
class Primitive:
    """One of the four types without parts; use the constants below."""

    name: str


STRING = Primitive("string")
NUMBER = Primitive("number")
BOOL = Primitive("bool")
DYNAMIC = Primitive("dynamic")
"""A value that brings its own type along."""


@record
class ListOf:
    """An ordered collection of one element type."""

    element: Type


@record
class SetOf:
    """A collection of one element type without order or duplicates."""

    element: Type


@record
class MapOf:
    """A collection of one element type under string keys."""

    element: Type


@record
class ObjectOf:
    """A fixed set of named attributes, each of its own type."""

    attributes: Mapping[str, Type]


@record
class TupleOf:
    """A fixed number of elements, each of its own type."""

    elements: tuple[Type, ...]


Type = Primitive | ListOf | SetOf | MapOf | ObjectOf | TupleOf

TypeNotation = str | list[object]
"""Terraform's JSON notation of a type: `"string"`, `["list", "string"]`, `["object", {"a": "bool"}]`."""


def notation(type_: Type) -> TypeNotation:
    """Write a type the way Terraform does, with object attributes in name order."""
    match type_:
        case Primitive(name):
            return name
        case ListOf(element):
            return ["list", notation(element)]
        case SetOf(element):
            return ["set", notation(element)]
        case MapOf(element):
            return ["map", notation(element)]
        case ObjectOf(attributes):
            return ["object", {name: notation(attributes[name]) for name in sorted(attributes)}]
        case TupleOf(elements):
            return ["tuple", [notation(element) for element in elements]]


def from_notation(text: object) -> Type:
    """Read Terraform's JSON notation of a type, already parsed from JSON.

    Raises:
        ValueError: the notation is not one Terraform writes; the message shows it.
    """
    match text:
        case "string" | "number" | "bool" | "dynamic":
            return Primitive(str(text))
        case ["list", element]:
            return ListOf(from_notation(element))
        case ["set", element]:
            return SetOf(from_notation(element))
        case ["map", element]:
            return MapOf(from_notation(element))
        case ["object", dict(attributes)] | ["object", dict(attributes), _]:
            return ObjectOf({name: from_notation(attribute) for name, attribute in attributes.items()})
        case ["tuple", list(elements)]:
            return TupleOf(tuple(from_notation(element) for element in elements))
        case _:
            raise ValueError(f"{text!r} is not a type in Terraform's notation")
