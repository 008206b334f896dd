"""A Vultr firewall group, which guards a database on machines of your own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class VultrFirewall(VendorAllowlist):
    """A Vultr firewall group, which guards a database on machines of your own.

    Args:
        firewall_group_id: The group.
    """

    VENDOR: ClassVar[str] = "vultr_firewall"

    firewall_group_id: str
