"""The firewall rules of an Azure Cosmos DB for PostgreSQL cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AzureCosmosDbPostgreSql(VendorAllowlist):
    """The firewall rules of an Azure Cosmos DB for PostgreSQL cluster.

    Args:
        cluster_id: The id of the Cosmos DB for PostgreSQL cluster.
    """

    VENDOR: ClassVar[str] = "azure_cosmosdb_postgresql"

    cluster_id: str
