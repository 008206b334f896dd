"""The firewall rules of a Crunchy Bridge cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class CrunchyBridge(VendorAllowlist):
    """The firewall rules of a Crunchy Bridge cluster.

    Args:
        network_id: The network of the cluster; its rules hold for all clusters in it.
    """

    VENDOR: ClassVar[str] = "crunchy_bridge"

    network_id: str
