"""ReadResource and ImportResourceState."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.plugin.coding import address
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.planning import without_secrets
from dflow_provider.plugin.reporting import BUG_TITLE, PLEASE_REPORT, messages, record
from dflow_provider.plugin.results import fit
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.wire import read_private, require_object, write_private, write_value
from dflow_provider.schema import Importable

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import Report, Schema, Values


def read_resource(session: Session, request: pb.ReadResource.Request) -> pb.ReadResource.Response:
    """Return an object as it is now, or null if it is gone; as it was, if that cannot be found out."""
    schema = session.resource_type(request.type_name).schema
    resource = session.resource(request.type_name)
    state = require_object(schema, request.current_state, "current_state")
    mask_secrets(schema, state)
    call = session.call(read_private(request.private))
    found: Values | None
    try:
        found = resource.read(dict(state), call)
    except Exception as error:  # noqa: BLE001  # whatever it is, it must reach a person as a diagnostic
        record(call.report, error, f"Reading {request.type_name}")
        found = state
    if found is not None:
        found = stored(schema, found, state, call.report, request.type_name)
    return pb.ReadResource.Response(
        new_state=write_value(schema.value_type, found),
        private=write_private(call.private, request.private),
        diagnostics=messages(call.report.diagnostics, schema.value_type),
    )


def import_resource_state(session: Session, request: pb.ImportResourceState.Request) -> pb.ImportResourceState.Response:
    """Adopt an object that exists."""
    name = request.type_name
    schema = session.resource_type(name).schema
    resource = session.resource(name)
    call = session.call()
    response = pb.ImportResourceState.Response()
    if not isinstance(resource, Importable):
        call.report.error(
            "Import is not supported",
            f"{name} cannot be imported: nothing in dFlow identifies an existing one. Write it as a new resource.",
        )
    else:
        try:
            found = stored(schema, resource.import_state(request.id, call), None, call.report, name)
            imported = response.imported_resources.add(type_name=name, private=write_private(call.private, b""))
            imported.state.CopyFrom(write_value(schema.value_type, found))
        except Exception as error:  # noqa: BLE001  # as above
            record(call.report, error, f"Importing {name}")
    response.diagnostics.extend(messages(call.report.diagnostics, schema.value_type))
    return response


def stored(schema: Schema, returned: Values, fallback: Values | None, report: Report, name: str) -> Values:
    """Make what a hook found a state that Terraform can store; null for what is missing and was not there before."""
    known = fallback or {attribute.name: None for attribute in schema.attributes}
    fitted = fit(schema.value_type, returned, known)
    for problem in [*fitted.wrong, *fitted.open]:
        where = address(problem.path) or "the object"
        detail = f"{name} returned a state that does not fit its schema: {where}: {problem.text}.\n\n{PLEASE_REPORT}"
        report.error(BUG_TITLE, detail, problem.path)
    value = without_secrets(schema, fitted.value if isinstance(fitted.value, dict) else known)
    mask_secrets(schema, value)
    return value
