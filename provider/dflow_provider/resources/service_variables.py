"""`dflow_service_variables`: some or all variables of one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import ControlPlaneError, NotFound, Refused
from dflow_provider.resources import variable_rows
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.import_ids import service_for
from dflow_provider.resources.keyed_locks import KeyedLocks
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.secret_tags import SecretTags
from dflow_provider.resources.service_life import not_an
from dflow_provider.resources.service_variables_schema import SCHEMA
from dflow_provider.resources.variable_command import TITLE, VariableCommand
from dflow_provider.resources.variable_rows import Change, NewKeys
from dflow_provider.resources.variable_values import Finding, findings
from dflow_provider.resources.variable_writing import NothingWritten, write
from dflow_provider.schema import UNKNOWN, ProviderError, Report, Severity, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.services import ServiceVariableRows, VariablesDocument
    from dflow_provider.schema import Call, Path, Schema, Value, Values

_WRITING = KeyedLocks()
"""Held while the variables of one service are read, changed and written: dFlow takes the whole list or nothing."""

_IMPORTED = "imported"
"""Marks, beside the state, a resource whose next update may take over keys that the service has already."""

NOT_SHOWN = "(set outside of this configuration)"
"""What the state shows instead of a foreign value, which may be a secret."""


class ServiceVariables:
    """Keys of one service that this resource owns."""

    schema: ClassVar[Schema] = SCHEMA

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse keys and values that would not survive the way to the node, as far as they are known."""
        both = sorted(_keys(config["variables"]) & _keys(config["secret_variables_wo"]))
        if both:
            report.error(
                "Variable is given twice",
                f"{', '.join(both)}: in variables and in secret_variables_wo. Keep each in one of them.",
                ("secret_variables_wo", both[0]),
            )
        for path, finding in _findings(config):
            if finding.severity is Severity.ERROR:
                report.error(finding.title, finding.detail, path)
        _refuse_too_long(config, report)

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:
        """Plan which keys are owned as secrets, and check the values that became known since validation."""
        planned["id"] = planned["service_id"]
        secrets = config["secret_variables_wo"]
        planned["secret_variable_names"] = UNKNOWN if isinstance(secrets, Unknown) else [*sorted(_keys(secrets))]
        planned["secret_variables_changed"] = []
        if prior is not None:
            _tell_of_changed(_keys(prior["secret_variables_changed"]) & _keys(secrets), call)
        changed = prior is None or prior["variables"] != planned["variables"]
        for path, finding in _findings(config):
            if finding.severity is Severity.ERROR:
                call.report.error(finding.title, finding.detail, path)
            elif changed or path[0] != "variables":
                call.report.warning(finding.title, finding.detail, path)
        _refuse_too_long(config, call.report)
        return ()

    @explaining()
    def read(self, state: Values, call: Call) -> Values | None:
        """Return which of the owned keys the service still has, their plain values, and which secrets are others."""
        try:
            document = self._rows(call).get(str(state["service_id"]))
        except NotFound:
            return None
        secret = _owned(document, state)
        changed = self._tags(call).changed(secret) if secret else []
        return {**_state(state, document), "secret_variables_changed": [*changed]}

    @explaining()
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Add the keys to the service's variables."""
        plan = _with_names(plan, config)
        wanted = _wanted(plan, config)
        change = Change(
            written=wanted,
            restored={},
            removed=frozenset(),
            new_keys=NewKeys.REFUSED_IF_DIFFERENT,
            exclusive=plan["exclusive"] is True,
        )
        return self._applied(None, plan, change, frozenset(wanted), call)

    @explaining()
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:
        """Write what changed, put back what is missing, remove what is not owned any more."""
        plan = _with_names(plan, config)
        wanted = _wanted(plan, config)
        secret_before = _keys(prior["secret_variable_names"])
        before = _keys(prior["variables"]) | secret_before
        renewed = plan["secret_variables_wo_version"] != prior["secret_variables_wo_version"]
        unchanged = secret_before - _keys(prior["secret_variables_changed"])
        resting = set() if renewed else unchanged & _keys(config["secret_variables_wo"])
        imported = call.private.pop(_IMPORTED, None) is True
        change = Change(
            written={key: value for key, value in wanted.items() if key not in resting},
            restored={key: value for key, value in wanted.items() if key in resting},
            removed=before - wanted.keys(),
            new_keys=NewKeys.TAKEN_OVER if imported else NewKeys.REFUSED_IF_DIFFERENT,
            exclusive=plan["exclusive"] is True,
        )
        return self._applied(prior, plan, change, frozenset(wanted.keys() - before), call)

    @explaining()
    def delete(self, state: Values, call: Call) -> None:
        """Remove the owned keys; a service that is gone has none."""
        change = Change(
            written={},
            restored={},
            removed=_keys(state["variables"]) | _keys(state["secret_variable_names"]),
            new_keys=NewKeys.TAKEN_OVER,
            exclusive=state["exclusive"] is True,
        )
        service_id = str(state["service_id"])
        with _WRITING.holding(service_id, call.stop):
            try:
                self._written(self._rows(call).get(service_id), change, frozenset(), call)
            except NotFound:
                return

    @explaining()
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the service by its id or by `<environment name>/<service name>`; no value is read into the state."""
        service = service_for(self._backend.control_plane.during(call.stop.wait), import_id)
        _refuse_database(service["type"], service["name"])
        call.private[_IMPORTED] = True
        return {
            "id": service["id"],
            "service_id": service["id"],
            "variables": None,
            "secret_variables_wo": None,
            "secret_variables_wo_version": None,
            "secret_variable_names": [],
            "secret_variables_changed": [],
            "exclusive": False,
        }

    def _tags(self, call: Call) -> SecretTags:
        return SecretTags(call.private, self._backend.tag_key(self._rows(call).tenant_id))

    def _rows(self, call: Call) -> ServiceVariableRows:
        return self._backend.control_plane.during(call.stop.wait).service_variables

    def _applied(self, prior: Values | None, plan: Values, change: Change, new: frozenset[str], call: Call) -> Values:
        service_id = str(plan["service_id"])
        with _WRITING.holding(service_id, call.stop):
            try:
                document = self._rows(call).get(service_id)
            except NotFound:
                dflow = self._backend.control_plane.during(call.stop.wait)
                raise not_an(dflow, "service", service_id, ("service_id",)) from None
            _refuse_database(document["type"], document["name"])
            _check_owners(document, change, new, call)
            _refuse_too_long_together(document, change)
            unsettled = _unsettled(prior, plan, document, change)
            standing = variable_rows.values(document.get("variables") or []).keys()
            secret = _keys(plan["secret_variable_names"])
            sent = secret & (change.written.keys() | (change.restored.keys() - standing))
            if secret or _keys(prior["secret_variable_names"] if prior else None):
                tags = self._tags(call)
                tags.keep_only(secret)
                tags.expect({key: {**change.restored, **change.written}[key] for key in sent})
            try:
                document = self._written(document, change, new, call, plan)
            except (Refused, NothingWritten):
                raise
            except (ControlPlaneError, ProviderError):
                if call.kept is None:
                    call.keep(unsettled)
                raise
        values = _owned(document, plan)
        if values:
            self._tags(call).remember({key: value for key, value in values.items() if key in sent})
        return settled(self.schema, plan, _state(plan, document), call)

    def _written(
        self, document: VariablesDocument, change: Change, new: frozenset[str], call: Call, plan: Values | None = None
    ) -> VariablesDocument:
        """Write the change, and with a plan record what holds after each write with `call.keep`."""

        def keep(document: VariablesDocument) -> None:
            if plan is not None:
                call.keep(_state(plan, document))

        def check(document: VariablesDocument) -> None:
            _refuse_foreign(document, change, new)
            _refuse_too_long_together(document, change)

        return write(self._rows(call), document, change, call.stop.wait, check=check, written=keep)


def _wanted(plan: Values, config: Values) -> dict[str, str]:
    """Return all owned keys with their values.

    Raises:
        ProviderError: a value that became known only now would not survive the way to the node.
    """
    secrets = config["secret_variables_wo"]
    now = {"variables": plan["variables"], "secret_variables_wo": secrets}
    errors = [(path, finding) for path, finding in _findings(now) if finding.severity is Severity.ERROR]
    if errors:
        path, first = errors[0]
        others = sorted({finding.key for _, finding in errors[1:]} - {first.key})
        more = f" The same or another problem holds for {', '.join(others)}." if others else ""
        raise ProviderError(first.title, f"{first.detail}{more}", path)
    return {
        key: value
        for given in (plan["variables"], secrets)
        if isinstance(given, dict)
        for key, value in given.items()
        if isinstance(value, str)
    }


def _findings(config: Values) -> Iterator[tuple[Path, Finding]]:
    for name in ("variables", "secret_variables_wo"):
        given = config[name]
        for key, value in given.items() if isinstance(given, dict) else ():
            if value is None:
                yield (
                    (name, key),
                    Finding(
                        Severity.ERROR,
                        key,
                        "Variable has no value",
                        f"{key} is null. Give it a value, or leave it out.",
                    ),
                )
            else:
                for finding in findings(key, value if isinstance(value, str) else None):
                    yield (name, key), finding


def _keys(value: Value) -> frozenset[str]:
    """Return the keys of a map, or the elements of a set, of names."""
    return frozenset(str(key) for key in value) if isinstance(value, dict | list) else frozenset()


def _state(beside: Values, document: VariablesDocument) -> Values:
    """Return the state: of the keys that are owned according to `beside`, those that the service has."""
    values = variable_rows.values(document.get("variables") or [])
    secret = _keys(beside["secret_variable_names"])
    plain: Values = {key: values[key] for key in sorted(_keys(beside["variables"])) if key in values}
    if beside["exclusive"] is True:
        plain |= {key: NOT_SHOWN for key in sorted(values) if key not in plain and key not in secret}
    return {
        "id": document["id"],
        "service_id": document["id"],
        "variables": plain if plain or beside["variables"] is not None else None,
        "secret_variables_wo": None,
        "secret_variables_wo_version": beside["secret_variables_wo_version"],
        "secret_variable_names": [key for key in sorted(secret) if key in values],
        "secret_variables_changed": [],
        "exclusive": beside["exclusive"],
    }


def _with_names(plan: Values, config: Values) -> Values:
    """Return the plan with the names of secrets that became known only now."""
    return {**plan, "secret_variable_names": [*sorted(_keys(config["secret_variables_wo"]))]}


def _owned(document: VariablesDocument, beside: Values) -> dict[str, str]:
    """Return the values of the secrets that are owned according to `beside`, as dFlow has them."""
    secret = _keys(beside["secret_variable_names"])
    values = variable_rows.values(document.get("variables") or [])
    return {key: value for key, value in values.items() if key in secret}


def _tell_of_changed(names: frozenset[str], call: Call) -> None:
    if names:
        call.report.warning(
            "Secret was changed by hand",
            f"dFlow has other values of {', '.join(sorted(names))} than were applied last. The apply puts the "
            f"configured values back. If the new ones are right, put them into the configuration's source first.",
            ("secret_variables_changed",),  # Terraform prints the line of a configured attribute, values and all
        )


def _unsettled(prior: Values | None, plan: Values, document: VariablesDocument, change: Change) -> Values:
    """Return the state if a write fails and nobody knows whether it arrived.

    That is what was owned before, and the keys that nobody but this write can have added.
    """
    before = prior or {**plan, "variables": None, "secret_variable_names": []}
    added = (change.restored.keys() | change.written.keys()) - variable_rows.values(
        document.get("variables") or []
    ).keys()
    plain = before["variables"] if isinstance(before["variables"], dict) else {}
    planned = plan["variables"] if isinstance(plan["variables"], dict) else {}
    plain = {**plain, **{key: planned[key] for key in sorted(added & planned.keys())}}
    secret = _keys(before["secret_variable_names"]) | (added - planned.keys())
    return {
        **before,
        "id": document["id"],
        "variables": plain or before["variables"],
        "secret_variable_names": [*sorted(secret)],
    }


def _refuse_too_long(config: Values, report: Report) -> None:
    """Refuse values that do not fit the one command that sets them, as far as they are known."""
    known = {
        key: value if isinstance(value, str) else ""
        for name in ("variables", "secret_variables_wo")
        if isinstance(given := config[name], dict)
        for key, value in given.items()
    }
    command = VariableCommand.of_known(known)
    if command.is_too_long:
        report.error(TITLE, command.refusal(), ("service_id",))  # the line of a value would be shown with the value


def _refuse_too_long_together(document: VariablesDocument, change: Change) -> None:
    """Refuse what does not fit the command together with the variables of others; less than there is always goes.

    Raises:
        NothingWritten: the service's variables would be too long.
    """
    before = document.get("variables") or []
    command = VariableCommand.of_rows(change.applied_to(before))
    if command.is_too_long and not change.holds_in(before) and command.length >= VariableCommand.of_rows(before).length:
        ours = change.written.keys() | change.restored.keys()
        raise NothingWritten(TITLE, command.refusal_for(document["name"], ours), ("service_id",))


def _refuse_database(type_: str, name: str) -> None:
    if type_ == "database":
        raise ProviderError(
            "Service takes no variables",
            f"The service {name!r} is a database, and dFlow uses variables of App and Docker services alone. Set "
            f"them on the services that connect to it.",
            ("service_id",),
        )


def _check_owners(document: VariablesDocument, change: Change, new: frozenset[str], call: Call) -> None:
    """Refuse keys that somebody else set to something else; say so when the values agree."""
    _refuse_foreign(document, change, new)
    if change.exclusive or change.new_keys is NewKeys.TAKEN_OVER:
        return
    if there := sorted(new & variable_rows.values(document.get("variables") or []).keys()):
        call.report.warning(
            "Variable was there already",
            f"The service {document['name']!r} had {', '.join(there)} with the same value. This resource owns them "
            f"from now on and removes them when it is destroyed; name each key in one place only.",
        )


def _refuse_foreign(document: VariablesDocument, change: Change, new: frozenset[str]) -> None:
    """Refuse keys that somebody else set to something else.

    Raises:
        NothingWritten: there are such keys.
    """
    if change.exclusive or change.new_keys is NewKeys.TAKEN_OVER:
        return
    values = variable_rows.values(document.get("variables") or [])
    different = sorted(
        key for key in new & values.keys() if values[key] != change.written.get(key, change.restored.get(key))
    )
    if different:
        raise NothingWritten(
            "Variable has another owner",
            f"The service {document['name']!r} has {', '.join(different)} already, with other values than this "
            f"configuration gives. Another dflow_service_variables or somebody in the dashboard set them. Leave them "
            f"out here, or remove them there, or take them over: terraform import dflow_service_variables.<name in "
            f"your configuration> {document['id']}",
            ("service_id",),
        )
