"""The IP access list of a MongoDB Atlas project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class MongoDbAtlas(VendorAllowlist):
    """The IP access list of a MongoDB Atlas project.

    Args:
        project_id: The Atlas project; its list holds for all of its clusters.
    """

    VENDOR: ClassVar[str] = "mongodb_atlas"

    project_id: str
