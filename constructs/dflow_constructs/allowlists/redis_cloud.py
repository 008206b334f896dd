"""The CIDR list of a Redis Cloud database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class RedisCloud(VendorAllowlist):
    """The CIDR list of a Redis Cloud database.

    Args:
        subscription_id: The number of the subscription.
        database_id: The number of the database.
        plan: Which kind of subscription the database belongs to: `pro` or `essentials`.
    """

    VENDOR: ClassVar[str] = "redis_cloud"

    subscription_id: str
    database_id: str
    plan: str = "pro"
