"""The IP restrictions of a PlanetScale Postgres database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class PlanetScalePostgres(VendorAllowlist):
    """The IP restrictions of a PlanetScale Postgres database.

    Args:
        database_name: The Postgres database, as PlanetScale names it.
        organization: The PlanetScale organization. Left out, Terraform reads PLANETSCALE_ORG.
    """

    VENDOR: ClassVar[str] = "planetscale_postgres"

    database_name: str
    organization: str | None = None
