"""Copies of values, so that a hook may change what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema import Dynamic, Unknown

if TYPE_CHECKING:
    from dflow_provider.schema import Value, Values


def copied(value: Value) -> Value:
    """Return a value that shares no list and no dict with the original."""
    match value:
        case list():
            return [copied(item) for item in value]
        case dict():
            return {key: copied(item) for key, item in value.items()}
        case Dynamic():
            return Dynamic(value.type, copied(value.value))
        case _:
            return value


def copied_object(values: Values) -> Values:
    """Return an object that shares no list and no dict with the original."""
    return {name: copied(value) for name, value in values.items()}


def known_parts(value: Value) -> Value:
    """Return a copy with null for everything unknown."""
    match value:
        case Unknown():
            return None
        case list():
            return [known_parts(item) for item in value]
        case dict():
            return {key: known_parts(item) for key, item in value.items()}
        case Dynamic():
            return Dynamic(value.type, known_parts(value.value))
        case _:
            return value


def known_object(values: Values) -> Values:
    """Return a copy of an object with null for everything unknown."""
    return {name: known_parts(value) for name, value in values.items()}
