"""The checks of a configuration that ask nobody: validators, and what does not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.plugin.coding import address
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.reporting import messages, record
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.wire import require_object
from dflow_provider.schema import Exposure, Nested, NestingMode, Report, ValidatesConfig, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import Attribute, Path, Schema, Value, Values


def validate_provider_config(
    session: Session, request: pb.ValidateProviderConfig.Request
) -> pb.ValidateProviderConfig.Response:
    """Check a provider block."""
    provider = session.provider
    found = _check(provider, provider.schema, request.config, provider.name)
    return pb.ValidateProviderConfig.Response(diagnostics=found)


def validate_resource_config(
    session: Session, request: pb.ValidateResourceConfig.Request
) -> pb.ValidateResourceConfig.Response:
    """Check a resource block."""
    kind = session.resource_type(request.type_name)
    found = _check(kind, kind.schema, request.config, request.type_name)
    if not request.client_capabilities.write_only_attributes_allowed:
        config = require_object(kind.schema, request.config, "config")
        found += messages(_refuse_write_only(kind.schema, config).diagnostics, kind.schema.value_type)
    return pb.ValidateResourceConfig.Response(diagnostics=found)


def validate_data_source_config(
    session: Session, request: pb.ValidateDataResourceConfig.Request
) -> pb.ValidateDataResourceConfig.Response:
    """Check a data block."""
    kind = session.data_source_type(request.type_name)
    found = _check(kind, kind.schema, request.config, request.type_name)
    return pb.ValidateDataResourceConfig.Response(diagnostics=found)


def validate_ephemeral_resource_config(
    session: Session, request: pb.ValidateEphemeralResourceConfig.Request
) -> pb.ValidateEphemeralResourceConfig.Response:
    """Check an ephemeral block."""
    kind = session.ephemeral_resource_type(request.type_name)
    found = _check(kind, kind.schema, request.config, request.type_name)
    return pb.ValidateEphemeralResourceConfig.Response(diagnostics=found)


def check_config(subject: object, schema: Schema, config: Values, report: Report, name: str) -> None:
    """Report everything wrong with a configuration, as far as it is known."""
    for path, attribute, value in _configured(schema.attributes, config, ()):
        for validator in attribute.validators:
            problem = validator.problem(value)
            if problem is not None:
                report.error("Invalid value", f"{address(path)}: {problem}", path)
    if isinstance(subject, ValidatesConfig):
        try:
            subject.validate_config(config, report)
        except Exception as error:  # noqa: BLE001  # whatever it is, a person must be told, and Terraform go on
            record(report, error, f"Validating {name}")


def _check(subject: object, schema: Schema, message: pb.DynamicValue, name: str) -> list[pb.Diagnostic]:
    config = require_object(schema, message, "config")
    mask_secrets(schema, config)
    report = Report()
    check_config(subject, schema, config, report, name)
    return messages(report.diagnostics, schema.value_type)


def _refuse_write_only(schema: Schema, config: Values) -> Report:
    report = Report()
    for path, attribute, _ in _configured(schema.attributes, config, ()):
        if attribute.exposure is Exposure.WRITE_ONLY:
            report.error(
                "Write-only arguments not supported",
                f"{address(path)} is write-only, and this Terraform would store it in the state. "
                "Use Terraform 1.11 or OpenTofu 1.11, or later.",
                path,
            )
    return report


def _configured(
    attributes: tuple[Attribute, ...], config: Values, path: Path
) -> Iterator[tuple[Path, Attribute, Value]]:
    """Walk everything that was given a value; parts of it that are unknown are left out."""
    for attribute in attributes:
        value = config[attribute.name]
        here = (*path, attribute.name)
        if value is None:
            continue
        if is_known(value):
            yield here, attribute, value
        if isinstance(attribute.type, Nested):
            for step, item in _items(attribute.type.nesting, value):
                yield from _configured(attribute.type.attributes, item, (*here, *step))


def _items(nesting: NestingMode, value: Value) -> Iterator[tuple[Path, Values]]:
    match nesting, value:
        case NestingMode.SINGLE, dict():
            yield (), value
        case NestingMode.MAP, dict():
            for key, item in value.items():
                if isinstance(item, dict):
                    yield (key,), item
        case _, list():
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield (index,), item
