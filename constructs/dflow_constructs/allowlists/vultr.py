"""The trusted sources of a Vultr database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Vultr(VendorAllowlist):
    """The trusted sources of a Vultr database.

    Args:
        database_id: The Vultr Managed Database.
    """

    VENDOR: ClassVar[str] = "vultr"

    database_id: str
