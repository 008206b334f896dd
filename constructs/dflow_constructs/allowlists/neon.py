"""The IP Allow list of a Neon project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Neon(VendorAllowlist):
    """The IP Allow list of a Neon project.

    Args:
        project_id: The Neon project; its list holds for all of its branches, or for the protected ones only.
    """

    VENDOR: ClassVar[str] = "neon"

    project_id: str
