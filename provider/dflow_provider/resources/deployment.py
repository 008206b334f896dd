"""`dflow_deployment`: one deployment of a service, waited for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.deployment_status import DeploymentStatus
from dflow_provider.control_plane.errors import AnswerLost, Failed, NotFound, Overloaded
from dflow_provider.resources.deployment_start import (
    NEVER_BUILT,
    Start,
    also_deployed,
    push_to,
    source_of,
)
from dflow_provider.resources.deployment_wait import DeploymentWait, Limits
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.keyed_locks import KeyedLocks
from dflow_provider.resources.record_lookup import record_with_id
from dflow_provider.resources.validators import NotBlank, OneOf
from dflow_provider.schema import (
    NUMBER,
    STRING,
    Attribute,
    MapOf,
    OnChange,
    Presence,
    ProviderError,
    Schema,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.deployment_progress import ProgressDocument
    from dflow_provider.control_plane.errors import ControlPlaneError
    from dflow_provider.control_plane.services import ServiceDocument
    from dflow_provider.resources.deployment_start import Source
    from dflow_provider.schema import Call, Path, Value, Values

_APPEARS_WITHIN_S = 30.0
"""How long after a push its deployment is looked for; dFlow makes the record before it answers, or soon after."""


_PUSHING = KeyedLocks()
"""Held from the look for a deployment until one is there: one push deploys all services of a source."""


@dataclass(frozen=True)
class _Minutes:
    description: str = "a number of minutes above 0"

    def problem(self, value: Value) -> str | None:
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and value > 0:
            return None
        return f"{value} is no time to wait; use {self.description}."


class Deployment:
    """A deployment that happens when the resource is created, and again whenever its triggers change."""

    schema: ClassVar[Schema] = Schema(
        "Deploys a service and waits for the outcome: the apply fails when the build fails, with the end of its log. "
        "It happens once when the resource is created, and again when `triggers` change.\n\n"
        "dFlow's REST API cannot deploy a service by itself. What it has is GitHub's webhook: for an App service whose "
        "source is a GitHub App this resource reports a push to the service's branch, signed with the App's webhook "
        "secret, and dFlow builds what the branch holds on GitHub at that moment. **dFlow then deploys every service "
        'of that App, repository and branch**, which the plan names. For every other service set `start = "manual"`: '
        "the apply then waits until somebody presses Deploy in the dashboard.\n\n"
        "Destroying the resource does nothing: what was deployed runs on. A deployment that failed or was not waited "
        "for to its end is repeated by the next apply. It cannot be imported.",
        (
            Attribute("id", STRING, Presence.COMPUTED, "The same as `deployment_id`."),
            Attribute(
                "service_id",
                STRING,
                Presence.REQUIRED,
                "Id of the service. Take it from the resource that has to be ready first, and name others, such as the "
                "service's variables, in `depends_on`.",
                on_change=OnChange.REPLACE,
                validators=(NotBlank(),),
            ),
            Attribute(
                "triggers",
                MapOf(STRING),
                Presence.OPTIONAL,
                "Any texts; a change deploys again. For instance the commit, or the version of the service's secrets. "
                "Without any, the service is deployed once.",
                on_change=OnChange.REPLACE,
            ),
            Attribute(
                "start",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "What starts the deployment. By default `github_push`, the signed report of a push; refused at plan "
                "for a service that it does not reach. With `manual` the apply waits until somebody presses Deploy.",
                default=Start.GITHUB_PUSH.value,
                validators=(OneOf(tuple(start.value for start in Start)),),
            ),
            Attribute(
                "timeout_minutes",
                NUMBER,
                Presence.OPTIONAL_COMPUTED,
                "How long to wait for the deployment's end in minutes, with `manual` including the wait for somebody "
                "to begin. By default 30. The deployment itself goes on when the time is over.",
                default=30,
                validators=(_Minutes(),),
            ),
            Attribute(
                "queued_timeout_minutes",
                NUMBER,
                Presence.OPTIONAL_COMPUTED,
                "How long a deployment may stay `queued` in minutes before that counts as a failure. By default 10. "
                "dFlow itself waits for ever, also for a worker that does not exist.",
                default=10,
                validators=(_Minutes(),),
            ),
            Attribute("deployment_id", STRING, Presence.COMPUTED, "The deployment's id in dFlow."),
            Attribute("status", STRING, Presence.COMPUTED, "`success`, once applied without an error."),
            Attribute("created_at", STRING, Presence.COMPUTED, "When it was asked for, as an RFC 3339 time in UTC."),
            Attribute(
                "finished_at",
                STRING,
                Presence.COMPUTED,
                "When dFlow noted its outcome, as an RFC 3339 time in UTC; null until then.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @explaining()
    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Say what a new deployment starts, or why nothing can start it."""
        service_id, start = planned["service_id"], planned["start"]
        if prior is not None or isinstance(start, Unknown) or not self._backend.is_known:
            return ()
        if isinstance(service_id, Unknown):
            if start == Start.MANUAL.value:
                _tell_to_press("the service", "dFlow's dashboard", planned, call)
            return ()
        dflow = self._dflow(call)
        service = record_with_id(dflow, dflow.services, str(service_id), ("service_id",))
        if start == Start.MANUAL.value:
            _tell_to_press(f"the service {service['name']!r}", dflow.dashboard, planned, call)
        else:
            _tell_what_starts(dflow, service, call)
        return ()

    @explaining()
    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Have the service deployed and wait for the outcome."""
        dflow = self._dflow(call)
        service = record_with_id(dflow, dflow.services, str(plan["service_id"]), ("service_id",))
        limits = Limits(_seconds(plan["timeout_minutes"]), _seconds(plan["queued_timeout_minutes"]))
        wait = DeploymentWait(dflow, service, limits, call.stop)
        if plan["start"] == Start.MANUAL.value:
            begun = wait.begun(limits.whole_s)
            if begun is None:
                raise _nobody_pressed(dflow, service)
        else:
            begun = _pushed(dflow, service, wait, min(_APPEARS_WITHIN_S, limits.queued_s), call)
        done = wait.ended(begun, lambda document: call.keep(_state(plan, document)))
        return _state(plan, done)

    @explaining()
    def read(self, state: Values, call: Call) -> Values | None:
        """Return how the deployment stands; without its record it stays what it was, as long as the service exists."""
        dflow = self._dflow(call)
        try:
            return _state(state, dflow.deployment_progress.get(str(state["deployment_id"])))
        except NotFound:
            pass
        try:
            dflow.services.get(str(state["service_id"]))
        except NotFound:
            return None
        return state

    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Take the new settings; they matter for the next deployment alone."""
        return plan

    def delete(self, state: Values, call: Call) -> None:
        """Do nothing: what was deployed runs on."""

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _pushed(
    dflow: ControlPlane, service: ServiceDocument, wait: DeploymentWait, within_s: float, call: Call
) -> ProgressDocument:
    """Report a push and return the deployment that came of it, or of another resource's push meanwhile."""
    source = source_of(dflow, service)
    with _PUSHING.holding((dflow.tenant, source), call.stop):
        begun = wait.begun(0)
        if begun is not None:
            return begun
        push = push_to(dflow, source)
        lost: ControlPlaneError | None = None
        try:
            dflow.report(push)
        except (AnswerLost, Overloaded) as error:
            lost = error  # dFlow may have taken it
        except Failed as error:
            lost, within_s = error, 0.0  # dFlow is done with it, and may have failed after it made the record
        begun = wait.begun(within_s)
        if begun is None:
            raise lost or _nothing_started(service, source)
        return begun


