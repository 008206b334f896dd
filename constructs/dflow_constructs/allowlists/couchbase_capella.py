"""The allowed IPs of a Couchbase Capella cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class CouchbaseCapella(VendorAllowlist):
    """The allowed IPs of a Couchbase Capella cluster.

    Args:
        organization_id: The organization.
        project_id: The project.
        cluster_id: The cluster.
    """

    VENDOR: ClassVar[str] = "couchbase_capella"

    organization_id: str
    project_id: str
    cluster_id: str
