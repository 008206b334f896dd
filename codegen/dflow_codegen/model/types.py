"""Types of attributes, with nested attributes and blocks as objects in collections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dflow_codegen.model.field import Field


@dataclass(frozen=True)
class Primitive:
    """A type without parts; use the constants below."""

    name: str


STRING = Primitive("string")
NUMBER = Primitive("number")
BOOL = Primitive("bool")
DYNAMIC = Primitive("dynamic")
"""A value of any type."""


class CollectionKind(Enum):
    """How elements are held."""

    LIST = "list"
    SET = "set"
    MAP = "map"


@dataclass(frozen=True)
class Collection:
    """Elements of one type. A block that may occur once at most is a collection with `at_most_one`."""

    kind: CollectionKind
    element: Type
    at_most_one: bool = False


class ObjectForm(Enum):
    """Where an object's fields were declared, which decides how it is written."""

    TYPE = auto()
    """In a type: every field may be null, and Terraform wants every field spelled out."""
    ATTRIBUTES = auto()
    """As nested attributes."""
    BLOCK = auto()
    """As a block."""


@dataclass(frozen=True)
class Object:
    """Named fields, sorted by name."""

    form: ObjectForm
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Tuple:
    """Elements of a type each."""

    elements: tuple[Type, ...]


Type = Primitive | Collection | Object | Tuple
