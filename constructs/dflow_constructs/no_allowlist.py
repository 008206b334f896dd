"""The explicit word it takes to have no allowlist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.allowlist import ListFacts
from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_constructs.allowlist import Access, AdmittedAddress


@dataclass(frozen=True)
class NoAllowlist:
    """A database that anybody who finds it may talk to, or that something else protects: nothing is opened.

    The addresses of nodes are not even looked up.

    Args:
        reason: why that is right: `reached through a tunnel on the node`.
    """

    reason: str

    @property
    def facts(self) -> ListFacts:
        """None."""
        return ListFacts("no list", instructions=self.reason)

    def takes(self, address: AdmittedAddress) -> bool:  # noqa: ARG002 - as `Allowlist` has it
        """Say no: there is no list."""
        return False

    def admitted(
        self,
        access: Access,  # noqa: ARG002 - as `Allowlist` has it
        addresses: Mapping[str, AdmittedAddress],  # noqa: ARG002 - as `Allowlist` has it
    ) -> Mapping[str, AdmittedAddress]:
        """Return nothing: there is no list."""
        return {}

    def check(self, where: constructs.Construct) -> None:
        """Refuse a reason that says nothing."""
        if not self.reason.strip():
            raise ConfigurationError(
                where,
                "NoAllowlist(reason=''): nothing would restrict who talks to the database and nobody could tell why; "
                'say it, NoAllowlist("reached through a tunnel on the node")',
            )

    def entries(
        self,
        scope: constructs.Construct,  # noqa: ARG002 - as `Allowlist` has it
        id: str,  # noqa: A002, ARG002 - the CDK's name for it
        access: Access,  # noqa: ARG002 - as `Allowlist` has it
    ) -> NoEntries:
        """Make nothing."""
        return NoEntries()


class NoEntries:
    """No entries."""

    @property
    def address(self) -> None:
        """Nothing: nobody has to be let in first."""
        return

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold nothing."""

    def add(self, name: str, address: AdmittedAddress, count: int) -> bool:  # noqa: ARG002 - as others have it
        """Hold nothing."""
        return True
