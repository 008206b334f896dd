"""Where the firewall entries of an external database are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_cdk import cdk


class AllowlistEntries(Protocol):
    """The entries of one stack on one allowlist, as a Terraform resource."""

    @property
    def resource(self) -> cdk.TerraformResource:
        """The resource; what depends on it waits until the entries are there."""

    def fill(self, cidrs: Mapping[str, str]) -> None:
        """Hold exactly these entries: CIDRs by the name of the node or address."""


class Allowlist(Protocol):
    """A list of addresses that may reach a database."""

    def entries(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        owner: str,
        database: str,
        port: int,
    ) -> AllowlistEntries:
        """Make the resource that holds a stack's entries.

        Args:
            scope: the construct to build it in.
            id: its id there.
            owner: the mark by which the entries are known as this stack's; it never changes.
            database: the name that descriptions show.
            port: the port that is opened.
        """
