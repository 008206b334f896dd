"""Every call Terraform makes, by its path, independent of what carries it: `{path: bytes -> bytes}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dflow_provider import log
from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.kept_answers import SERVICE
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.reporting import BUG_TITLE, messages, record
from dflow_provider.schema import Report
from dflow_provider.schema.on_demand import OnDemand, cannot_load

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_provider.plugin.in_flight import InFlight
    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.plugin.session import Session

CHANGING = "ApplyResourceChange"
"""The call that must not be cut off."""

_HANDLERS: OnDemand[Callable[[Session, Any], Any]] = OnDemand(
    {
        "GetMetadata": "schema_message:get_metadata",
        "GetProviderSchema": "schema_message:get_provider_schema",
        "GetResourceIdentitySchemas": "schema_message:get_resource_identity_schemas",
        "ValidateProviderConfig": "validation:validate_provider_config",
        "ValidateResourceConfig": "validation:validate_resource_config",
        "ValidateDataResourceConfig": "validation:validate_data_source_config",
        "ValidateEphemeralResourceConfig": "validation:validate_ephemeral_resource_config",
        "ConfigureProvider": "configuration:configure_provider",
        "StopProvider": "configuration:stop_provider",
        "UpgradeResourceState": "resource_upgrade:upgrade_resource_state",
        "UpgradeResourceIdentity": "resource_upgrade:upgrade_resource_identity",
        "ReadResource": "resource_read:read_resource",
        "PlanResourceChange": "resource_plan:plan_resource_change",
        "ApplyResourceChange": "resource_apply:apply_resource_change",
        "ImportResourceState": "resource_read:import_resource_state",
        "MoveResourceState": "resource_upgrade:move_resource_state",
        "ReadDataSource": "data_source_read:read_data_source",
        "OpenEphemeralResource": "ephemeral:open_ephemeral_resource",
        "RenewEphemeralResource": "ephemeral:renew_ephemeral_resource",
        "CloseEphemeralResource": "ephemeral:close_ephemeral_resource",
        "GetFunctions": "functions:get_functions",
        "CallFunction": "functions:call_function",
    },
    package="dflow_provider.plugin",
)


def provider_calls(
    session: Session, in_flight: InFlight, kept: KeptAnswers | None = None
) -> dict[str, Callable[[bytes], bytes]]:
    """Return the calls of one session; those that change something count as in flight while they run.

    Answers that can be kept for later processes are given to `kept`.
    """
    return {f"{SERVICE}{name}": _Call(name, session, in_flight, kept) for name in _HANDLERS}


def failing_calls(reason: BaseException) -> dict[str, Callable[[bytes], bytes]]:
    """Return calls that all say why the provider cannot work; StopProvider alone has nothing to complain about."""
    log.exception("the provider cannot be loaded", reason)

    def fail(name: str) -> Callable[[bytes], bytes]:
        answer: bytes = _failure(getattr(pb, name), cannot_load(reason), name).SerializeToString()
        return lambda _: answer

    stop: bytes = pb.StopProvider.Response().SerializeToString()
    return {f"{SERVICE}{name}": fail(name) for name in _HANDLERS} | {f"{SERVICE}StopProvider": lambda _: stop}


class _Call:
    """Reads a request, runs its handler and writes the response; an exception becomes a diagnostic."""

    def __init__(self, name: str, session: Session, in_flight: InFlight, kept: KeptAnswers | None) -> None:
        self.name = name
        self.session = session
        self.in_flight = in_flight
        self.kept = kept

    def __call__(self, raw: bytes) -> bytes:
        if self.name != CHANGING:
            return self._answer(raw)
        with self.in_flight:
            return self._answer(raw)

    def _answer(self, raw: bytes) -> bytes:
        message = getattr(pb, self.name)
        try:
            request = message.Request.FromString(raw)
            log.trace("call", rpc=self.name, type=getattr(request, "type_name", ""))
            answer: bytes = _HANDLERS[self.name](self.session, request).SerializeToString(deterministic=True)
        except Exception as error:  # noqa: BLE001  # a gRPC error would reach a person as "Plugin error: UNKNOWN"
            failure: bytes = _failure(message, error, self.name).SerializeToString()
            return failure
        if self.kept is not None:
            self.kept.keep(f"{SERVICE}{self.name}", answer)
        return answer


def _failure(message: Any, error: Exception, name: str) -> Any:
    report = Report()
    if isinstance(error, CodingError):
        report.error(BUG_TITLE, f"{name}: {error.field or 'a value'} cannot be read or written: {error}", error.path)
    else:
        record(report, error, name)
    found = messages(report.diagnostics)
    if name == "CallFunction":
        return message.Response(error=pb.FunctionError(text=found[0].detail))
    if name == "StopProvider":
        return message.Response(Error=found[0].detail)
    return message.Response(diagnostics=found)
