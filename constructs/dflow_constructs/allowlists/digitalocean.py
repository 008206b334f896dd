"""The trusted sources of a DigitalOcean database cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class DigitalOcean(VendorAllowlist):
    """The trusted sources of a DigitalOcean database cluster.

    Args:
        cluster_id: The id of the database cluster, or of a read-only node, which has a list of its own.
    """

    VENDOR: ClassVar[str] = "digitalocean"

    cluster_id: str
