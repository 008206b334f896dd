"""The IP access list of a ClickHouse Cloud service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class ClickHouseCloud(VendorAllowlist):
    """The IP access list of a ClickHouse Cloud service.

    Args:
        service_id: The ClickHouse service.
        organization_id: The organization of ClickHouse Cloud. Left out, Terraform reads CLICKHOUSE_ORG_ID.
    """

    VENDOR: ClassVar[str] = "clickhouse_cloud"

    service_id: str
    organization_id: str | None = None
