"""Values and private state inside messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dflow_provider import log
from dflow_provider.plugin import json_values, msgpack_values
from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.messages import pb

if TYPE_CHECKING:
    from dflow_provider.schema import Schema, Type, Value, Values


def read_value(type_: Type, message: pb.DynamicValue, field: str) -> Value:
    """Read a value from a field of a request; one that was not sent is null.

    Raises:
        CodingError: it is not of the type.
    """
    try:
        if message.msgpack:
            return msgpack_values.decode(type_, message.msgpack)
        if message.json:
            return json_values.decode(type_, message.json)
    except CodingError as error:
        raise CodingError(error.problem, error.path, field) from None
    return None


def read_object(schema: Schema, message: pb.DynamicValue, field: str) -> Values | None:
    """Read a whole configuration, plan or state; null says that there is none.

    Raises:
        CodingError: it is not of the schema's type, or unknown as a whole.
    """
    value = read_value(schema.value_type, message, field)
    if value is None or isinstance(value, dict):
        return value
    raise CodingError("an object as a whole is unknown", field=field)


def require_object(schema: Schema, message: pb.DynamicValue, field: str) -> Values:
    """Read an object that must be there.

    Raises:
        CodingError: it is not.
    """
    value = read_object(schema, message, field)
    if value is None:
        raise CodingError("an object is required, null given", field=field)
    return value


def write_value(type_: Type, value: Value) -> pb.DynamicValue:
    """Write a value.

    Raises:
        CodingError: it is not of the type.
    """
    return pb.DynamicValue(msgpack=msgpack_values.encode(type_, value))


def read_private(raw: bytes) -> dict[str, object]:
    """Read the private state that Terraform keeps for a resource; what we did not write counts as nothing."""
    if not raw:
        return {}
    try:
        private = json.loads(raw)  # hooks get what they put there: fractions as float
    except (ValueError, RecursionError) as error:
        log.warn("private state cannot be read and starts empty", problem=str(error))
        return {}
    return private if isinstance(private, dict) else {}


def write_private(private: object, received: bytes) -> bytes:
    """Write the private state: the same bytes where nothing changed, so that no plan differs because of it.

    What JSON cannot hold is a bug in a hook. It is logged and the old state kept: no object must be lost over it.
    """
    if private == read_private(received):
        return received
    try:
        return json.dumps(private, sort_keys=True, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        log.error("private state cannot be written and stays as it was", problem=str(error))
        return received
