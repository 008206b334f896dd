"""Where in a value something is, for Terraform to show the line of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.plugin.messages import pb
from dflow_provider.schema import ListOf, MapOf, ObjectOf, TupleOf

if TYPE_CHECKING:
    from dflow_provider.schema import Path, Type


def attribute_path(type_: Type, path: Path) -> pb.AttributePath:
    """Write a path through a type.

    It ends early where Terraform has no address: at a set, whose elements have no name, inside a dynamic value, and
    where a step does not exist in the type.
    """
    steps = []
    for step in path:
        match type_, step:
            case ObjectOf(attributes), str() if step in attributes:
                type_ = attributes[step]
                steps.append(pb.AttributePath.Step(attribute_name=step))
            case MapOf(element), str():
                type_ = element
                steps.append(pb.AttributePath.Step(element_key_string=step))
            case ListOf(element), int():
                type_ = element
                steps.append(pb.AttributePath.Step(element_key_int=step))
            case TupleOf(elements), int() if 0 <= step < len(elements):
                type_ = elements[step]
                steps.append(pb.AttributePath.Step(element_key_int=step))
            case _:
                break
    return pb.AttributePath(steps=steps)
