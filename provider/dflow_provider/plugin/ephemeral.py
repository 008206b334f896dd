"""Ephemeral resources: opened for one run; nothing to renew or close, since nothing was made remotely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.planning import with_defaults
from dflow_provider.plugin.reporting import messages, record
from dflow_provider.plugin.resource_read import stored
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.wire import require_object, write_value

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session


def open_ephemeral_resource(
    session: Session, request: pb.OpenEphemeralResource.Request
) -> pb.OpenEphemeralResource.Response:
    """Obtain the value."""
    name = request.type_name
    schema = session.ephemeral_resource_type(name).schema
    resource = session.ephemeral_resource(name)
    config = require_object(schema, request.config, "config")
    mask_secrets(schema, config)
    asked = with_defaults(schema, config)
    call = session.call()
    response = pb.OpenEphemeralResource.Response()
    try:
        result = stored(schema, resource.open(dict(asked), call), asked, call.report, name)
        response.result.CopyFrom(write_value(schema.value_type, result))
    except Exception as error:  # noqa: BLE001  # whatever it is, it must reach a person as a diagnostic
        record(call.report, error, f"Opening ephemeral {name}")
    response.diagnostics.extend(messages(call.report.diagnostics, schema.value_type))
    return response


def renew_ephemeral_resource(_: Session, __: pb.RenewEphemeralResource.Request) -> pb.RenewEphemeralResource.Response:
    """Do nothing: no value here expires."""
    return pb.RenewEphemeralResource.Response()


def close_ephemeral_resource(_: Session, __: pb.CloseEphemeralResource.Request) -> pb.CloseEphemeralResource.Response:
    """Do nothing: nothing was made that would have to go."""
    return pb.CloseEphemeralResource.Response()
