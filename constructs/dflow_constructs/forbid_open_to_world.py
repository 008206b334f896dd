"""The rule that no database is open to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.no_allowlist import NoAllowlist
from dflow_constructs.open_to_world import OpenToWorld
from dflow_constructs.policy import Finding, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_constructs.allowlist import Allowlist
    from dflow_constructs.dflow_stack import DflowStack


@dataclass(frozen=True)
class ForbidOpenToWorld(Policy):
    """Refuse databases whose passwords the whole internet may try, whatever reason the program gives.

    ForbidOpenToWorld().apply_to(app)
    """

    def findings(self, stack: DflowStack) -> Iterator[Finding]:
        """Find the databases."""
        for database in stack.external_databases:
            for allowlist in database.allowlists:
                reason = _reason(allowlist)
                if reason is not None:
                    yield Finding(
                        database,
                        f"{type(allowlist).__name__} lets in everybody ({reason}); take the word for it out and let in "
                        "the addresses that need it, with egress of an Environment where dFlow does not know them",
                    )
        for environment in stack.environments:
            for service in environment.databases:
                if service.is_exposed:
                    yield Finding(
                        service,
                        "it is exposed, and dFlow opens the port to everybody; leave exposed out and let Services of "
                        "its own Environment alone use it",
                    )


def _reason(allowlist: Allowlist) -> str | None:
    if isinstance(allowlist, NoAllowlist):
        return allowlist.reason
    opened = getattr(allowlist, "open_to_world", None)
    return opened.reason if isinstance(opened, OpenToWorld) else None
