"""A firewall of Hetzner Cloud on servers of your own, with the entries of this program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class HetznerFirewall(VendorAllowlist):
    """A firewall of Hetzner Cloud on servers of your own, with the entries of this program.

    Args:
        server_ids: The numbers of the servers, separated by commas.
    """

    VENDOR: ClassVar[str] = "hetzner_firewall"

    server_ids: str
