"""The outcome of one check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Status(Enum):
    """How a check ended. SKIPPED: it makes no sense until an earlier one passes."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Args:
        name: what was checked.
        status: how it ended.
        found: what was seen; never a secret.
        remedy: what to do; empty unless the check failed.
    """

    name: str
    status: Status
    found: str
    remedy: str = ""

    @classmethod
    def ok(cls, name: str, found: str) -> Finding:
        """All is well."""
        return cls(name, Status.OK, found)

    @classmethod
    def failed(cls, name: str, found: str, remedy: str) -> Finding:
        """A deploy would fail."""
        return cls(name, Status.FAILED, found, remedy)

    @classmethod
    def skipped(cls, name: str, because: str) -> Finding:
        """Cannot tell yet."""
        return cls(name, Status.SKIPPED, f"not checked: {because}")
