"""Entries that the dflow provider keeps."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import dflow_bindings
from dflow_cdk import cdk
from dflow_constructs.allowlists.entry_table import EntryTable
from dflow_constructs.resource_address import address_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_constructs.allowlist import Access, AdmittedAddress
    from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


class OwnedEntries:
    """One stack's entries, all in one resource."""

    def __init__(
        self,
        allowlist: VendorAllowlist,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        access: Access,
    ) -> None:
        self._allowlist = allowlist
        self._scope = scope
        self._id = id
        self._access = access
        self._resource = _binding(allowlist.VENDOR)(scope, id, entries={}, **allowlist.owned_arguments(access))

    @cached_property
    def address(self) -> str:
        """The address of the resource."""
        return address_of(self._resource)

    def fill(self, addresses: Mapping[str, AdmittedAddress]) -> None:
        """Hold exactly these entries."""
        admitted = self._allowlist.admitted(self._access, addresses)
        ends = any(address.expires_at for address in admitted.values())
        self._resource.inputs["entries"] = (
            self._still_in_force(admitted)
            if ends and not self._allowlist.EXPIRES
            else {name: _entry(address) for name, address in admitted.items()}
        )

    def add(self, name: str, address: AdmittedAddress, count: int) -> bool:
        """Hold one more, if that needs no look at the others."""
        entries = self._resource.inputs["entries"]
        if not isinstance(entries, dict) or name in entries or not self._allowlist.has_room(address, count):
            return False
        entries[name] = _entry(address)
        return True

    def _still_in_force(self, admitted: Mapping[str, AdmittedAddress]) -> Any:
        self._table.fill({name: _entry(address) for name, address in admitted.items()})
        return cdk.Token.as_any(f"${{{self._table.for_each('key => { cidr = entry.cidr }')}}}")

    @cached_property
    def _table(self) -> EntryTable:
        return EntryTable(self._scope, f"{self._id}Entries")


def _entry(address: AdmittedAddress) -> dict[str, str]:
    ends = {} if address.expires_at is None else {"expires_at": address.expires_at}
    return {"cidr": address.cidr, **ends}


def _binding(vendor: str) -> Any:
    name = "".join(word.capitalize() for word in vendor.split("_"))
    return getattr(dflow_bindings, f"{name}Allowlist")
