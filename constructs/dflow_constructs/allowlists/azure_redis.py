"""The firewall rules of an Azure Cache for Redis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AzureRedis(VendorAllowlist):
    """The firewall rules of an Azure Cache for Redis.

    Args:
        redis_cache: The name of the cache.
        resource_group: The resource group it is in.
    """

    VENDOR: ClassVar[str] = "azure_redis"

    redis_cache: str
    resource_group: str
