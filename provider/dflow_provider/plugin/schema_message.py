"""Schemas as messages, and what else Terraform asks about a provider before it configures it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dflow_provider.plugin.functions import function_messages
from dflow_provider.plugin.messages import pb
from dflow_provider.schema import Attribute, Exposure, Nested, NestingMode, PlansDestroy, Presence, Schema, notation

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session

_NESTING = {
    NestingMode.SINGLE: pb.Schema.Object.SINGLE,
    NestingMode.LIST: pb.Schema.Object.LIST,
    NestingMode.SET: pb.Schema.Object.SET,
    NestingMode.MAP: pb.Schema.Object.MAP,
}


def get_metadata(session: Session, _: pb.GetMetadata.Request) -> pb.GetMetadata.Response:
    """Name everything the provider has, without schemas."""
    provider, kind = session.provider, pb.GetMetadata
    return kind.Response(
        server_capabilities=_capabilities(session),
        resources=[kind.ResourceMetadata(type_name=name) for name in provider.resources],
        data_sources=[kind.DataSourceMetadata(type_name=name) for name in provider.data_sources],
        functions=[kind.FunctionMetadata(name=name) for name in provider.functions],
        ephemeral_resources=[kind.EphemeralMetadata(type_name=name) for name in provider.ephemeral_resources],
    )


def get_provider_schema(session: Session, _: pb.GetProviderSchema.Request) -> pb.GetProviderSchema.Response:
    """Describe everything the provider has."""
    provider = session.provider
    return pb.GetProviderSchema.Response(
        provider=schema_message(provider.schema),
        resource_schemas={name: schema_message(kind.schema) for name, kind in provider.resources.items()},
        data_source_schemas={name: schema_message(kind.schema) for name, kind in provider.data_sources.items()},
        ephemeral_resource_schemas={
            name: schema_message(kind.schema) for name, kind in provider.ephemeral_resources.items()
        },
        functions=function_messages(session),
        server_capabilities=_capabilities(session),
    )


def get_resource_identity_schemas(
    _: Session, __: pb.GetResourceIdentitySchemas.Request
) -> pb.GetResourceIdentitySchemas.Response:
    """Say that resources are imported by an id, not by an identity of several attributes."""
    return pb.GetResourceIdentitySchemas.Response()


def schema_message(schema: Schema) -> pb.Schema:
    """Write a schema."""
    return pb.Schema(
        version=schema.version,
        block=pb.Schema.Block(
            version=schema.version,
            attributes=[_attribute(attribute) for attribute in schema.attributes],
            description=schema.description,
            description_kind="MARKDOWN",
        ),
    )


def _attribute(attribute: Attribute) -> pb.Schema.Attribute:
    message = pb.Schema.Attribute(
        name=attribute.name,
        description=attribute.description,
        description_kind="MARKDOWN",
        required=attribute.presence is Presence.REQUIRED,
        optional=attribute.presence in {Presence.OPTIONAL, Presence.OPTIONAL_COMPUTED},
        computed=attribute.presence in {Presence.COMPUTED, Presence.OPTIONAL_COMPUTED},
        sensitive=attribute.exposure is Exposure.SENSITIVE,
        write_only=attribute.exposure is Exposure.WRITE_ONLY,
    )
    if isinstance(attribute.type, Nested):
        message.nested_type.nesting = _NESTING[attribute.type.nesting]
        message.nested_type.attributes.extend(_attribute(inner) for inner in attribute.type.attributes)
    else:
        message.type = json.dumps(notation(attribute.type)).encode()
    return message


def _capabilities(session: Session) -> pb.ServerCapabilities:
    return pb.ServerCapabilities(
        get_provider_schema_optional=True,
        plan_destroy=any(isinstance(kind, PlansDestroy) for kind in session.provider.resources.values()),
    )
