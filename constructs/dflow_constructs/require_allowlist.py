"""The rule that somebody decides which addresses reach a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.no_allowlist import NoAllowlist
from dflow_constructs.policy import Finding, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_constructs.dflow_stack import DflowStack


@dataclass(frozen=True)
class RequireAllowlist(Policy):
    """Refuse external databases with `NoAllowlist`; one that a person keeps, `Manual`, will do.

    RequireAllowlist().apply_to(app)
    """

    def findings(self, stack: DflowStack) -> Iterator[Finding]:
        """Find the databases."""
        for database in stack.external_databases:
            for allowlist in database.allowlists:
                if isinstance(allowlist, NoAllowlist):
                    yield Finding(
                        database,
                        f"it has no allowlist ({allowlist.reason}); name the vendor's, allowlist=Neon(…), or who keeps "
                        'it, allowlist=Manual("Ask #dba …")',
                    )
