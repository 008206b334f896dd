"""PlanResourceChange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.paths import attribute_path
from dflow_provider.plugin.planning import planned_values, replacements, without_secrets
from dflow_provider.plugin.reporting import messages, record
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.wire import read_object, read_private, require_object, write_private, write_value
from dflow_provider.schema import PlansChanges, PlansDestroy

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import Call, Resource, Schema, Values


def plan_resource_change(session: Session, request: pb.PlanResourceChange.Request) -> pb.PlanResourceChange.Response:
    """Plan the creation, change or destruction of an object."""
    schema = session.resource_type(request.type_name).schema
    resource = session.resource(request.type_name)
    prior = read_object(schema, request.prior_state, "prior_state")
    proposed = read_object(schema, request.proposed_new_state, "proposed_new_state")
    call = session.call(read_private(request.prior_private))
    response = pb.PlanResourceChange.Response()

    if proposed is None:
        if prior is not None:
            mask_secrets(schema, prior)
            _plan_destroy(resource, prior, call, request.type_name)
        response.planned_state.CopyFrom(write_value(schema.value_type, None))
    else:
        config = require_object(schema, request.config, "config")
        mask_secrets(schema, prior, proposed, config)
        planned = planned_values(schema, prior, proposed, config)
        paths = _plan_change(resource, schema, (prior, planned, config), call, request.type_name)
        response.planned_state.CopyFrom(write_value(schema.value_type, without_secrets(schema, planned)))
        response.requires_replace.extend(attribute_path(schema.value_type, path) for path in paths)

    response.planned_private = write_private(call.private, request.prior_private)
    response.diagnostics.extend(messages(call.report.diagnostics, schema.value_type))
    return response


def _plan_destroy(resource: Resource, prior: Values, call: Call, name: str) -> None:
    if not isinstance(resource, PlansDestroy):
        return
    try:
        resource.plan_destroy(prior, call)
    except Exception as error:  # noqa: BLE001  # whatever it is, it must reach a person as a diagnostic
        record(call.report, error, f"Planning to destroy {name}")


def _plan_change(
    resource: Resource, schema: Schema, values: tuple[Values | None, Values, Values], call: Call, name: str
) -> list[tuple[str | int, ...]]:
    prior, planned, config = values
    paths = []
    if isinstance(resource, PlansChanges):
        try:
            paths = list(resource.plan_change(prior, planned, config, call))
        except Exception as error:  # noqa: BLE001  # as above
            record(call.report, error, f"Planning {name}")
    if prior is not None:
        paths += replacements(schema, prior, planned)
    return list(dict.fromkeys(paths))
