"""The addresses to let in as a local value of Terraform's, for people and for lists that somebody else writes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dflow_cdk.generic import Local
from dflow_constructs.allowlists.entry_table import EntryTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_constructs.allowlist import AdmittedAddress


class NamedCidrs(Local):
    """CIDRs by the name of the node or address, without those whose end has come."""

    def __init__(self, scope: constructs.Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self._scope = scope
        self._id = id_

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold exactly these entries."""
        if any(address.expires_at for address in addresses.values()):
            self._table.fill(
                {
                    name: {"cidr": address.cidr, **({"expires_at": address.expires_at} if address.expires_at else {})}
                    for name, address in sorted(addresses.items())
                }
            )
            self.value = f"${{{self._table.for_each('key => entry.cidr')}}}"
        else:
            self.value = {name: address.cidr for name, address in sorted(addresses.items())}

    def add(self, name: str, address: AdmittedAddress) -> bool:
        """Hold one more, unless entries end; say whether it is held."""
        if address.expires_at or not isinstance(self.value, dict):
            return False
        self.value[name] = address.cidr
        return True

    @cached_property
    def _table(self) -> EntryTable:
        return EntryTable(self._scope, f"{self._id}Entries")
