"""What a provider tells a person: a title, a story and an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from dflow_provider.schema.record import record

Path = tuple[str | int, ...]
"""Steps from a resource to a value: an attribute name or map key is a `str`, a list position an `int`."""


class Severity(Enum):
    """How Terraform treats a diagnostic: an error stops, a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@record
class Diagnostic:
    """One message.

    The title has at most about six words. The detail says what was found, why it is refused and what to do.
    """

    severity: Severity
    title: str
    detail: str
    path: Path = ()


@dataclass
class Report:
    """Collects diagnostics while something runs; order is kept."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def error(self, title: str, detail: str, path: Path = ()) -> None:
        """Add an error; Terraform stops after this operation."""
        self.diagnostics.append(Diagnostic(Severity.ERROR, title, detail, path))

    def warning(self, title: str, detail: str, path: Path = ()) -> None:
        """Add a warning; Terraform shows it and goes on."""
        self.diagnostics.append(Diagnostic(Severity.WARNING, title, detail, path))

    @property
    def has_errors(self) -> bool:
        """Say whether anything collected so far is an error."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


class ProviderError(Exception):
    """Something a person has to know and act on; becomes an error diagnostic.

    Raise it from a hook only while nothing that Terraform does not know of exists remotely. Later than that,
    report the error and return the best known state.
    """

    def __init__(self, title: str, detail: str, path: Path = ()) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail
        self.path = path
