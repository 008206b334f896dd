"""A provider's schema as `terraform providers schema -json` prints it, without starting Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema.attribute import Attribute, Exposure, Nested, Presence
from dflow_provider.schema.function import Accepts
from dflow_provider.schema.types import notation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dflow_provider.schema.attribute import Schema
    from dflow_provider.schema.function import Function, Parameter
    from dflow_provider.schema.hooks import DataSourceType, EphemeralResourceType, Provider, ResourceType

FORMAT_VERSION = "1.0"
SOURCE = "registry.terraform.io/dflow-cdktf"
"""Host and namespace of the source address; the provider's name completes it."""


def schema_document(provider: Provider) -> dict[str, object]:
    """Return the document with this one provider in it, under its source address, every mapping in name order."""
    sections: dict[str, object] = {"provider": _schema(provider.schema)}
    for section, types in (
        ("resource_schemas", provider.resources),
        ("data_source_schemas", provider.data_sources),
        ("ephemeral_resource_schemas", provider.ephemeral_resources),
    ):
        if types:
            sections[section] = _schemas(types)
    if provider.functions:
        sections["functions"] = {name: _function(provider.functions[name]) for name in sorted(provider.functions)}
    return {"format_version": FORMAT_VERSION, "provider_schemas": {f"{SOURCE}/{provider.name}": sections}}


def _schemas(
    types: Mapping[str, ResourceType] | Mapping[str, DataSourceType] | Mapping[str, EphemeralResourceType],
) -> dict[str, object]:
    return {name: _schema(types[name].schema) for name in sorted(types)}


def _schema(schema: Schema) -> dict[str, object]:
    block = {
        **({"attributes": _attributes(schema.attributes)} if schema.attributes else {}),
        **_description(schema.description),
    }
    return {"version": schema.version, "block": block}


def _attributes(attributes: Iterable[Attribute]) -> dict[str, object]:
    return {one.name: _attribute(one) for one in sorted(attributes, key=lambda one: one.name)}


def _attribute(attribute: Attribute) -> dict[str, object]:
    described: dict[str, object] = {}
    if isinstance(attribute.type, Nested):
        described["nested_type"] = {
            "attributes": _attributes(attribute.type.attributes),
            "nesting_mode": attribute.type.nesting.name.lower(),
        }
    else:
        described["type"] = notation(attribute.type)
    described |= _description(attribute.description)
    flags = {
        "required": attribute.presence is Presence.REQUIRED,
        "optional": attribute.presence in {Presence.OPTIONAL, Presence.OPTIONAL_COMPUTED},
        "computed": attribute.presence in {Presence.COMPUTED, Presence.OPTIONAL_COMPUTED},
        "sensitive": attribute.exposure is Exposure.SENSITIVE,
        "write_only": attribute.exposure is Exposure.WRITE_ONLY,
    }
    return described | {flag: True for flag, holds in flags.items() if holds}


def _function(function: Function) -> dict[str, object]:
    signature = function.signature
    described: dict[str, object] = {
        "description": signature.description,
        "summary": signature.summary,
        "return_type": notation(signature.returns),
    }
    if signature.parameters:
        described["parameters"] = [_parameter(parameter) for parameter in signature.parameters]
    if signature.variadic is not None:
        described["variadic_parameter"] = _parameter(signature.variadic)
    return described


def _parameter(parameter: Parameter) -> dict[str, object]:
    nullable: dict[str, object] = {"is_nullable": True} if Accepts.NULL in parameter.accepts else {}
    return {
        "name": parameter.name,
        "description": parameter.description,
        **nullable,
        "type": notation(parameter.type),
    }


def _description(text: str) -> dict[str, object]:
    return {**({"description": text} if text else {}), "description_kind": "markdown"}
