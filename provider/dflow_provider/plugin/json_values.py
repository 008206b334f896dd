"""Terraform's values as JSON, the form they lie in the state file."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from dflow_provider.plugin.coding import (
    CodingError,
    number_from_text,
    number_text,
    require_shallow,
    whole_if_possible,
)
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
    from_notation,
    notation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.schema import Path, Type, Value


class Layout(Enum):
    """How closely the attributes of an object must follow its type."""

    EXACT = auto()
    """Every attribute, and no other."""

    TOLERANT = auto()
    """What a past schema had and this one has not is dropped; what is new is null."""


def parse(raw: bytes | str) -> Any:
    """Parse JSON with numbers kept exact.

    Raises:
        CodingError: it is not JSON.
    """
    try:
        return json.loads(raw, parse_float=Decimal, parse_constant=_no_constant)
    except CodingError:
        raise
    except RecursionError:
        raise CodingError("not JSON: nested too deeply") from None
    except (ValueError, ArithmeticError) as error:
        raise CodingError(f"not JSON: {error}") from None


def decode(type_: Type, raw: bytes | str) -> Value:
    """Read a value of a type.

    Raises:
        CodingError: the bytes are not JSON, or hold something else than the type.
    """
    plain = parse(raw)
    try:
        return from_plain(type_, plain, Layout.EXACT)
    except RecursionError:
        raise CodingError("nested too deeply") from None


def encode(type_: Type, value: Value) -> str:
    """Write a value of a type. JSON has no unknowns.

    Raises:
        CodingError: the value is not of the type, or not known.
    """
    # json cannot write a Decimal, and a float would change it: numbers go in as text of their own.
    return _json(_to_plain(type_, value, ()))


def from_plain(type_: Type, plain: Any, layout: Layout, path: Path = ()) -> Value:
    """Turn parsed JSON into a value of a type.

    Raises:
        CodingError: it holds something else.
    """
    if plain is None:
        return None
    match type_:
        case Primitive():
            return _primitive(type_, plain, layout, path)
        case ListOf(element) | SetOf(element) if isinstance(plain, list):
            return [from_plain(element, item, layout, (*path, index)) for index, item in enumerate(plain)]
        case MapOf(element) if isinstance(plain, dict):
            return {key: from_plain(element, item, layout, (*path, key)) for key, item in plain.items()}
        case ObjectOf(attributes) if isinstance(plain, dict):
            return _object(attributes, plain, layout, path)
        case TupleOf(elements) if isinstance(plain, list) and len(plain) == len(elements):
            return [
                from_plain(element, item, layout, (*path, index))
                for index, (element, item) in enumerate(zip(elements, plain, strict=True))
            ]
        case _:
            raise CodingError(f"{type(type_).__name__} required, {type(plain).__name__} given", path)


def _no_constant(text: str) -> Any:
    raise CodingError(f"not JSON: {text} is not a number")


def _object(attributes: Mapping[str, Type], plain: dict[str, Any], layout: Layout, path: Path) -> Value:
    if layout is Layout.EXACT and plain.keys() != attributes.keys():
        missing, extra = sorted(attributes.keys() - plain.keys()), sorted(plain.keys() - attributes.keys())
        raise CodingError(f"attributes do not fit the schema: missing {missing}, unexpected {extra}", path)
    return {
        name: from_plain(attribute, plain.get(name), layout, (*path, name)) for name, attribute in attributes.items()
    }


def _primitive(type_: Primitive, plain: Any, layout: Layout, path: Path) -> Value:
    if type_ == STRING and isinstance(plain, str):
        return plain
    if type_ == BOOL and isinstance(plain, bool):
        return plain
    if type_ == NUMBER and not isinstance(plain, bool):
        if isinstance(plain, int):
            return plain
        if isinstance(plain, Decimal):
            return whole_if_possible(plain)
        if isinstance(plain, str):
            return number_from_text(plain, path)
    if type_ == DYNAMIC and isinstance(plain, dict) and plain.keys() == {"type", "value"}:
        return _dynamic(plain["type"], plain["value"], layout, path)
    raise CodingError(f"{type_.name} required, {type(plain).__name__} given", path)


def _dynamic(type_notation: Any, plain: Any, layout: Layout, path: Path) -> Value:
    require_shallow(type_notation, path)
    try:
        type_ = from_notation(type_notation)
    except (ValueError, RecursionError) as error:
        raise CodingError(f"the type of a dynamic value cannot be read: {error}", path) from None
    value = from_plain(type_, plain, layout, path)
    return value if type_ == DYNAMIC else Dynamic(type_, value)


def _to_plain(type_: Type, value: Value, path: Path) -> Any:
    match type_, value:
        case _, None:
            return None
        case _, Unknown():
            raise CodingError("unknown, and JSON has no way to say so", path)
        case Primitive(), _:
            return _primitive_to_plain(type_, value, path)
        case ListOf(element) | SetOf(element), list():
            return [_to_plain(element, item, (*path, index)) for index, item in enumerate(value)]
        case MapOf(element), dict():
            return {key: _to_plain(element, item, (*path, key)) for key, item in value.items()}
        case ObjectOf(attributes), dict() if value.keys() == attributes.keys():
            return {name: _to_plain(attribute, value[name], (*path, name)) for name, attribute in attributes.items()}
        case TupleOf(elements), list() if len(value) == len(elements):
            return [
                _to_plain(element, item, (*path, index))
                for index, (element, item) in enumerate(zip(elements, value, strict=True))
            ]
        case _:
            raise CodingError(f"{type(type_).__name__} required, {type(value).__name__} given", path)


def _primitive_to_plain(type_: Primitive, value: Value, path: Path) -> Any:
    if type_ == STRING and isinstance(value, str):
        return value
    if type_ == BOOL and isinstance(value, bool):
        return value
    if type_ == NUMBER and isinstance(value, int | Decimal) and not isinstance(value, bool):
        if isinstance(value, Decimal) and not value.is_finite():
            raise CodingError(f"{value} cannot be written as JSON", path)
        return value
    if type_ == DYNAMIC and isinstance(value, Dynamic):
        return {"value": _to_plain(value.type, value.value, path), "type": notation(value.type)}
    raise CodingError(f"{type_.name} required, {type(value).__name__} given", path)


def _json(plain: Any) -> str:
    match plain:
        case bool() | str() | None:
            return json.dumps(plain)
        case int() | Decimal():
            return number_text(plain)
        case list():
            return f"[{','.join(map(_json, plain))}]"
        case _:
            return f"{{{','.join(f'{json.dumps(key)}:{_json(item)}' for key, item in plain.items())}}}"
