"""The authorized networks of a Cloud SQL instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class GoogleCloudSql(VendorAllowlist):
    """The authorized networks of a Cloud SQL instance.

    Args:
        instance: The name of the Cloud SQL instance. A read replica has a list of its own.
        project: The Google Cloud project of the instance. Left out, Terraform reads GOOGLE_PROJECT.
    """

    VENDOR: ClassVar[str] = "google_cloud_sql"

    instance: str
    project: str | None = None
