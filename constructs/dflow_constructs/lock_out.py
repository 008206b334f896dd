"""The explicit word it takes to be the first on an allowlist."""

from __future__ import annotations

from dataclasses import dataclass

from dflow_constructs.errors import ConfigurationError


@dataclass(frozen=True)
class LockOut:
    """Add the first entry to a list that let in everybody while it was empty; the reason stands in the program."""

    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ConfigurationError(
                "LockOut(reason='')",
                "everybody who reached the database so far could be locked out and nobody could tell why; "
                'say it, reason="a new database, nobody else uses it yet"',
            )
