"""An address that services leave from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Egress:
    """An address that services leave from, with what else is known of it.

    Args:
        address: the address or CIDR: `18.195.4.7`.
        expires_at: when databases stop letting it in: `2026-12-31T18:00:00Z`; never unless given.
        optional: leave it out for databases whose vendor does not take its family, IPv4 or IPv6; they refuse it unless
            this is set.
    """

    address: str
    expires_at: str | datetime | None = None
    optional: bool = False
