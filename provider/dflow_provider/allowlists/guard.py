"""Changes that are refused before anything is written: too many entries, and doors opened or shut by accident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.entry import family_of
from dflow_provider.schema import ProviderError
from dflow_vendors import EmptyMeans, Family, QuotaPool

if TYPE_CHECKING:
    from dflow_provider.allowlists.listing import Adapter, Change, Listing


_TITLE: Final = "Allowlist quota exceeded"


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
    open_ = (
        "An empty list lets everybody in"
        if adapter.vendor.empty_means is EmptyMeans.OPEN
        else "The vendor does not say what an empty list means, so it counts as one that lets everybody in"
    )
    if before == 0 and after > 0 and Allow.FIRST not in allow:
        raise ProviderError(
            "First entry locks others out",
            f"{adapter.target} has no entry yet. {open_}, and the first entry locks everybody else out. Add the "
            f"addresses that have to stay first, or say that this is meant: allow_first = true on the resource, "
            f"allow_first=LockOut(reason=...) in a stack.",
        )
    if before > 0 and after == 0 and Allow.EMPTY not in allow:
        raise ProviderError(
            "Last entry keeps database closed",
            f"{', '.join(entry.spelling for entry in change.remove)} is all that is left of {adapter.target}. {open_}. "
            f"Add an address that may stay, or say that this is meant: allow_empty = true on the resource, "
            f"allow_empty=OpenToWorld(reason=...) in a stack.",
        )


def refuse_other_family(adapter: Adapter, listing: Listing, change: Change) -> None:
    """Refuse addresses of a family that this very list does not take.

    Raises:
        ProviderError: with the addresses.
    """
    if listing.families is None:
        return
    wrong = [entry.cidr for entry in change.add if entry.family not in listing.families]
    if wrong:
        takes = " and ".join(sorted(family.value for family in listing.families))
        raise ProviderError(
            "List takes another family",
            f"{adapter.target} takes {takes} entries only, and {', '.join(wrong)} is none. Use a list of the other "
            f"family for it, or let the node in by its {takes} address.",
            ("entries",),
        )


@dataclass(frozen=True)
class Limit:
    """How many entries fit.

    Args:
        number: as it was set; the vendor's own number unless given.
        setting: the attribute it was set with, for people.
    """

    number: int | None = None
    setting: str = "entry_quota"


VENDORS_OWN: Final = Limit()
"""The vendor's own number."""


def refuse_over_quota(adapter: Adapter, listing: Listing, change: Change, limit: Limit = VENDORS_OWN) -> None:
    """Refuse what does not fit on the list while new entries stand beside the old ones.

    Args:
        adapter: the list.
        listing: what is on it now.
        change: what is to happen.
        limit: the account's own number. Where neither it nor the vendor's is known nobody checks.

    Raises:
        ProviderError: with the numbers, where the quota is written, and how to get more.
    """
    if listing.capacity is not None:
        _refuse_over_capacity(adapter, listing.capacity, listing, change)
    known = adapter.vendor.quota
    number = limit.number if limit.number is not None else known.number if known is not None else None
    if number is None or not change.add:
        return
    adding = Counter(entry.family for entry in change.add)
    if known is None or known.pool is QuotaPool.ALL_ENTRIES:
        here, new = _occupied(listing), len(change.add)
        if here + new > number:
            raise _exceeded(adapter, "", _Sum(here, new, len(change.remove)), number, limit)
        return
    for family in Family:
        here, new = _occupied(listing, family), adding[family]
        if new and here + new > number:
            raise _exceeded(adapter, f"{family.value} ", _Sum(here, new, len(change.remove)), number, limit)


@dataclass(frozen=True)
class _Sum:
    here: int
    new: int
    leaving: int


def _occupied(listing: Listing, family: Family | None = None) -> int:
    """Count what takes room on a list; what is no address takes it for each family."""
    if listing.occupied:
        return sum(listing.occupied.values()) if family is None else listing.occupied.get(family, 0)
    return sum(family is None or entry.cidr is None or family_of(entry.cidr) is family for entry in listing.entries)


def _refuse_over_capacity(adapter: Adapter, capacity: int, listing: Listing, change: Change) -> None:
    here, new = len(listing.entries), len(change.add)
    if new and here + new > capacity:
        raise ProviderError(
            "Allowlist is full",
            f"{adapter.target} would hold {here + new} entries, {new} of them new, and it was made for {capacity}. New "
            f"entries are added before old ones go, so both have to fit for a moment. Make the list larger at the "
            f"vendor, or remove entries nobody needs.",
        )


def _exceeded(adapter: Adapter, which: str, sum_: _Sum, number: int, limit: Limit) -> ProviderError:
    known = adapter.vendor.quota
    moment = (
        f" New entries are added before old ones ({sum_.leaving}) go, so both have to fit for a moment."
        if sum_.leaving
        else ""
    )
    would = f"{adapter.target} would hold {sum_.here + sum_.new} {which}entries, {sum_.new} of them new."
    if known is None:
        return ProviderError(
            _TITLE,
            f"{would} The quota is {number} ({limit.setting}).{moment} Remove entries nobody needs, or raise "
            f"{limit.setting} if the vendor allows more.",
        )
    apart = ", for each address family" if which else ""
    set_here = f"{limit.setting}; the vendor's default is {known.number}, " if number != known.number else ""
    return ProviderError(
        _TITLE,
        f"{would} The quota is {number} {known.counts}{apart} ({set_here}{known.source.where}, read "
        f"{known.source.read_on.isoformat()}).{moment} {known.remedy}",
    )
