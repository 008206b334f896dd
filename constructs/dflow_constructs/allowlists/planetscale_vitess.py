"""The IP restrictions of a password of a PlanetScale Vitess database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class PlanetScaleVitess(VendorAllowlist):
    """The IP restrictions of a password of a PlanetScale Vitess database.

    Args:
        database_name: The Vitess database, as PlanetScale names it.
        branch: The branch the password is for.
        password_id: The password's id, which is no secret. Best is a password that nobody else uses.
        organization: The PlanetScale organization. Left out, Terraform reads PLANETSCALE_ORG.
    """

    VENDOR: ClassVar[str] = "planetscale_vitess"

    database_name: str
    branch: str
    password_id: str
    organization: str | None = None
