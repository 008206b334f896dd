"""A list that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_cdk import cdk
from dflow_constructs.allowlist import ListFacts
from dflow_constructs.allowlists.named_cidrs import NamedCidrs
from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_constructs.allowlist import Access, AdmittedAddress


@dataclass(frozen=True)
class Manual:
    """A list that nobody but a person can change.

    Terraform shows the addresses as an output and waits for nobody: add them before the first deployment.

    Args:
        instructions: who adds them, and where: `Ask #dba to add these to pg_hba.conf of db-7.`
    """

    instructions: str

    @property
    def facts(self) -> ListFacts:
        """A list that Terraform does not know."""
        return ListFacts("a list that a person keeps", instructions=self.instructions)

    def takes(self, address: AdmittedAddress) -> bool:  # noqa: ARG002 - as `Allowlist` has it
        """Say yes: what the list can hold is not known here."""
        return True

    def admitted(
        self,
        access: Access,  # noqa: ARG002 - as `Allowlist` has it
        addresses: Mapping[str, AdmittedAddress],
    ) -> Mapping[str, AdmittedAddress]:
        """Return all of them."""
        return addresses

    def check(self, where: constructs.Construct) -> None:
        """Refuse instructions that say nothing."""
        if not self.instructions.strip():
            raise ConfigurationError(
                where,
                "Manual(instructions=''): somebody has to let the nodes in and nobody could tell who or where; "
                'say it, Manual("Ask #dba to add these to pg_hba.conf of db-7.")',
            )

    def entries(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        access: Access,
    ) -> ByHand:
        """Make the output."""
        named = NamedCidrs(scope, id)
        cdk.TerraformOutput(
            scope,
            f"{id}ToAdd",
            description=f"What to let in to {access.database} by hand",
            value={
                "database": access.database,
                "port": access.port,
                "instructions": self.instructions,
                "allow": f"${{{named.address}}}",
            },
        )
        return ByHand(named)


class ByHand:
    """The addresses that a person lets in."""

    def __init__(self, named: NamedCidrs) -> None:
        self._named = named

    @property
    def address(self) -> None:
        """Nothing: Terraform cannot wait for a person."""
        return

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold exactly these."""
        self._named.fill(addresses)

    def add(self, name: str, address: AdmittedAddress, count: int) -> bool:  # noqa: ARG002 - as `AllowlistEntries` has it
        """Hold one more, if that needs no look at the others."""
        return self._named.add(name, address)
