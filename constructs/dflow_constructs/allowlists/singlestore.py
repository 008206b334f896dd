"""The firewall of a SingleStore workspace group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class SingleStore(VendorAllowlist):
    """The firewall of a SingleStore workspace group.

    Args:
        workspace_group_id: The workspace group; its list holds for all of its workspaces.
    """

    VENDOR: ClassVar[str] = "singlestore"

    workspace_group_id: str
