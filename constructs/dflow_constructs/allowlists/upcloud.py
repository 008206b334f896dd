"""The IP filter of an UpCloud database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class UpCloud(VendorAllowlist):
    """The IP filter of an UpCloud database.

    Args:
        service_id: The UpCloud Managed Database.
    """

    VENDOR: ClassVar[str] = "upcloud"

    service_id: str