def _state(beside: Values, document: ProgressDocument) -> Values:
    final = document["status"] in {status.value for status in DeploymentStatus if status.is_final}
    # dFlow writes a deployment again when its service goes to the trash; the first time that was seen stands.
    known = beside.get("finished_at")
    return {
        **beside,
        "id": document["id"],
        "deployment_id": document["id"],
        "status": document["status"],
        "created_at": document["createdAt"],
        "finished_at": (known if isinstance(known, str) else document["updatedAt"]) if final else None,
    }


def _seconds(minutes: Value) -> float:
    return float(minutes) * 60 if isinstance(minutes, int | Decimal) else 0.0


def _tell_what_starts(dflow: ControlPlane, service: ServiceDocument, call: Call) -> None:
    source = source_of(dflow, service)
    builder = service.get("builder")
    if builder in NEVER_BUILT:
        call.report.warning(
            "dFlow does not run this builder",
            f"The service {service['name']!r} has the builder {builder}. dFlow accepts it and queues the deployment, "
            f"but the public control plane has no worker for it, so it stays queued. Choose buildPacks, railpack, "
            f"dockerfile or static.",
            ("service_id",),
        )
    others = also_deployed(dflow, source, service["id"])
    if others:
        call.report.warning(
            "Other services are deployed too",
            f"dFlow deploys every service of the same GitHub App, repository ({source.repository}) and branch "
            f"({source.branch}) at once. Besides {service['name']} that is {', '.join(others)}. To deploy one alone "
            f"give it a branch of its own. Several dflow_deployment that begin together share one push.",
            ("service_id",),
        )


def _tell_to_press(service: str, where: str, planned: Values, call: Call) -> None:
    minutes = planned["timeout_minutes"]
    limit = "" if isinstance(minutes, Unknown) else f" for up to {minutes} minutes"
    call.report.warning(
        "Somebody has to press Deploy",
        f"The apply waits{limit} until somebody opens {where} and presses Deploy at {service}, and then for the "
        f"outcome. Press it after the apply has begun to wait; an earlier deployment does not count.",
        ("start",),
    )


def _nobody_pressed(dflow: ControlPlane, service: ServiceDocument) -> ProviderError:
    return ProviderError(
        "Nobody pressed Deploy",
        f"The service {service['name']!r} got no new deployment while the apply waited. Apply again, open "
        f"{dflow.dashboard} and press Deploy at the service, or give it more time with timeout_minutes.",
        ("timeout_minutes",),
    )


def _nothing_started(service: ServiceDocument, source: Source) -> ProviderError:
    return ProviderError(
        "dFlow started no deployment",
        f"dFlow took the report of a push to {source.branch} of {source.repository} and made no deployment of the "
        f"service {service['name']!r}. It answers alike when the signature does not fit, so the App's webhook secret "
        f"may have been changed, or the service's source at this moment. Deploy once from the dashboard; if "
        f'that works, set start = "manual" and report it.',
        ("start",),
    )
