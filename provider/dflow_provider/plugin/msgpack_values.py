"""Terraform's values as msgpack, the form they travel in."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgpack

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
    UNKNOWN,
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
    from collections.abc import Callable, Mapping

    from dflow_provider.schema import Path, Type, Value

REFINED = 12
"""Extension code of an unknown that carries promises. Every other code is a plain unknown."""

INT64 = range(-(2**63), 2**63)
UNKNOWN_ON_THE_WIRE = msgpack.ExtType(0, b"\x00")


def decode(type_: Type, raw: bytes) -> Value:
    """Read a value of a type.

    Raises:
        CodingError: the bytes are not msgpack, or hold something else than the type.
    """
    plain = _unpack(raw, _unknown)
    try:
        return _from_plain(type_, plain, ())
    except RecursionError:
        raise CodingError("nested too deeply") from None


def encode(type_: Type, value: Value) -> bytes:
    """Write a value of a type; what was promised about unknowns is left out.

    Raises:
        CodingError: the value is not of the type.
    """
    plain = _to_plain(type_, value, ())
    try:
        packed: bytes = msgpack.packb(plain, use_bin_type=True)
    except (ValueError, RecursionError) as error:
        raise CodingError(f"cannot be written as msgpack: {error}") from None
    return packed


def _unpack(raw: bytes, extension: Callable[[int, bytes], object]) -> Any:
    try:
        return msgpack.unpackb(raw, raw=False, strict_map_key=False, ext_hook=extension)
    except CodingError:
        raise
    except RecursionError:
        raise CodingError("nested too deeply") from None
    except Exception as error:  # noqa: BLE001  # msgpack raises a dozen types, and documents few
        raise CodingError(f"not msgpack: {str(error) or type(error).__name__}") from None


def _unknown(code: int, data: bytes) -> Unknown:
    if code != REFINED:
        return UNKNOWN
    # Promises hold no unknowns. Were they looked for, kilobytes of them inside each other would overflow the stack.
    promises = _unpack(data, msgpack.ExtType)
    if not isinstance(promises, dict) or not all(isinstance(kind, int) for kind in promises):
        raise CodingError("an unknown value's refinements are not a map of numbers")
    return Unknown(promises)


def _from_plain(type_: Type, plain: Any, path: Path) -> Value:  # noqa: PLR0911  # one return for each shape of a value
    if plain is None:
        return None
    if isinstance(plain, Unknown):
        return plain
    if isinstance(plain, msgpack.Timestamp):  # extension code -1, which msgpack reads by itself
        return UNKNOWN
    match type_:
        case Primitive():
            return _primitive_from_plain(type_, plain, path)
        case ListOf(element) | SetOf(element):
            _require(plain, list, type_, path)
            return [_from_plain(element, item, (*path, index)) for index, item in enumerate(plain)]
        case MapOf(element):
            _require(plain, dict, type_, path)
            return {_key(key, path): _from_plain(element, item, (*path, key)) for key, item in plain.items()}
        case ObjectOf(attributes):
            _require(plain, dict, type_, path)
            if plain.keys() != attributes.keys():
                raise CodingError(_difference(plain, attributes), path)
            return {name: _from_plain(attribute, plain[name], (*path, name)) for name, attribute in attributes.items()}
        case TupleOf(elements):
            _require(plain, list, type_, path)
            if len(plain) != len(elements):
                raise CodingError(f"{len(elements)} elements are required, {len(plain)} given", path)
            return [
                _from_plain(element, item, (*path, index))
                for index, (element, item) in enumerate(zip(elements, plain, strict=True))
            ]


def _primitive_from_plain(type_: Primitive, plain: Any, path: Path) -> Value:
    if type_ == STRING and isinstance(plain, str):
        return plain
    if type_ == BOOL and isinstance(plain, bool):
        return plain
    if type_ == NUMBER and not isinstance(plain, bool):
        if isinstance(plain, int):
            return plain
        if isinstance(plain, float) and plain == plain:  # noqa: PLR0124  # false for NaN alone
            return whole_if_possible(Decimal(plain))
        if isinstance(plain, str):
            return number_from_text(plain, path)
    if type_ == DYNAMIC and isinstance(plain, list) and len(plain) == 2 and isinstance(plain[0], bytes):
        return _dynamic_from_plain(plain[0], plain[1], path)
    raise CodingError(f"{type_.name} required, {type(plain).__name__} given", path)


def _dynamic_from_plain(type_notation: bytes, plain: Any, path: Path) -> Value:
    try:
        written = json.loads(type_notation)
        require_shallow(written, path)
        type_ = from_notation(written)
    except CodingError:
        raise
    except (ValueError, RecursionError) as error:
        raise CodingError(f"the type of a dynamic value cannot be read: {error}", path) from None
    value = _from_plain(type_, plain, path)
    # An inner dynamic brings its own envelope: `["dynamic", ["string", "x"]]` says the same as `["string", "x"]`.
    return value if type_ == DYNAMIC else Dynamic(type_, value)


def _key(key: object, path: Path) -> str:
    if not isinstance(key, str):
        raise CodingError(f"a map key is {type(key).__name__}, not a string", path)
    return key


def _require(plain: object, python_type: type, type_: Type, path: Path) -> None:
    if not isinstance(plain, python_type):
        raise CodingError(f"{type(type_).__name__} required, {type(plain).__name__} given", path)


def _difference(plain: Mapping[Any, object], attributes: Mapping[str, object]) -> str:
    missing = sorted(attributes.keys() - plain.keys())
    extra = sorted(str(key) for key in plain if key not in attributes)
    return f"attributes do not fit the schema: missing {missing}, unexpected {extra}"


def _to_plain(type_: Type, value: Value, path: Path) -> Any:  # noqa: PLR0911  # one return for each shape of a value
    if value is None:
        return None
    if isinstance(value, Unknown):
        return UNKNOWN_ON_THE_WIRE
    match type_:
        case Primitive():
            return _primitive_to_plain(type_, value, path)
        case ListOf(element) | SetOf(element):
            if isinstance(value, list):
                return [_to_plain(element, item, (*path, index)) for index, item in enumerate(value)]
        case MapOf(element):
            if isinstance(value, dict):
                return {_key(key, path): _to_plain(element, item, (*path, key)) for key, item in value.items()}
        case ObjectOf(attributes):
            if isinstance(value, dict):
                if value.keys() != attributes.keys():
                    raise CodingError(_difference(value, attributes), path)
                return {
                    name: _to_plain(attribute, value[name], (*path, name)) for name, attribute in attributes.items()
                }
        case TupleOf(elements):
            if isinstance(value, list) and len(value) == len(elements):
                return [
                    _to_plain(element, item, (*path, index))
                    for index, (element, item) in enumerate(zip(elements, value, strict=True))
                ]
    raise CodingError(f"{type(type_).__name__} required, {type(value).__name__} given", path)


def _primitive_to_plain(type_: Primitive, value: Value, path: Path) -> Any:
    if type_ == STRING and isinstance(value, str):
        return value
    if type_ == BOOL and isinstance(value, bool):
        return value
    if type_ == NUMBER and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _number_to_plain(value, path)
    if type_ == DYNAMIC and isinstance(value, Dynamic):
        written = json.dumps(notation(value.type), separators=(",", ":")).encode()
        return [written, _to_plain(value.type, value.value, path)]
    raise CodingError(f"{type_.name} required, {type(value).__name__} given", path)


def _number_to_plain(number: int | Decimal, path: Path) -> int | float | str:
    if isinstance(number, Decimal) and number.is_nan():
        raise CodingError("NaN is not a number", path)
    if isinstance(number, int) and number in INT64:
        return number
    if isinstance(number, Decimal) and number.is_infinite():
        return float(number)
    return number_text(number)
