"""The firewall of a Scalingo database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Scalingo(VendorAllowlist):
    """The firewall of a Scalingo database.

    Args:
        database_id: The database, of the next generation.
    """

    VENDOR: ClassVar[str] = "scalingo"

    database_id: str
