"""The authorised IPs of an OVHcloud database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Ovh(VendorAllowlist):
    """The authorised IPs of an OVHcloud database.

    Args:
        engine: The database's engine, as it stands in the API's paths.
        cluster_id: The database service.
        service_name: The Public Cloud project. Left out, Terraform reads OVH_CLOUD_PROJECT_SERVICE.
    """

    VENDOR: ClassVar[str] = "ovh"

    engine: str
    cluster_id: str
    service_name: str | None = None
