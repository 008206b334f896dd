"""An Exoscale security group, which guards a database on machines of your own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class ExoscaleSecurityGroup(VendorAllowlist):
    """An Exoscale security group, which guards a database on machines of your own.

    Args:
        security_group_id: The group.
    """

    VENDOR: ClassVar[str] = "exoscale_security_group"

    security_group_id: str
