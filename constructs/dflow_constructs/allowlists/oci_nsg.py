"""A network security group of Oracle Cloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class OciNsg(VendorAllowlist):
    """A network security group of Oracle Cloud.

    Args:
        network_security_group_id: The OCID of the group.
    """

    VENDOR: ClassVar[str] = "oci_nsg"

    network_security_group_id: str
