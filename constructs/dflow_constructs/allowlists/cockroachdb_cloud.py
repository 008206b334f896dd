"""The IP allowlist of a CockroachDB Cloud cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class CockroachDbCloud(VendorAllowlist):
    """The IP allowlist of a CockroachDB Cloud cluster.

    Args:
        cluster_id: The CockroachDB Cloud cluster.
    """

    VENDOR: ClassVar[str] = "cockroachdb_cloud"

    cluster_id: str
