"""The access control of a Render Postgres database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class RenderPostgres(VendorAllowlist):
    """The access control of a Render Postgres database.

    Args:
        postgres_id: The Render Postgres database.
    """

    VENDOR: ClassVar[str] = "render_postgres"

    postgres_id: str
