"""Changes that are refused before anything is written: too many entries, and doors opened or shut by accident."""

from __future__ import annotations

from collections import Counter
from enum import Flag, auto
from typing import TYPE_CHECKING

from dflow_provider.schema import ProviderError
from dflow_vendors import EmptyMeans, Family, QuotaPool

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Adapter, Change, Listing


class Allow(Flag):
    """Which transitions of a whole list somebody has asked for in so many words."""

    NOTHING = 0
    FIRST = auto()
    """Adding the first entry, which locks out everybody who came in while the list was empty."""
    EMPTY = auto()
    """Removing the last entry, which opens the database to everybody."""


def refuse_transitions(adapter: Adapter, listing: Listing, change: Change, allow: Allow) -> None:
    """Refuse to be the first or the last on a list whose emptiness lets everybody in, unless it is allowed.

    Raises:
        ProviderError: with the setting that allows it.
    """
    if adapter.vendor.empty_means is EmptyMeans.CLOSED:
        return
    before = len(listing.entries)
    after = before + len(change.add) - len(change.remove)
    sure = "An" if adapter.vendor.empty_means is EmptyMeans.OPEN else "Nobody says that it does not: an"
    if before == 0 and after > 0 and Allow.FIRST not in allow:
        raise ProviderError(
            "First entry locks others out",
            f"{adapter.target} has no entry yet. {sure} empty list lets everybody in, and the first entry locks "
            f"everybody else out. Add the addresses that have to stay first, or set allow_first = true.",
        )
    if before > 0 and after == 0 and Allow.EMPTY not in allow:
        raise ProviderError(
            "Last entry keeps database closed",
            f"{', '.join(entry.spelling for entry in change.remove)} is all that is left of {adapter.target}. {sure} "
            f"empty list lets everybody in. Add an address that may stay, or set allow_empty = true.",
        )


def refuse_over_quota(adapter: Adapter, listing: Listing, change: Change, quota: int | None = None) -> None:
    """Refuse what does not fit on the list while new entries stand beside the old ones.

    Args:
        adapter: the list.
        listing: what is on it now.
        change: what is to happen.
        quota: the account's own number, the vendor's default otherwise. Where neither is known nobody checks.

    Raises:
        ProviderError: with the numbers, where the quota is written, and how to get more.
    """
    known = adapter.vendor.quota
    if listing.capacity is not None and not change.is_empty:
        _refuse_over_capacity(adapter, listing.capacity, listing, change)
    if known is None or not change.add:
        return
    number = known.number if quota is None else quota
    adding = Counter(entry.family for entry in change.add)
    pools: tuple[tuple[Family, ...], ...] = (
        tuple((family,) for family in Family) if known.pool is QuotaPool.EACH_FAMILY else (tuple(Family),)
    )
    for pool in pools:
        here = sum(listing.occupied.get(family, 0) for family in pool)
        new = sum(adding[family] for family in pool)
        if new == 0 or here + new <= number:
            continue
        raise ProviderError("Allowlist quota exceeded", _over(adapter, pool, here, new, len(change.remove), number))


def _refuse_over_capacity(adapter: Adapter, capacity: int, listing: Listing, change: Change) -> None:
    here, new = len(listing.entries), len(change.add)
    if new and here + new > capacity:
        raise ProviderError(
            "Allowlist is full",
            f"{adapter.target} would hold {here + new} entries, {new} of them new, and it was made for {capacity}. New "
            f"entries are added before old ones go, so both have to fit for a moment. Make the list larger at the "
            f"vendor, or remove entries nobody needs.",
        )


def _over(adapter: Adapter, pool: tuple[Family, ...], here: int, new: int, leaving: int, number: int) -> str:
    known = adapter.vendor.quota
    if known is None:
        return ""
    which = f"{pool[0].value} " if len(pool) == 1 else ""
    apart = ", for each address family" if len(pool) == 1 else ""
    set_here = f"rule_quota; the vendor's default is {known.number}, " if number != known.number else ""
    moment = (
        f" New entries are added before old ones ({leaving}) go, so both have to fit for a moment." if leaving else ""
    )
    return (
        f"{adapter.target} would hold {here + new} {which}entries, {new} of them new. The quota is "
        f"{number} {known.counts}{apart} ({set_here}{known.source.where}, read {known.source.read_on.isoformat()})."
        f"{moment} {known.remedy}"
    )
