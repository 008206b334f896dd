"""The rule that connections to databases are protected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.policy import Finding, Policy
from dflow_constructs.tls import TlsMode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_constructs.dflow_stack import DflowStack

_STRICTNESS = (TlsMode.DISABLED, TlsMode.REQUIRE, TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL)


@dataclass(frozen=True)
class RequireTls(Policy):
    """Refuse databases that are reached with less protection than this, exposed ones of dFlow's among them.

    RequireTls().apply_to(app)

    Args:
        at_least: the least that is accepted; certificate and host name have to be checked unless it says otherwise.
    """

    at_least: TlsMode = TlsMode.VERIFY_FULL

    def __post_init__(self) -> None:
        if not isinstance(self.at_least, TlsMode):
            raise ConfigurationError(  # a program without a type checker gets here
                "RequireTls(…)", f"at_least is {self.at_least!r}; choose a TlsMode, at_least=TlsMode.REQUIRE"
            )

    def findings(self, stack: DflowStack) -> Iterator[Finding]:
        """Find the databases."""
        for database in stack.external_databases:
            mode = database.tls.mode
            if _STRICTNESS.index(mode) < _STRICTNESS.index(self.at_least):
                yield Finding(
                    database,
                    f"tls is {mode.name}, and {self.at_least.name} is the least that is accepted here; "
                    f"use Tls.{self.at_least.name}",
                )
        for environment in stack.environments:
            for service in environment.databases:
                if service.is_exposed:
                    yield Finding(
                        service,
                        "it is exposed, which dFlow does without TLS; leave exposed out and let Services of its own "
                        "Environment alone use it",
                    )
