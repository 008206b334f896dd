"""What a reference page says of a schema, as plain values: the schema document and what that form has no room for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dflow_provider.schema.attribute import NO_DEFAULT, Nested, OnChange
from dflow_provider.schema.document import schema_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dflow_provider.schema.attribute import Attribute
    from dflow_provider.schema.hooks import DataSourceType, EphemeralResourceType, Provider
    from dflow_provider.schema.values import Value


def reference_document(provider: Provider) -> dict[str, object]:
    """Return `schema_document` with one more section, `reference`, that repeats its section and type names.

    There every type has `attributes`, by path (`source.provider`, whatever the nesting), each with `rules` (what holds
    for a good value), `forces_replacement`, and `default` where one is planned; a resource also has `importable`.
    """
    return {
        **schema_document(provider),
        "reference": {
            "provider": _facts(provider.schema.attributes),
            "resource_schemas": {
                name: _facts(one.schema.attributes) | {"importable": hasattr(one, "import_state")}
                for name, one in sorted(provider.resources.items())
            },
            "data_source_schemas": _facts_by_type(provider.data_sources),
            "ephemeral_resource_schemas": _facts_by_type(provider.ephemeral_resources),
        },
    }


def _facts_by_type(
    types: Mapping[str, DataSourceType] | Mapping[str, EphemeralResourceType],
) -> dict[str, dict[str, object]]:
    return {name: _facts(types[name].schema.attributes) for name in sorted(types)}


def _facts(attributes: Iterable[Attribute]) -> dict[str, object]:
    return {"attributes": {path: _fact(attribute) for path, attribute in sorted(_walk(attributes, ""), key=_path)}}


def _walk(attributes: Iterable[Attribute], prefix: str) -> Iterator[tuple[str, Attribute]]:
    for attribute in attributes:
        path = f"{prefix}{attribute.name}"
        yield path, attribute
        if isinstance(attribute.type, Nested):
            yield from _walk(attribute.type.attributes, f"{path}.")


def _path(found: tuple[str, Attribute]) -> str:
    return found[0]


def _fact(attribute: Attribute) -> dict[str, object]:
    fact: dict[str, object] = {
        "rules": [validator.description for validator in attribute.validators],
        "forces_replacement": attribute.on_change is OnChange.REPLACE,
    }
    if attribute.default is not NO_DEFAULT:
        fact["default"] = _json(attribute.default)
    return fact


def _json(value: Value) -> object:
    match value:
        case Decimal():
            return float(value)
        case list():
            return [_json(element) for element in value]
        case dict():
            return {name: _json(element) for name, element in value.items()}
        case None | str() | bool() | int():
            return value
        case _:
            raise TypeError(f"a default cannot be {value!r}, because a page has to show it")
