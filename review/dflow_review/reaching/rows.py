"""The vendors' rows as a review asks for them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from dflow_review.reaching.inline_table import BY_TYPE, Kind
from dflow_vendors import EmptyMeans, Family, all_vendors, vendor_named
from dflow_vendors.official import Holds

if TYPE_CHECKING:
    from dflow_vendors import OfficialResource, Vendor


_OWNED: Final = re.compile(r"dflow_(\w+)_allowlist")
_BESIDE: Final = frozenset({"dflow_service_variables"})
"""Further types whose objects have the id of what they belong to."""


def vendor_of(resource_type: str) -> str | None:
    """Return the vendor's key if it is a type of ours that holds entries."""
    found = _OWNED.fullmatch(resource_type)
    return found[1] if found else None


@cache
def belongs_to_another(resource_type: str) -> bool:
    """Say whether a resource is part of something else, whose id it may have as its own."""
    if vendor_of(resource_type) is not None or resource_type in _BESIDE:
        return True
    whole = BY_TYPE.get(resource_type)
    if whole is not None:
        return whole.kind is Kind.LIST
    official = official_types().get(resource_type)
    return official is not None and official[1].holds is Holds.ONE_ENTRY


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
