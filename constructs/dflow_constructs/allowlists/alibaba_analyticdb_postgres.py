"""A group of the IP whitelist of an AnalyticDB for PostgreSQL instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AlibabaAnalyticDbPostgres(VendorAllowlist):
    """A group of the IP whitelist of an AnalyticDB for PostgreSQL instance.

    Args:
        instance_id: The instance.
    """

    VENDOR: ClassVar[str] = "alibaba_analyticdb_postgres"

    instance_id: str
