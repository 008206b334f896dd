"""Terraform's proposal becomes a plan: defaults, values known after apply, blanked secrets, replacements.

Terraform proposes the configuration, with computed attributes copied from the prior state. What it cannot know is
what a new object will look like, which computed values a change makes stale, and which changes need a new object.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dflow_provider.plugin.comparison import contains, same, same_set
from dflow_provider.plugin.copying import copied
from dflow_provider.schema import (
    NO_DEFAULT,
    UNKNOWN,
    Exposure,
    Nested,
    NestingMode,
    ObjectOf,
    OnChange,
    Presence,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_provider.schema import Attribute, Path, Schema, Value, Values

COMPUTED = (Presence.COMPUTED, Presence.OPTIONAL_COMPUTED)


def planned_values(schema: Schema, prior: Values | None, proposed: Values, config: Values) -> Values:
    """Return the plan for an object that is created (no prior) or changed."""
    return _plan_object(schema.attributes, prior, proposed, config)


def with_defaults(schema: Schema, config: Values) -> Values:
    """Return a configuration with the defaults of what it leaves out, for what has no plan."""
    return _default_object(schema.attributes, config)


def without_secrets(schema: Schema, value: Values) -> Values:
    """Return an object with every write-only attribute blanked."""
    return _blank_object(schema.attributes, value)


def replacements(schema: Schema, prior: Values, planned: Values) -> list[Path]:
    """Return the paths of changed values that need a new object."""
    return list(_replacements(schema.attributes, prior, planned))


# ---- plan


def _plan_object(attributes: tuple[Attribute, ...], prior: Values | None, proposed: Values, config: Values) -> Values:
    planned: Values = {}
    for attribute in attributes:
        name = attribute.name
        planned[name] = _plan_attribute(attribute, prior, proposed[name], config[name])
    if prior is not None:
        _recompute(attributes, prior, planned, config)
    return planned


def _plan_attribute(attribute: Attribute, parent: Values | None, proposed: Value, config: Value) -> Value:
    if attribute.exposure is Exposure.WRITE_ONLY:
        return None
    if config is None and attribute.presence in COMPUTED:
        if attribute.default is not NO_DEFAULT:
            return copied(attribute.default)
        # Terraform proposes null for a nested object that was configured once, or looks as if it had been.
        return UNKNOWN if parent is None else copied(parent[attribute.name])
    if isinstance(attribute.type, Nested):
        prior = None if parent is None else parent[attribute.name]
        return _plan_nested(attribute.type, prior, proposed, config)
    return proposed


def _plan_nested(nested: Nested, prior: Value, proposed: Value, config: Value) -> Value:
    attributes = nested.attributes
    match nested.nesting, proposed, config:
        case NestingMode.SINGLE, dict(), dict():
            return _plan_object(attributes, _object(prior), proposed, config)
        case NestingMode.MAP, dict(), dict():
            before = _object(prior) or {}
            return {
                key: _plan_element(attributes, before.get(key), item, config.get(key)) for key, item in proposed.items()
            }
        case NestingMode.LIST, list(), list() if len(proposed) == len(config):
            earlier = _list(prior)
            return [
                _plan_element(attributes, earlier[index] if index < len(earlier) else None, item, config[index])
                for index, item in enumerate(proposed)
            ]
        case NestingMode.SET, list(), list():
            return _plan_set(nested, _list(prior), proposed, config)
        case _:
            return proposed


def _plan_element(attributes: tuple[Attribute, ...], prior: Value, proposed: Value, config: Value) -> Value:
    if not isinstance(proposed, dict):
        return proposed
    return _plan_object(attributes, _object(prior), proposed, config if isinstance(config, dict) else proposed)


def _plan_set(nested: Nested, prior: list[Value], proposed: list[Value], config: list[Value]) -> Value:
    """Plan elements that nothing names.

    Terraform copied prior computed values into the elements it recognised. Such an element is an old one; every other
    one is new. Which configured element it came from is found by the values it was given.
    """
    element = ObjectOf({attribute.name: attribute.value_type for attribute in nested.attributes})
    left = list(config)
    planned: list[Value] = []
    for item in proposed:
        source = next((known for known in left if _came_from(nested.attributes, item, known)), None)
        if source is not None:
            left.remove(source)
        before = item if contains(element, prior, item) else None
        planned.append(_plan_element(nested.attributes, before, item, item if source is None else source))
    return planned


def _came_from(attributes: tuple[Attribute, ...], proposed: Value, config: Value) -> bool:
    if not isinstance(proposed, dict) or not isinstance(config, dict):
        return False
    return all(
        (config[attribute.name] is None and attribute.presence in COMPUTED)
        or same(attribute.value_type, proposed[attribute.name], config[attribute.name])
        for attribute in attributes
    )


def _recompute(attributes: tuple[Attribute, ...], prior: Values, planned: Values, config: Values) -> None:
    """Forget computed values whose sources changed, and what was computed from those in turn."""
    types = {attribute.name: attribute.value_type for attribute in attributes}
    pending = [
        attribute
        for attribute in attributes
        if attribute.recomputed_with and config[attribute.name] is None and attribute.presence in COMPUTED
    ]
    settled = False
    while not settled:
        settled = True
        for attribute in pending:
            stale = any(not same(types[name], prior[name], planned[name]) for name in attribute.recomputed_with)
            if stale and not isinstance(planned[attribute.name], Unknown):
                planned[attribute.name] = UNKNOWN
                settled = False


# ---- defaults and blanks


def _default_object(attributes: tuple[Attribute, ...], config: Values) -> Values:
    filled: Values = {}
    for attribute in attributes:
        value = config[attribute.name]
        if value is None and attribute.default is not NO_DEFAULT:
            value = copied(attribute.default)
        elif isinstance(attribute.type, Nested):
            inner = attribute.type.attributes
            value = _each_object(attribute.type.nesting, value, partial(_default_object, inner))
        filled[attribute.name] = value
    return filled


def _blank_object(attributes: tuple[Attribute, ...], value: Values) -> Values:
    blanked = dict(value)
    for attribute in attributes:
        if attribute.exposure is Exposure.WRITE_ONLY:
            blanked[attribute.name] = None
        elif isinstance(attribute.type, Nested):
            inner = attribute.type.attributes
            blanked[attribute.name] = _each_object(
                attribute.type.nesting, value[attribute.name], partial(_blank_object, inner)
            )
    return blanked


def _each_object(nesting: NestingMode, value: Value, change: Callable[[Values], Values]) -> Value:
    match nesting, value:
        case NestingMode.SINGLE, dict():
            return change(value)
        case NestingMode.MAP, dict():
            return {key: change(item) if isinstance(item, dict) else item for key, item in value.items()}
        case _, list():
            return [change(item) if isinstance(item, dict) else item for item in value]
        case _:
            return value


# ---- replacement


def _replacements(attributes: tuple[Attribute, ...], prior: Value, planned: Value) -> Iterator[Path]:
    for attribute in attributes:
        before, after = _member(prior, attribute.name), _member(planned, attribute.name)
        if same(attribute.value_type, before, after):
            continue
        if attribute.on_change is OnChange.REPLACE:
            yield (attribute.name,)
        elif isinstance(attribute.type, Nested):
            for path in _nested_replacements(attribute.type, before, after):
                yield (attribute.name, *path)


def _nested_replacements(nested: Nested, prior: Value, planned: Value) -> Iterator[Path]:
    match nested.nesting:
        case NestingMode.SINGLE:
            yield from _replacements(nested.attributes, prior, planned)
        case NestingMode.MAP:
            before, after = _object(prior) or {}, _object(planned) or {}
            for key in sorted({*before, *after}):
                for path in _replacements(nested.attributes, before.get(key), after.get(key)):
                    yield (key, *path)
        case NestingMode.LIST:
            earlier, later = _list(prior), _list(planned)
            for index in range(max(len(earlier), len(later))):
                for path in _replacements(nested.attributes, _item(earlier, index), _item(later, index)):
                    yield (index, *path)
        case NestingMode.SET:
            decisive = tuple(a for a in nested.attributes if a.on_change is OnChange.REPLACE)
            element = ObjectOf({attribute.name: attribute.value_type for attribute in decisive})
            if not same_set(element, _projected(decisive, prior), _projected(decisive, planned)):
                yield ()


def _projected(attributes: tuple[Attribute, ...], elements: Value) -> list[Value]:
    return [{attribute.name: _member(item, attribute.name) for attribute in attributes} for item in _list(elements)]


def _member(value: Value, name: str) -> Value:
    if isinstance(value, Unknown):
        return UNKNOWN
    return value.get(name) if isinstance(value, dict) else None


def _object(value: Value) -> Values | None:
    return value if isinstance(value, dict) else None


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _item(values: list[Value], index: int) -> Value:
    return values[index] if index < len(values) else None
