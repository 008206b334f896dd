"""Moments at which entries end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs import IConstruct


def expiry(where: IConstruct | str, moment: str | datetime) -> str:
    """Return a moment as RFC 3339 writes it.

    Raises:
        ConfigurationError: it is no moment, or has no offset from UTC and so means another one on each machine.
    """
    try:
        read = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    except (TypeError, ValueError):
        read = None
    if read is None or read.tzinfo is None or (isinstance(moment, str) and "T" not in moment):
        raise ConfigurationError(
            where,
            f"expires_at {str(moment)!r} is no moment with an offset from UTC; write one such as "
            '"2026-12-31T18:00:00Z" or "2026-12-31T19:00:00+01:00"',
        )
    return read.isoformat().replace("+00:00", "Z") if isinstance(moment, datetime) else moment


def earlier(one: str | None, other: str | None) -> str | None:
    """Return the moment that comes first; nothing stands for never."""
    known = [moment for moment in (one, other) if moment is not None]
    return min(known, key=datetime.fromisoformat) if known else None


def latest(moments: Sequence[str | None]) -> str | None:
    """Return the moment that comes last; nothing stands for never, which comes after all."""
    known = [moment for moment in moments if moment is not None]
    return max(known, key=datetime.fromisoformat) if known and len(known) == len(moments) else None
