"""An IP traffic filter of our own on an Elastic Cloud deployment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class ElasticCloud(VendorAllowlist):
    """An IP traffic filter of our own on an Elastic Cloud deployment.

    Args:
        deployment_id: The id of the deployment.
        region: The region of the deployment. Only `Manager.OFFICIAL` needs it.
    """

    VENDOR: ClassVar[str] = "elastic_cloud"

    deployment_id: str
    region: str | None = None
