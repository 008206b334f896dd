"""`dflow_service_variables`: some or all variables of one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import ControlPlaneError, NotFound, Refused
from dflow_provider.resources import variable_rows
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.import_ids import service_for
from dflow_provider.resources.keyed_locks import KeyedLocks
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.service_life import not_an
from dflow_provider.resources.validators import NotBlank
from dflow_provider.resources.variable_rows import Change, NewKeys
from dflow_provider.resources.variable_values import Finding, findings
from dflow_provider.schema import (
    BOOL,
    STRING,
    UNKNOWN,
    Attribute,
    Exposure,
    MapOf,
    OnChange,
    Presence,
    ProviderError,
    Report,
    Schema,
    SetOf,
    Severity,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.services import ServiceVariableRows, VariablesDocument
    from dflow_provider.schema import Call, Path, Value, Values

_WRITING = KeyedLocks()
"""Held while the variables of one service are read, changed and written: dFlow takes the whole list or nothing."""

_ATTEMPTS = 6
_FIRST_WAIT_S = 0.1
_IMPORTED = "imported"
"""Marks, beside the state, a resource whose next update may take over keys that the service has already."""

NOT_SHOWN = "(set outside of this configuration)"
"""What the state shows instead of a foreign value, which may be a secret."""


class ServiceVariables:
    """Keys of one service that this resource owns."""

    schema: ClassVar[Schema] = Schema(
        "Variables of an App or Docker service. The resource owns the keys it names and no other: keys set in the "
        "dashboard or by another `dflow_service_variables` of the same service stay as they are, unless "
        "`exclusive` is set. Variables reach the running service with its next restart or deployment, and only "
        "after dFlow's dashboard saved them to the node.\n\n"
        "A key that the service already has is taken over when its value is the same and refused otherwise, so that "
        "two owners never fight over it.\n\n"
        "Import by service id or by `<environment name>/<service name>`: "
        "`terraform import dflow_service_variables.web shop-production/shop-production-web`. An import reads no "
        "values into the state; the next apply takes over the keys that the configuration names.",
        (
            Attribute("id", STRING, Presence.COMPUTED, "The same as `service_id`."),
            Attribute(
                "service_id",
                STRING,
                Presence.REQUIRED,
                "Id of the App or Docker service. Variables belong to one service, so another service means new "
                "variables there and their removal here.",
                on_change=OnChange.REPLACE,
                validators=(NotBlank(),),
            ),
            Attribute(
                "variables",
                MapOf(STRING),
                Presence.OPTIONAL,
                "Variables whose values may be seen: settings, and reference variables such as "
                "`{{ shop-production-cache.REDIS_URI }}`. They stand in plan and state; secrets belong in "
                "`secret_variables_wo`. Keys are letters, digits and `_`, not starting with a digit. Values with "
                "`$`, `` ` ``, `\"`, `\\` or a line break are refused, because the Worker Node's shell would run or "
                "corrupt them.",
            ),
            Attribute(
                "secret_variables_wo",
                MapOf(STRING),
                Presence.OPTIONAL,
                "Variables whose values are secret, under the same rules as `variables`. Write-only: the values go "
                "to dFlow and stand in no plan and no state; the keys do, in `secret_variable_names`. Sent for keys "
                "that are new or missing in dFlow, and all of them whenever `secret_variables_wo_version` changes.",
                exposure=Exposure.WRITE_ONLY,
            ),
            Attribute(
                "secret_variables_wo_version",
                STRING,
                Presence.OPTIONAL,
                "Any text; change it to send all of `secret_variables_wo` again, for instance after a rotation.",
            ),
            Attribute(
                "secret_variable_names",
                SetOf(STRING),
                Presence.COMPUTED,
                "Keys that this resource owns through `secret_variables_wo`. A key removed by hand drops out, and "
                "the next plan puts it back.",
            ),
            Attribute(
                "exclusive",
                BOOL,
                Presence.OPTIONAL_COMPUTED,
                "Who may have keys on the service. By default (`false`) others may, and theirs are never touched. "
                "With `true` this resource owns every key: foreign ones show up in the plan, without their values, "
                "and are removed.",
                default=False,
            ),
        ),
    )

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

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:
        """Plan which keys are owned as secrets, and check the values that became known since validation."""
        planned["id"] = planned["service_id"]
        secrets = config["secret_variables_wo"]
        planned["secret_variable_names"] = UNKNOWN if isinstance(secrets, Unknown) else [*sorted(_keys(secrets))]
        changed = prior is None or prior["variables"] != planned["variables"]
        for path, finding in _findings(config):
            if finding.severity is Severity.ERROR:
                call.report.error(finding.title, finding.detail, path)
            elif changed or path[0] != "variables":
                call.report.warning(finding.title, finding.detail, path)
        return ()

    @explaining()
    def read(self, state: Values, call: Call) -> Values | None:
        """Return which of the owned keys the service still has, and their plain values."""
        try:
            document = self._rows(call).get(str(state["service_id"]))
        except NotFound:
            return None
        return _state(state, document)

    @explaining()
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Add the keys to the service's variables."""
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
        wanted = _wanted(plan, config)
        secret_before = _keys(prior["secret_variable_names"])
        before = _keys(prior["variables"]) | secret_before
        renewed = plan["secret_variables_wo_version"] != prior["secret_variables_wo_version"]
        resting = set() if renewed else secret_before & _keys(config["secret_variables_wo"])
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
                self._written(service_id, self._rows(call).get(service_id), change, call)
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
            "exclusive": False,
        }

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
            unsettled = _unsettled(prior, plan, document, change)
            try:
                document = self._written(service_id, document, change, call, plan)
            except Refused:
                raise
            except (ControlPlaneError, ProviderError):
                if call.kept is None:
                    call.keep(unsettled)
                raise
        return settled(self.schema, plan, _state(plan, document), call)

    def _written(
        self, service_id: str, document: VariablesDocument, change: Change, call: Call, plan: Values | None = None
    ) -> VariablesDocument:
        """Write until what is read back is what was meant: somebody else may write the same list at the same time.

        With a plan, what holds after each attempt is recorded with `call.keep`.

        Raises:
            ProviderError: others kept overwriting it, or a stop was asked for.
        """
        import random  # noqa: PLC0415 (schemas are read far more often than variables are written)

        rows = self._rows(call)
        for attempt in range(_ATTEMPTS):
            before = document.get("variables") or []
            after = change.applied_to(before)
            if after == before:
                return document
            if attempt and call.stop.wait(_FIRST_WAIT_S * 2**attempt * random.random()):  # noqa: S311 (spreads writers)
                break
            rows.update(service_id, {"variables": after})
            document = rows.get(service_id)
            if plan is not None:
                call.keep(_state(plan, document))
        if change.holds_in(document.get("variables") or []):
            return document
        raise ProviderError(
            "Variables do not stay",
            f"The variables of the service {document['name']!r} were written, but are not all as meant "
            f"afterwards. Somebody else saves the same service at the same time, in the dashboard or from another "
            f"configuration. Apply again when they are done.",
        )


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
        "exclusive": beside["exclusive"],
    }


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
    values = variable_rows.values(document.get("variables") or [])
    there = sorted(key for key in new if key in values)
    different = [key for key in there if values[key] != change.written.get(key, change.restored.get(key))]
    if change.exclusive or change.new_keys is NewKeys.TAKEN_OVER:
        return
    if different:
        raise ProviderError(
            "Variable has another owner",
            f"The service {document['name']!r} has {', '.join(different)} already, with other values than this "
            f"configuration gives. Another dflow_service_variables or somebody in the dashboard set them. Leave them "
            f"out here, or remove them there, or take them over: terraform import dflow_service_variables.<name in "
            f"your configuration> {document['id']}",
            ("service_id",),
        )
    if there:
        call.report.warning(
            "Variable was there already",
            f"The service {document['name']!r} had {', '.join(there)} with the same value. This resource owns them "
            f"from now on and removes them when it is destroyed; name each key in one place only.",
        )
