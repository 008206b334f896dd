"""Secrets in values: found by schema, so that the log can mask them before any hook runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider import log
from dflow_provider.schema import Dynamic, Exposure, Nested, NestingMode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_provider.schema import Attribute, Schema, Value


def mask_secrets(schema: Schema, *objects: Value) -> None:
    """Register every string inside a sensitive or write-only attribute of these objects with the log.

    Keys of a map are names, not secrets: they stand in plans and messages.
    """
    for value in objects:
        for secret in _secrets(schema.attributes, value):
            log.mask(secret)


def mask_strings(value: Value) -> None:
    """Register every string inside a value that is a secret as a whole."""
    for secret in _strings(value):
        log.mask(secret)


def _secrets(attributes: tuple[Attribute, ...], value: Value) -> Iterable[str]:
    if not isinstance(value, dict):
        return
    for attribute in attributes:
        inner = value.get(attribute.name)
        if inner is None:
            continue
        if attribute.exposure is not Exposure.PLAIN:
            yield from _strings(inner)
        elif isinstance(attribute.type, Nested):
            for item in _objects(attribute.type.nesting, inner):
                yield from _secrets(attribute.type.attributes, item)


def _objects(nesting: NestingMode, value: Value) -> Iterable[Value]:
    match nesting, value:
        case NestingMode.SINGLE, dict():
            return [value]
        case NestingMode.MAP, dict():
            return value.values()
        case _, list():
            return value
        case _:
            return []


def _strings(value: Value) -> Iterable[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _strings(item)
        case dict():
            for item in value.values():
                yield from _strings(item)
        case Dynamic(value=inner):
            yield from _strings(inner)
