"""Entries that look like an address and that a vendor reads as something else.

Azure takes the rule from 0.0.0.0 to 0.0.0.0, and 0.0.0.0 on the list of a Cosmos DB account, for everything that runs
in Azure, whichever customer rents it. Counted as an address it would be one that nobody has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.ranges import AddressSet
from dflow_review.reach import Source
from dflow_review.reaching.entries import named

if TYPE_CHECKING:
    from collections.abc import Callable

ALL_OF_AZURE: Final = "all of Azure"
"""Who gets in by the mark: no address, and far more machines than one."""

_AZURE: Final = "azure_"
_ZEROS: Final = AddressSet.of(["0.0.0.0"])  # noqa: S104 - Azure's mark, not an address to listen at
_WORDS_OF_OURS: Final = frozenset({"all Azure services", "Azure datacentres"})
"""How the dflow provider spells the mark among `foreign_entries`."""


def meaning_at(vendor: str) -> Callable[[Source], Source] | None:
    """Return what tells whom a vendor lets in by a source; nothing if every address there is an address."""
    return _in_azure if vendor.startswith(_AZURE) else None


def _in_azure(source: Source) -> Source:
    if source.addresses == _ZEROS or source.spelling in _WORDS_OF_OURS:
        return Source(named(ALL_OF_AZURE).addresses, source.node, ALL_OF_AZURE)
    return source
