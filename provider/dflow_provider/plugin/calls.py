"""Every call Terraform makes, by its path, independent of what carries it: `{path: bytes -> bytes}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dflow_provider import log
from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.configuration import configure_provider, stop_provider
from dflow_provider.plugin.data_source_read import read_data_source
from dflow_provider.plugin.ephemeral import (
    close_ephemeral_resource,
    open_ephemeral_resource,
    renew_ephemeral_resource,
)
from dflow_provider.plugin.functions import call_function, get_functions
from dflow_provider.plugin.kept_answers import SERVICE
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.reporting import BUG_TITLE, messages, record
from dflow_provider.plugin.resource_apply import apply_resource_change
from dflow_provider.plugin.resource_plan import plan_resource_change
from dflow_provider.plugin.resource_read import import_resource_state, read_resource
from dflow_provider.plugin.resource_upgrade import (
    move_resource_state,
    upgrade_resource_identity,
    upgrade_resource_state,
)
from dflow_provider.plugin.schema_message import (
    get_metadata,
    get_provider_schema,
    get_resource_identity_schemas,
)
from dflow_provider.plugin.validation import (
    validate_data_source_config,
    validate_ephemeral_resource_config,
    validate_provider_config,
    validate_resource_config,
)
from dflow_provider.schema import Report
from dflow_provider.schema.on_demand import cannot_load

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_provider.plugin.in_flight import InFlight
    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.plugin.session import Session

CHANGING = "ApplyResourceChange"
"""The call that must not be cut off."""

_HANDLERS: dict[str, Callable[[Session, Any], Any]] = {
    "GetMetadata": get_metadata,
    "GetProviderSchema": get_provider_schema,
    "GetResourceIdentitySchemas": get_resource_identity_schemas,
    "ValidateProviderConfig": validate_provider_config,
    "ValidateResourceConfig": validate_resource_config,
    "ValidateDataResourceConfig": validate_data_source_config,
    "ValidateEphemeralResourceConfig": validate_ephemeral_resource_config,
    "ConfigureProvider": configure_provider,
    "StopProvider": stop_provider,
    "UpgradeResourceState": upgrade_resource_state,
    "UpgradeResourceIdentity": upgrade_resource_identity,
    "ReadResource": read_resource,
    "PlanResourceChange": plan_resource_change,
    "ApplyResourceChange": apply_resource_change,
    "ImportResourceState": import_resource_state,
    "MoveResourceState": move_resource_state,
    "ReadDataSource": read_data_source,
    "OpenEphemeralResource": open_ephemeral_resource,
    "RenewEphemeralResource": renew_ephemeral_resource,
    "CloseEphemeralResource": close_ephemeral_resource,
    "GetFunctions": get_functions,
    "CallFunction": call_function,
}


def provider_calls(
    session: Session, in_flight: InFlight, kept: KeptAnswers | None = None
) -> dict[str, Callable[[bytes], bytes]]:
    """Return the calls of one session; those that change something count as in flight while they run.

    Answers that can be kept for later processes are given to `kept`.
    """
    return {f"{SERVICE}{name}": _Call(name, handler, session, in_flight, kept) for name, handler in _HANDLERS.items()}


def failing_calls(reason: BaseException) -> dict[str, Callable[[bytes], bytes]]:
    """Return calls that all say why the provider cannot work; StopProvider alone has nothing to complain about."""
    log.exception("the provider cannot be loaded", reason)

    def fail(name: str) -> Callable[[bytes], bytes]:
        answer: bytes = _failure(getattr(pb, name), cannot_load(reason), name).SerializeToString()
        return lambda _: answer

    stop: bytes = pb.StopProvider.Response().SerializeToString()
    return {f"{SERVICE}{name}": fail(name) for name in _HANDLERS} | {f"{SERVICE}StopProvider": lambda _: stop}


@dataclass(frozen=True)
class _Call:
    """Reads a request, runs its handler and writes the response; an exception becomes a diagnostic."""

    name: str
    handler: Callable[[Session, Any], Any]
    session: Session
    in_flight: InFlight
    kept: KeptAnswers | None

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
            answer: bytes = self.handler(self.session, request).SerializeToString(deterministic=True)
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
