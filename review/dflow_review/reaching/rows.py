"""The vendors' rows as a review asks for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dflow_vendors import EmptyMeans, Family, all_vendors, vendor_named

if TYPE_CHECKING:
    from dflow_vendors import OfficialResource, Vendor


@cache
def row_named(vendor: str) -> Vendor | None:
    """Return a vendor's row; nothing if there is none."""
    try:
        return vendor_named(vendor) if vendor else None
    except KeyError:
        return None


def empty_means(vendor: str) -> EmptyMeans:
    """Return who gets in when the vendor's list is empty; UNKNOWN if it has no row."""
    row = row_named(vendor)
    return EmptyMeans.UNKNOWN if row is None else row.empty_means


@cache
def families_of(vendor: str) -> tuple[int, ...]:
    """Return the versions of the Internet Protocol that the vendor's entries are of."""
    row = row_named(vendor)
    families = {Family.IPV4, Family.IPV6} if row is None else row.families
    return tuple(version for version, family in ((4, Family.IPV4), (6, Family.IPV6)) if family in families)


@cache
def official_types() -> dict[str, tuple[Vendor, OfficialResource]]:
    """Return what each resource type of the vendors' own providers is, by its name."""
    return {official.type: (vendor, official) for vendor in all_vendors() for official in vendor.official}
