"""The authorized external networks of an AlloyDB instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class GoogleAlloyDb(VendorAllowlist):
    """The authorized external networks of an AlloyDB instance.

    Args:
        cluster: The id of the cluster.
        instance: The id of the instance. Each instance of a cluster, read pools too, has a list of its own.
        project: The Google Cloud project of the cluster. Left out, Terraform reads GOOGLE_PROJECT.
        location: The region of the cluster. Left out, Terraform reads GOOGLE_REGION.
    """

    VENDOR: ClassVar[str] = "google_alloydb"

    cluster: str
    instance: str
    project: str | None = None
    location: str | None = None
