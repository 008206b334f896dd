"""Moments at which entries end, as RFC 3339 writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def moment(text: str) -> datetime:
    """Read a moment: `2026-12-01T00:00:00Z`.

    Raises:
        ValueError: the text is none, or names no offset from UTC.
    """
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC")
    return read


def same_moment(one: str | None, other: str | None) -> bool:
    """Say whether two texts name one moment, in whatever spelling; nothing stands for never."""
    if one is None or other is None:
        return one is other
    try:
        return moment(one) == moment(other)
    except ValueError:
        return one == other


def has_passed(text: str | None, now: datetime | None = None) -> bool:
    """Say whether a moment lies in the past; never does not."""
    return text is not None and moment(text) <= (now or datetime.now(UTC))


def latest(texts: Iterable[str | None]) -> str | None:
    """Return the moment that comes last, as it was written; never comes after every other."""
    found = list(texts)
    known = [text for text in found if text is not None]
    return max(known, key=moment) if known and len(known) == len(found) else None
