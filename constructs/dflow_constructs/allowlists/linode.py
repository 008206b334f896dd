"""The allow list of a Linode database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Linode(VendorAllowlist):
    """The allow list of a Linode database.

    Args:
        engine: The database's engine, as it stands in the API's paths.
        database_id: The Managed Database.
    """

    VENDOR: ClassVar[str] = "linode"

    engine: str
    database_id: str
