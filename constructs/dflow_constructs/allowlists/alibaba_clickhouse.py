"""A group of the IP whitelist of an ApsaraDB for ClickHouse cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AlibabaClickHouse(VendorAllowlist):
    """A group of the IP whitelist of an ApsaraDB for ClickHouse cluster.

    Args:
        instance_id: The cluster.
    """

    VENDOR: ClassVar[str] = "alibaba_clickhouse"

    instance_id: str
