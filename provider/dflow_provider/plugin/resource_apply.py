"""ApplyResourceChange: whatever a hook does, Terraform learns of every object that exists."""

from __future__ import annotations

from dataclasses import dataclass
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
    from dflow_provider.schema import Call, Path, Resource, Schema, Value, Values

FAILURES = (Exception, SystemExit)
"""What a hook may end with. An exit must not get through: it would end the thread, and lose the object."""


def apply_resource_change(session: Session, request: pb.ApplyResourceChange.Request) -> pb.ApplyResourceChange.Response:
    """Create, change or destroy an object, and return the state it is in now."""
    kind = session.resource_type(request.type_name)
    schema = kind.schema
    resource = session.resource(request.type_name)
    prior = read_object(schema, request.prior_state, "prior_state")
    planned = read_object(schema, request.planned_state, "planned_state")
    call = session.call(read_private(request.planned_private))
    mask_secrets(schema, prior, planned)

    state: Values | None = prior
    if planned is None:
        if prior is not None:
            state = _Change(resource, request.type_name, schema, prior, {}, call).delete(prior)
    else:
        config = require_object(schema, request.config, "config")
        mask_secrets(schema, config)
        check_config(kind, schema, config, call.report, request.type_name)
        if not call.report.has_errors:  # what became known only now is refused before anything happens
            change = _Change(resource, request.type_name, schema, planned, config, call)
            state = change.create() if prior is None else change.update(prior)

    mask_secrets(schema, state)
    return pb.ApplyResourceChange.Response(
        new_state=write_value(schema.value_type, state),
        private=write_private(call.private, request.planned_private),
        diagnostics=messages(call.report.diagnostics, schema.value_type),
    )


@dataclass(frozen=True)
class _Change:
    """One change of one object. Hooks get copies: they may change them, and the result is held to the plan."""

    resource: Resource
    name: str
    schema: Schema
    planned: Values
    config: Values
    call: Call

    def create(self) -> Values | None:
        returned: Values | None = None
        try:
            returned = self.resource.create(copied_object(self.planned), copied_object(self.config), self.call)
        except FAILURES as error:
            record(self.call.report, error, f"Creating {self.name}")
        if returned is None:
            self._require_an_error("Creating")
            returned = self.call.kept
        return None if returned is None else self._settled(returned, fallback=self.planned)

    def update(self, prior: Values) -> Values:
        planned, config = copied_object(self.planned), copied_object(self.config)
        returned: Values | None = None
        try:
            returned = self.resource.update(copied_object(prior), planned, config, self.call)
        except FAILURES as error:
            record(self.call.report, error, f"Updating {self.name}")
        if returned is None:
            self._require_an_error("Updating")
            returned = self.call.kept
        if returned is None:
            return prior
        # After a failure only what the hook says is known to have changed; everything else is as it was.
        return self._settled(returned, fallback=prior if self.call.report.has_errors else self.planned)

    def delete(self, prior: Values) -> Values | None:
        try:
            self.resource.delete(copied_object(prior), self.call)
        except FAILURES as error:
            record(self.call.report, error, f"Deleting {self.name}")
        if not self.call.report.has_errors:
            return None
        # Better one read too many, which finds the object gone, than an object nobody knows of.
        return prior if self.call.kept is None else self._settled(self.call.kept, fallback=prior)

    def _require_an_error(self, doing: str) -> None:
        report = self.call.report
        if not report.has_errors:
            report.error(BUG_TITLE, f"{doing} {self.name} returned no state and no error.\n\n{PLEASE_REPORT}")

    def _settled(self, returned: Values, *, fallback: Values) -> Values:
        """Make a returned state one that Terraform accepts, and report what had to be done."""
        type_, report = self.schema.value_type, self.call.report
        failed = report.has_errors
        fitted = fit(type_, returned, fallback)
        for problem in fitted.wrong if failed else [*fitted.wrong, *fitted.open]:
            where = f"{address(problem.path) or 'the object'}: {problem.text}"
            story = f"{self.name} returned a state that does not fit its schema: {where}."
            report.error(BUG_TITLE, f"{story}\n\n{PLEASE_REPORT}", problem.path)
        value = fitted.value if isinstance(fitted.value, dict) else known_object(fallback)
        state = without_secrets(self.schema, value)
        if failed or fitted.wrong:
            return state
        held, differences = hold_to_plan(type_, state, self.planned)
        for difference in differences:
            log.warn("the result differs from the plan", resource=self.name, problem=difference.text)
            if _value_at(self.config, difference.path) is None:
                continue  # nobody asked for a value here; a refresh learns the new one by itself
            story = f"{self.name} now has {difference.text}. The next plan shows the difference."
            report.warning("Result differs from the plan", story, difference.path)
        return held if isinstance(held, dict) else state


def _value_at(value: Value, path: Path) -> Value:
    for step in path:
        match value, step:
            case dict(), str():
                value = value.get(step)
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                return None
    return value
