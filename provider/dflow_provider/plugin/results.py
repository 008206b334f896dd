"""What a hook returned becomes something Terraform can store, whatever it is.

Terraform throws away a result that is not exactly of its type, and with it the only trace of an object that now
exists. So nothing here raises: what is wrong is replaced by the best that is known, and reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dflow_provider.plugin.coding import address
from dflow_provider.plugin.comparison import same
from dflow_provider.plugin.copying import known_parts
from dflow_provider.schema import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Unknown,
    is_known,
)

if TYPE_CHECKING:
    from dflow_provider.schema import Path, Type, Value


@dataclass(frozen=True)
class Problem:
    """Something wrong with a result, and where."""

    path: Path
    text: str


@dataclass
class Fitted:
    """A value that fits its type and is wholly known, and what had to be done to it.

    Attributes:
        value: the value.
        wrong: values of a wrong type and keys that do not exist; always a bug.
        open: values left unknown or left out; a bug, unless an error explains it.
    """

    value: Value = None
    wrong: list[Problem] = field(default_factory=list)
    open: list[Problem] = field(default_factory=list)


def fit(type_: Type, returned: object, fallback: Value) -> Fitted:
    """Fit what a hook returned to a type, with `fallback` for what is missing, wrong or unknown."""
    fitted = Fitted()
    fitted.value = _fit(type_, returned, fallback, (), fitted)
    return fitted


def hold_to_plan(type_: Type, result: Value, planned: Value) -> tuple[Value, list[Problem]]:
    """Return the result with every value that the plan had promised, and where it had another one.

    Terraform marks an object for replacement when a result differs from its plan. The difference is no reason to
    destroy a database: the next refresh shows it as what it is, a value that changed outside of Terraform.
    """
    differences: list[Problem] = []
    return _hold(type_, result, planned, (), differences), differences


def _fit(  # noqa: PLR0911  # one return for each shape of a value
    type_: Type, returned: object, fallback: Value, path: Path, fitted: Fitted
) -> Value:
    if returned is None:
        return None
    if isinstance(returned, Unknown):
        return _known_fallback(fallback, path, "still unknown", fitted.open)
    match type_, returned:
        case Primitive(), _:
            return _fit_primitive(type_, returned, fallback, path, fitted)
        case ListOf(element) | SetOf(element), list() | tuple():
            earlier = _items(fallback, len(returned))
            return [_fit(element, item, earlier[index], (*path, index), fitted) for index, item in enumerate(returned)]
        case TupleOf(elements), list() | tuple() if len(returned) == len(elements):
            earlier = _items(fallback, len(returned))
            return [
                _fit(element, item, earlier[index], (*path, index), fitted)
                for index, (element, item) in enumerate(zip(elements, returned, strict=True))
            ]
        case MapOf(element), dict() if all(_is_text(key) for key in returned):
            return {
                key: _fit(element, item, _member(fallback, key), (*path, key), fitted) for key, item in returned.items()
            }
        case ObjectOf(attributes), dict():
            for key in returned.keys() - attributes.keys():
                fitted.wrong.append(Problem(path, f"there is no attribute {key!r}"))
            return {
                name: _fit(attribute, returned[name], _member(fallback, name), (*path, name), fitted)
                if name in returned
                else _known_fallback(_member(fallback, name), (*path, name), "missing", fitted.open)
                for name, attribute in attributes.items()
            }
        case _:
            return _mistyped(type_, returned, fallback, path, fitted)


def _fit_primitive(type_: Primitive, returned: object, fallback: Value, path: Path, fitted: Fitted) -> Value:
    match returned:
        case bool() if type_ == BOOL:
            return returned
        case str() if type_ == STRING and _is_text(returned):
            return returned
        case int() | Decimal() if type_ == NUMBER and not isinstance(returned, bool) and _is_finite(returned):
            return returned
        case Dynamic() if type_ == DYNAMIC:
            earlier = fallback.value if isinstance(fallback, Dynamic) and fallback.type == returned.type else None
            return Dynamic(returned.type, _fit(returned.type, returned.value, earlier, path, fitted))
        case _:
            return _mistyped(type_, returned, fallback, path, fitted)


def _mistyped(type_: Type, returned: object, fallback: Value, path: Path, fitted: Fitted) -> Value:
    expected = type_.name if isinstance(type_, Primitive) else type(type_).__name__
    fitted.wrong.append(Problem(path, f"{expected} required, {type(returned).__name__} returned"))
    return known_parts(fallback)


def _known_fallback(fallback: Value, path: Path, text: str, problems: list[Problem]) -> Value:
    if not is_known(fallback):
        problems.append(Problem(path, text))
    return known_parts(fallback)


def _items(fallback: Value, length: int) -> list[Value]:
    return fallback if isinstance(fallback, list) and len(fallback) == length else [None] * length


def _member(fallback: Value, key: str) -> Value:
    return fallback.get(key) if isinstance(fallback, dict) else fallback if isinstance(fallback, Unknown) else None


def _is_text(value: object) -> bool:
    """Say whether this is a string that can be written: remote text may hold half a surrogate pair."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_finite(number: int | Decimal) -> bool:
    return isinstance(number, int) or number.is_finite()


def _hold(  # noqa: PLR0911  # one return for each shape of a value
    type_: Type, result: Value, planned: Value, path: Path, differences: list[Problem]
) -> Value:
    if isinstance(planned, Unknown):
        return result
    match type_, result, planned:
        case ObjectOf(attributes), dict(), dict():
            return {
                name: _hold(attribute, result[name], planned[name], (*path, name), differences)
                for name, attribute in attributes.items()
            }
        case MapOf(element), dict(), dict() if result.keys() == planned.keys():
            return {key: _hold(element, item, planned[key], (*path, key), differences) for key, item in result.items()}
        case ListOf(element), list(), list() if len(result) == len(planned):
            return [
                _hold(element, item, planned[index], (*path, index), differences) for index, item in enumerate(result)
            ]
        case Primitive(), Dynamic(), Dynamic() if result.type == planned.type:
            return Dynamic(result.type, _hold(result.type, result.value, planned.value, path, differences))
        case _:
            if not is_known(planned) or same(type_, result, planned):
                return result  # Terraform itself judges what the plan left open
            differences.append(Problem(path, f"another value than planned for {address(path)}"))
            return planned
