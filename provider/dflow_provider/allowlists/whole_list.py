"""Writing a list whole: what was read, with ours added, rewritten and taken out, and nothing else changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_provider.allowlists.entry import WantedEntry
    from dflow_provider.allowlists.listing import Change, Listing, Rewriting

Raw = TypeVar("Raw")


def rewritten(
    listing: Listing,
    change: Change,
    new: Callable[[WantedEntry], Raw],
    anew: Callable[[Raw, Rewriting], Raw] = lambda raw, _: raw,
) -> list[Raw]:
    """Return the elements of a list as they are to be written.

    Args:
        listing: what was read; the handle of each entry is its raw element, or nothing for what is not written back.
        change: what to do.
        new: makes the element of an entry to add.
        anew: makes the element of an entry that gets another note or end from the one it has.
    """
    going = {id(entry) for entry in change.remove}
    changed = {id(rewriting.listed): rewriting for rewriting in change.rewrite}
    elements: list[Raw] = []
    for entry in listing.entries:
        if id(entry) in going or entry.handle is None:
            continue
        raw = cast("Raw", entry.handle)
        elements.append(anew(raw, changed[id(entry)]) if id(entry) in changed else raw)
    elements.extend(new(entry) for entry in change.add)
    return elements
