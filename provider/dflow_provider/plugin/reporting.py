"""Diagnostics on their way to Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider import log
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.paths import attribute_path
from dflow_provider.schema import Diagnostic, ObjectOf, ProviderError, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_provider.schema import Type

BUG_TITLE = "Bug in the dflow provider"
PLEASE_REPORT = (
    "This is a bug in the provider, not in your configuration. Please report it, with the output of the same "
    "command under TF_LOG_PROVIDER=debug."
)

NOWHERE = ObjectOf({})
"""For diagnostics about a call as a whole, in which nothing has an address."""

_SEVERITY = {Severity.ERROR: pb.Diagnostic.ERROR, Severity.WARNING: pb.Diagnostic.WARNING}


def messages(diagnostics: Iterable[Diagnostic], type_: Type = NOWHERE) -> list[pb.Diagnostic]:
    """Write diagnostics about a value of a type, with secrets masked and each said once."""
    return [_message(diagnostic, type_) for diagnostic in dict.fromkeys(diagnostics)]


def record(report: Report, raised: BaseException, subject: str) -> None:
    """Turn what a hook raised into an error: its own words if it is a `ProviderError`, else a bug of ours."""
    if isinstance(raised, ProviderError):
        report.error(raised.title, raised.detail, raised.path)
        return
    log.exception(f"{subject} failed", raised)
    report.error(BUG_TITLE, f"{subject} failed with {type(raised).__name__}: {raised}\n\n{PLEASE_REPORT}")


def _message(diagnostic: Diagnostic, type_: Type) -> pb.Diagnostic:
    message = pb.Diagnostic(
        severity=_SEVERITY[diagnostic.severity],
        summary=text(diagnostic.title),
        detail=text(diagnostic.detail),
    )
    if diagnostic.path:
        path = attribute_path(type_, diagnostic.path)
        if path.steps:
            message.attribute.CopyFrom(path)
    return message


def text(said: str) -> str:
    """Return what may be shown to a person: with secrets masked, and in a form that protobuf can write."""
    # What came from a remote error may hold half a surrogate pair, which protobuf refuses to write.
    return log.masked(said).encode("utf-8", "replace").decode()
