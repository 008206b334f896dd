"""Which classes a module needs for nested objects, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.model import Collection, Field, Object, Type
from dflow_codegen.naming import Identifier, class_name, unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Path = tuple[str, ...]
"""Terraform's names from an element to one of its fields."""


@dataclass(frozen=True)
class NestedClasses:
    """One nested object. `given` is the name of the class to give one, unless only the provider gives it."""

    path: Path
    object: Object
    description: str
    given: Identifier | None
    reference: Identifier


def nested_classes(owner: Identifier, terraform_type: str, fields: Iterable[Field]) -> dict[Path, NestedClasses]:
    """Name the classes of all nested objects below some fields, outer ones first.

    Raises:
        CodegenError: two of them would have one name.
    """
    found = list(_walk(owner, (), fields, given=True))
    names: dict[str, Identifier] = {terraform_type: owner, f"{terraform_type} (inputs)": inputs_name(owner)}
    for nested in found:
        where = ".".join(nested.path)
        names[f"{where} (reference)"] = nested.reference
        if nested.given:
            names[where] = nested.given
    unique(names, terraform_type)
    return {nested.path: nested for nested in found}


def inputs_name(owner: Identifier) -> Identifier:
    """Name the type of an element's inputs."""
    return class_name(owner, "inputs")


def given_class(classes: Mapping[Path, NestedClasses], path: Path) -> Identifier | None:
    """Return the class in which a field's nested object is given, if there is one."""
    nested = classes.get(path)
    return nested.given if nested else None


def object_in(type_: Type) -> Object | None:
    """Return the object that a type consists of or collects, at any depth."""
    match type_:
        case Object():
            return type_
        case Collection(_, element):
            return object_in(element)
        case _:
            return None


def _walk(owner: Identifier, path: Path, fields: Iterable[Field], *, given: bool) -> Iterator[NestedClasses]:
    for field in fields:
        nested = object_in(field.type)
        if nested is None:
            continue
        here = (*path, field.name)
        given_here = (
            given
            and field.presence.can_be_given
            and (not nested.fields or any(inner.presence.can_be_given for inner in nested.fields))
        )
        yield NestedClasses(
            path=here,
            object=nested,
            description=field.description,
            given=class_name(owner, *here) if given_here else None,
            reference=class_name(owner, *here, "reference"),
        )
        yield from _walk(owner, here, nested.fields, given=given_here)
