"""The allowlist of a deployment of IBM Cloud Databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class IbmCloudDatabases(VendorAllowlist):
    """The allowlist of a deployment of IBM Cloud Databases.

    Args:
        deployment: The deployment's CRN.
        region: The region the deployment is in. Left out, Terraform reads IC_REGION.
    """

    VENDOR: ClassVar[str] = "ibm_cloud_databases"

    deployment: str
    region: str | None = None
