"""What a vendor's list cannot hold, as far as that is known before anything is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token
from dflow_vendors import Family, QuotaPool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.allowlist import Access, AdmittedAddress
    from dflow_vendors import Vendor


def check_limits(vendor: Vendor, access: Access, addresses: Mapping[str, AdmittedAddress], granted: int | None) -> None:
    """Refuse addresses of a family the vendor does not take, and more entries than fit.

    Args:
        vendor: the vendor's row.
        access: what is opened.
        addresses: the entries, by name. What Terraform fills in later counts as one IPv4 address each: dFlow knows no
            other of its nodes.
        granted: how many entries the vendor granted; its usual number unless given.

    Raises:
        ConfigurationError: names the entry, or the vendor's number and where it was read.
    """
    for name, address in addresses.items():
        family = family_of(address.cidr)
        if family not in vendor.families:
            taken = " and ".join(sorted(each.value for each in vendor.families))
            raise ConfigurationError(
                access.where,
                f"{name!r} leaves from {address.cidr}, which is {family.value}, and {vendor.name} takes {taken} only; "
                f"declare the {taken} address it leaves from, and this one as Egress({address.cidr!r}, optional=True)",
            )
    if granted is not None:
        most = granted
        why = f" as entry_quota={granted} says; let in fewer addresses, or a range that holds several of them"
    elif vendor.quota is not None:
        quota = vendor.quota
        most = quota.number
        why = f" ({quota.counts}; {quota.source.where}, {quota.source.read_on.isoformat()}). {quota.remedy}"
    else:
        return
    for what, count in _counted(vendor, addresses):
        if count > most:
            raise ConfigurationError(
                access.where, f"{count} {what} would stand on the list, {vendor.name}, and {most} fit{why}"
            )


def family_of(cidr: str) -> Family:
    """Tell an address's family; of what Terraform fills in later only IPv4 is known."""
    return Family.IPV6 if ":" in cidr and not has_token(cidr) else Family.IPV4


def _counted(vendor: Vendor, addresses: Mapping[str, AdmittedAddress]) -> list[tuple[str, int]]:
    distinct = {address.cidr for address in addresses.values()}
    if vendor.quota is None or vendor.quota.pool is not QuotaPool.EACH_FAMILY:
        return [("entries", len(distinct))]
    return [
        (f"{family.value} entries", sum(family_of(cidr) is family for cidr in distinct))
        for family in sorted(vendor.families, key=lambda each: each.value)
    ]
