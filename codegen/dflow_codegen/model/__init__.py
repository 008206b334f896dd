"""A provider's schema as the generator sees it: no Python in it, no JSON either."""

from dflow_codegen.model.element import Element, ElementKind, Provider
from dflow_codegen.model.field import Exposure, Field, Presence
from dflow_codegen.model.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Collection,
    CollectionKind,
    Object,
    ObjectForm,
    Primitive,
    Tuple,
    Type,
)

__all__ = [
    "BOOL",
    "DYNAMIC",
    "NUMBER",
    "STRING",
    "Collection",
    "CollectionKind",
    "Element",
    "ElementKind",
    "Exposure",
    "Field",
    "Object",
    "ObjectForm",
    "Presence",
    "Primitive",
    "Provider",
    "Tuple",
    "Type",
]
