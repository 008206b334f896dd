"""A list that the program writes itself, on the database instance it builds in the same stack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dflow_cdk import cdk
from dflow_cdk.element import address
from dflow_constructs.allowlist import ListFacts
from dflow_constructs.allowlists.named_cidrs import NamedCidrs
from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_constructs.allowlist import Access, AdmittedAddress


@dataclass(frozen=True)
class InlineList:
    """An argument of a database instance that the program itself builds, in the same stack.

    Nothing is written here: `ExternalDatabase.allowed_addresses` has the addresses to write.

    Args:
        instance: the resource whose argument the list is; connections wait until it has been changed.
    """

    instance: cdk.TerraformResource

    @property
    def facts(self) -> ListFacts:
        """An argument of the instance."""
        return ListFacts("a list that the program writes", fields={"instance": address(self.instance)})

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
        """Refuse an instance of another stack, whose list could only be written there."""
        if cdk.TerraformStack.of(self.instance).node.path != cdk.TerraformStack.of(where).node.path:
            raise ConfigurationError(
                where,
                f"the instance {self.instance.node.path} is built in another stack, where its list is written; build "
                "the ExternalDatabase there as well, or let the dflow provider keep the entries with the class of the "
                "vendor",
            )

    def entries(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        access: Access,
    ) -> AllowedAddresses:
        """Make the local value that holds the addresses."""
        if cdk.TerraformStack.of(scope).node.path != cdk.TerraformStack.of(self.instance).node.path:
            raise ConfigurationError(
                access.where,
                f"its list is written with {self.instance.node.path}, and {cdk.TerraformStack.of(scope).node.path} "
                "connects from another stack, whose addresses are not known here; declare them as egress of an "
                "Environment here, or let the dflow provider keep the entries with the class of the vendor",
            )
        return AllowedAddresses(NamedCidrs(scope, id), address(self.instance))


class AllowedAddresses:
    """The addresses to let in, as Terraform expressions that hold also what the program adds later.

    Entries whose end has come are left out.
    """

    def __init__(self, named: NamedCidrs, instance: str) -> None:
        self._named = named
        self._instance = instance

    @property
    def address(self) -> str:
        """The address of the instance."""
        return self._instance

    @property
    def local(self) -> str:
        """The local value that maps names to CIDRs, `local.orders_Allowlist_4E4CF0B7`, for expressions of your own."""
        return self._named.address

    @cached_property
    def cidrs(self) -> list[str]:
        """The CIDRs, each once."""
        return cdk.Token.as_list(f"${{distinct(values({self._named.address}))}}")

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The CIDRs by the name of the node or address."""
        return cdk.Token.as_string_map(f"${{{self._named.address}}}")

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold exactly these."""
        self._named.fill(addresses)

    def add(self, name: str, address: AdmittedAddress, count: int) -> bool:  # noqa: ARG002 - as `AllowlistEntries` has it
        """Hold one more, if that needs no look at the others."""
        return self._named.add(name, address)
