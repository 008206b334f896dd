"""The allowed IPs of a Scaleway database instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class ScalewayRdb(VendorAllowlist):
    """The allowed IPs of a Scaleway database instance.

    Args:
        instance_id: The Managed Database instance, without the region that Scaleway's provider writes before
            it.
        region: The region the instance is in. Left out, Terraform reads SCW_DEFAULT_REGION.
    """

    VENDOR: ClassVar[str] = "scaleway_rdb"

    instance_id: str
    region: str | None = None
