"""The firewall rules of an Azure DocumentDB (MongoDB vCore) cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AzureMongoCluster(VendorAllowlist):
    """The firewall rules of an Azure DocumentDB (MongoDB vCore) cluster.

    Args:
        mongo_cluster_id: The id of the MongoDB cluster.
    """

    VENDOR: ClassVar[str] = "azure_mongo_cluster"

    mongo_cluster_id: str
