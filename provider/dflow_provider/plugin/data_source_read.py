"""ReadDataSource."""

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


def read_data_source(session: Session, request: pb.ReadDataSource.Request) -> pb.ReadDataSource.Response:
    """Answer a question asked at plan."""
    name = request.type_name
    schema = session.data_source_type(name).schema
    data_source = session.data_source(name)
    config = require_object(schema, request.config, "config")
    mask_secrets(schema, config)
    asked = with_defaults(schema, config)
    call = session.call()
    response = pb.ReadDataSource.Response()
    try:
        found = stored(schema, data_source.read(dict(asked), call), asked, call.report, name)
        response.state.CopyFrom(write_value(schema.value_type, found))
    except Exception as error:  # noqa: BLE001  # whatever it is, it must reach a person as a diagnostic
        record(call.report, error, f"Reading data {name}")
    response.diagnostics.extend(messages(call.report.diagnostics, schema.value_type))
    return response
