"""UpgradeResourceState, MoveResourceState: states that this version of the schema did not write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dflow_provider.plugin import json_values
from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.json_values import Layout
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.planning import without_secrets
from dflow_provider.plugin.reporting import messages, record
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.wire import write_value
from dflow_provider.schema import ProviderError, Report, UpgradesState

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import ResourceType, Values


def upgrade_resource_state(
    session: Session, request: pb.UpgradeResourceState.Request
) -> pb.UpgradeResourceState.Response:
    """Read a state from the state file; called before every use of it, mostly for a state that needs no change."""
    kind = session.resource_type(request.type_name)
    report = Report()
    response = pb.UpgradeResourceState.Response()
    try:
        state = _upgraded(kind, request)
        mask_secrets(kind.schema, state)
        response.upgraded_state.CopyFrom(write_value(kind.schema.value_type, state))
    except CodingError as error:
        report.error("State cannot be read", _unreadable(request, error), error.path)
    except Exception as error:  # noqa: BLE001  # whatever it is, it must reach a person as a diagnostic
        record(report, error, f"Upgrading the state of {request.type_name}")
    response.diagnostics.extend(messages(report.diagnostics, kind.schema.value_type))
    return response


def upgrade_resource_identity(
    _: Session, request: pb.UpgradeResourceIdentity.Request
) -> pb.UpgradeResourceIdentity.Response:
    """Refuse: no resource has an identity."""
    raise ProviderError("Resource has no identity", f"{request.type_name} is imported by its id, not by an identity.")


def move_resource_state(_: Session, request: pb.MoveResourceState.Request) -> pb.MoveResourceState.Response:
    """Refuse to turn an object of another type into one of ours."""
    raise ProviderError(
        "State cannot be moved here",
        f"{request.source_type_name} of {request.source_provider_address} cannot become a {request.target_type_name}: "
        "the two are different objects in dFlow. Remove the `moved` block, import the object under its new type, "
        "and forget the old one with a `removed` block.",
    )


def _upgraded(kind: ResourceType, request: pb.UpgradeResourceState.Request) -> Values:
    if not request.raw_state.json:
        raise CodingError("it is in the format of Terraform 0.11 and older, or empty")
    plain = json_values.parse(request.raw_state.json)
    if not isinstance(plain, dict):
        raise CodingError(f"an object is required, {type(plain).__name__} given")
    if request.version != kind.schema.version:
        plain = _converted(kind, request, plain)
    state = json_values.from_plain(kind.schema.value_type, plain, Layout.TOLERANT)
    if not isinstance(state, dict):
        raise CodingError("an object is required")
    return without_secrets(kind.schema, state)


def _converted(kind: ResourceType, request: pb.UpgradeResourceState.Request, plain: dict[str, Any]) -> dict[str, Any]:
    if request.version > kind.schema.version:
        raise ProviderError(
            "State is from a newer provider",
            f"This {request.type_name} was written with schema version {request.version}; this provider knows up to "
            f"{kind.schema.version}. Use the provider version that wrote it, or a later one.",
        )
    if not isinstance(kind, UpgradesState):
        raise ProviderError(
            "State is too old",
            f"This {request.type_name} was written with schema version {request.version}, and this provider cannot "
            f"read anything older than {kind.schema.version}. Apply once with a version in between.",
        )
    return dict(kind.upgrade_state(request.version, plain))


def _unreadable(request: pb.UpgradeResourceState.Request, error: CodingError) -> str:
    return (
        f"The state of this {request.type_name}, written with schema version {request.version}, does not fit the "
        f"provider's schema: {error}. If the state file was not changed by hand, this is a bug in the provider. "
        "`terraform state rm` and a new import bring the object back."
    )
