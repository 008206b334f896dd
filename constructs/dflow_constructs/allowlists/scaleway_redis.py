"""The allowed IPs of a Scaleway Redis cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class ScalewayRedis(VendorAllowlist):
    """The allowed IPs of a Scaleway Redis cluster.

    Args:
        cluster_id: The Redis cluster, without the zone that Scaleway's provider writes before it.
        zone: The zone the cluster is in. Left out, Terraform reads SCW_DEFAULT_ZONE.
    """

    VENDOR: ClassVar[str] = "scaleway_redis"

    cluster_id: str
    zone: str | None = None
