"""The firewall rules of an Azure Database for PostgreSQL flexible server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AzurePostgreSql(VendorAllowlist):
    """The firewall rules of an Azure Database for PostgreSQL flexible server.

    Args:
        resource_group: The resource group in it.
        server_name: The flexible server.
        subscription_id: The Azure subscription. Left out, Terraform reads ARM_SUBSCRIPTION_ID.
    """

    VENDOR: ClassVar[str] = "azure_postgresql"

    resource_group: str
    server_name: str
    subscription_id: str | None = None
