"""What changes that leave behind what was there say about lists: those that are put off, and those that forget it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dflow_review.reach import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.plan import Deferral
    from dflow_review.reaching.entries import Entry, Part


def deferred(parts: Sequence[Part], why: Deferral) -> Iterator[Part]:
    """Return what a resource says whose change is put off: afterwards, what is there now and what will come.

    Entries that are to go later close nothing with this plan. Entries that are to come later count at once: better
    known too early than never. An address that is unknown says why.

    Args:
        parts: what the resource says about lists on both sides.
        why: the reason that Terraform gives.
    """
    now = {part.list.token: part for part in parts if part.side is Side.BEFORE}
    for part in parts:
        if part.side is Side.BEFORE:
            yield part
        else:
            left = now.pop(part.list.token, None)
            coming = tuple(_with_reason(entry, why) for entry in part.entries)
            yield replace(part, entries=(*coming, *_staying(left, part)))
    for part in now.values():
        yield replace(part, side=Side.AFTER)


def left_behind(parts: Sequence[Part]) -> Iterator[Part]:
    """Return what a resource says that is replaced while nobody takes away what was there.

    A list that is empty afterwards stays so: empty may mean open.

    Args:
        parts: what the resource says about lists on both sides.
    """
    now = {part.list.token: part for part in parts if part.side is Side.BEFORE}
    for part in parts:
        left = now.pop(part.list.token, None) if part.side is Side.AFTER else None
        yield replace(part, entries=(*part.entries, *_staying(left, part))) if part.entries else part
    for part in now.values():
        yield replace(part, side=Side.AFTER)


def _staying(now: Part | None, then: Part) -> Iterator[Entry]:
    there = {(entry.source, entry.ports) for entry in then.entries}
    for entry in now.entries if now is not None else ():
        if (entry.source, entry.ports) not in there:
            yield entry


def _with_reason(entry: Entry, why: Deferral) -> Entry:
    if entry.source.addresses is not None:
        return entry
    return replace(entry, source=replace(entry.source, spelling=f"{entry.source.spelling}; put off: {why.value}"))
