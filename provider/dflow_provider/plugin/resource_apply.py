"""ApplyResourceChange: whatever a hook does, Terraform learns of every object that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider import log
from dflow_provider.plugin.coding import address
from dflow_provider.plugin.copying import copied_object, known_object
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.planning import without_secrets
from dflow_provider.plugin.reporting import BUG_TITLE, PLEASE_REPORT, messages, record
from dflow_provider.plugin.results import fit, hold_to_plan
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.validation import check_config
from dflow_provider.plugin.wire import read_object, read_private, require_object, write_private, write_value

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import Call, Resource, Schema, Values


def apply_resource_change(session: Session, request: pb.ApplyResourceChange.Request) -> pb.ApplyResourceChange.Response:
    """Create, change or destroy an object, and return the state it is in now."""
    kind = session.resource_type(request.type_name)
    schema = kind.schema
    resource = session.resource(request.type_name)
    prior = read_object(schema, request.prior_state)
    planned = read_object(schema, request.planned_state)
    call = session.call(read_private(request.planned_private))
    mask_secrets(schema, prior, planned)

    state: Values | None
    if planned is None:
        state = None if prior is None else _delete(resource, schema, prior, call, request.type_name)
    else:
        config = require_object(schema, request.config)
        mask_secrets(schema, config)
        check_config(kind, schema, config, call.report, request.type_name)
        if call.report.has_errors:  # values that became known only now, and are refused before anything happens
            state = prior
        elif prior is None:
            state = _create(resource, schema, planned, config, call, request.type_name)
        else:
            state = _update(resource, schema, (prior, planned, config), call, request.type_name)

    mask_secrets(schema, state)
    return pb.ApplyResourceChange.Response(
        new_state=write_value(schema.value_type, state),
        private=write_private(call.private, request.planned_private),
        diagnostics=messages(call.report.diagnostics, schema.value_type),
    )


def _create(
    resource: Resource, schema: Schema, planned: Values, config: Values, call: Call, name: str
) -> Values | None:
    # The hook gets values of its own: it may change them, and the plan is what its result is held to.
    returned: Values | None
    try:
        returned = resource.create(copied_object(planned), copied_object(config), call)
    except Exception as error:  # noqa: BLE001  # anything else would lose the object that may exist by now
        record(call.report, error, f"Creating {name}")
        returned = call.kept
    if returned is None:
        returned = call.kept
    if returned is None:
        if not call.report.has_errors:
            call.report.error(BUG_TITLE, f"Creating {name} returned no state and no error.\n\n{PLEASE_REPORT}")
        return None
    return _settled(schema, returned, planned, planned, call, name)


def _update(resource: Resource, schema: Schema, values: tuple[Values, Values, Values], call: Call, name: str) -> Values:
    prior, planned, config = values
    returned: Values | None
    try:
        returned = resource.update(copied_object(prior), copied_object(planned), copied_object(config), call)
    except Exception as error:  # noqa: BLE001  # as above
        record(call.report, error, f"Updating {name}")
        returned = None
    if returned is None:
        if not call.report.has_errors:
            call.report.error(BUG_TITLE, f"Updating {name} returned no state and no error.\n\n{PLEASE_REPORT}")
        returned = call.kept
    if returned is None:
        return prior
    # After a failure only what the hook says is known to have changed; everything else is as it was.
    return _settled(schema, returned, prior if call.report.has_errors else planned, planned, call, name)


def _delete(resource: Resource, schema: Schema, prior: Values, call: Call, name: str) -> Values | None:
    try:
        resource.delete(copied_object(prior), call)
    except Exception as error:  # noqa: BLE001  # as above
        record(call.report, error, f"Deleting {name}")
    if not call.report.has_errors:
        return None
    # Better one read too many, which finds the object gone, than an object nobody knows of.
    return prior if call.kept is None else _settled(schema, call.kept, prior, prior, call, name)


def _settled(schema: Schema, returned: Values, fallback: Values, planned: Values, call: Call, name: str) -> Values:
    """Make a returned state one that Terraform accepts, and report what had to be done."""
    type_ = schema.value_type
    failed = call.report.has_errors
    fitted = fit(type_, returned, fallback)
    problems = fitted.wrong if failed else [*fitted.wrong, *fitted.open]
    for problem in problems:
        where = address(problem.path) or "the object"
        detail = f"{name} returned a state that does not fit its schema: {where}: {problem.text}.\n\n{PLEASE_REPORT}"
        call.report.error(BUG_TITLE, detail, problem.path)
    state = without_secrets(schema, fitted.value if isinstance(fitted.value, dict) else known_object(fallback))
    if failed or fitted.wrong:
        return state
    held, differences = hold_to_plan(type_, state, planned)
    for difference in differences:
        log.warn("the result differs from the plan", resource=name, problem=difference.text)
        call.report.warning(
            "Result differs from the plan",
            f"{name} now has {difference.text}. The next plan shows the difference.",
            difference.path,
        )
    return held if isinstance(held, dict) else state
