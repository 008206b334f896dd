"""The IP allowlist of an Upstash Redis database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Upstash(VendorAllowlist):
    """The IP allowlist of an Upstash Redis database.

    Args:
        database_id: The Upstash Redis database.
    """

    VENDOR: ClassVar[str] = "upstash"

    database_id: str
