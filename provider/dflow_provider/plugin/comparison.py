"""When two values are the same to Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema import Dynamic, ListOf, MapOf, ObjectOf, SetOf, TupleOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.schema import Type, Value


def same(type_: Type, one: Value, other: Value) -> bool:  # noqa: PLR0911  # one return for each shape of a value
    """Compare two values of a type: sets without order, two unknowns as the same, null and empty as different."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    match type_, one, other:
        case SetOf(element), list(), list():
            return same_set(element, one, other)
        case ListOf(element), list(), list():
            return len(one) == len(other) and all(same(element, a, b) for a, b in zip(one, other, strict=True))
        case TupleOf(elements), list(), list():
            return len(one) == len(other) == len(elements) and all(map(same, elements, one, other))
        case MapOf(element), dict(), dict():
            return one.keys() == other.keys() and all(same(element, one[key], other[key]) for key in one)
        case ObjectOf(attributes), dict(), dict():
            return one.keys() == other.keys() and all(same(attributes[name], one[name], other[name]) for name in one)
        case _, Dynamic(), Dynamic():
            return one.type == other.type and same(one.type, one.value, other.value)
        case _:
            return False


def same_set(element: Type, one: Sequence[Value], other: Sequence[Value]) -> bool:
    """Compare two sets; a duplicate counts once."""
    return _contains_all(element, one, other) and _contains_all(element, other, one)


def contains(element: Type, values: Sequence[Value], wanted: Value) -> bool:
    """Say whether a value is among others."""
    return any(same(element, value, wanted) for value in values)


def _contains_all(element: Type, values: Sequence[Value], wanted: Sequence[Value]) -> bool:
    if all(isinstance(value, str) for value in (*values, *wanted)):  # thousands of addresses, compared at once
        return {str(value) for value in wanted} <= {str(value) for value in values}
    return all(contains(element, values, value) for value in wanted)
