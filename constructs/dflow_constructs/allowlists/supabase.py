"""The network restrictions of a Supabase project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Supabase(VendorAllowlist):
    """The network restrictions of a Supabase project.

    Args:
        project_ref: The Supabase project.
    """

    VENDOR: ClassVar[str] = "supabase"

    project_ref: str
