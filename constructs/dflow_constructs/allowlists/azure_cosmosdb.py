"""The IP firewall of an Azure Cosmos DB account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AzureCosmosDb(VendorAllowlist):
    """The IP firewall of an Azure Cosmos DB account.

    Args:
        resource_group: The resource group in it.
        account_name: The Cosmos DB account, with all of its databases.
        subscription_id: The Azure subscription. Left out, Terraform reads ARM_SUBSCRIPTION_ID.
    """

    VENDOR: ClassVar[str] = "azure_cosmosdb"

    resource_group: str
    account_name: str
    subscription_id: str | None = None
