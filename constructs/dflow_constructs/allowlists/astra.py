"""The access list of an Astra DB database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Astra(VendorAllowlist):
    """The access list of an Astra DB database.

    Args:
        database_id: The Astra database; its list holds for all of its regions.
    """

    VENDOR: ClassVar[str] = "astra"

    database_id: str
