"""The explicit word it takes to open a database to everybody."""

from __future__ import annotations

from dataclasses import dataclass

from dflow_constructs.errors import ConfigurationError


@dataclass(frozen=True)
class OpenToWorld:
    """Let the whole internet try the database's password; the reason stands in the program and in the plan."""

    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ConfigurationError(
                "OpenToWorld(reason='')",
                "everybody could try passwords on the database and nobody could tell why; "
                'say it, reason="load test until Friday, ticket 4711"',
            )
