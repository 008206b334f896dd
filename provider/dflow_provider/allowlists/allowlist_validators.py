"""Checks of an allowlist's configured values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.allowlists.moment import moment

if TYPE_CHECKING:
    import re

    from dflow_provider.schema import Value


@dataclass(frozen=True)
class Matches:
    """A text of one form."""

    pattern: re.Pattern[str]
    description: str
    remedy: str

    def problem(self, value: Value) -> str | None:
        """Say what the text should have looked like."""
        if isinstance(value, str) and self.pattern.fullmatch(value):
            return None
        return f"{value!r} is not {self.description}. {self.remedy}"


@dataclass(frozen=True)
class Between:
    """A whole number within bounds, both included."""

    low: int
    high: int

    @property
    def description(self) -> str:
        """The bounds."""
        return f"a whole number from {self.low} to {self.high}"

    def problem(self, value: Value) -> str | None:
        """Say which bounds hold."""
        if isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high:
            return None
        return f"{value} is not {self.description}."


@dataclass(frozen=True)
class RealMoment:
    """A moment with an offset from UTC."""

    description: str = "a moment as RFC 3339 writes it, with an offset from UTC"

    def problem(self, value: Value) -> str | None:
        """Say how a moment is written."""
        try:
            moment(str(value))
        except ValueError:
            return f"{value!r} is not {self.description}. Write 2026-12-31T18:00:00Z or 2026-12-31T19:00:00+01:00."
        return None
