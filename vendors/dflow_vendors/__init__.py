"""Facts about database vendors' allowlists, as data: each with its source and date."""

from typing import Final

from dflow_vendors.aws_security_group import AWS_SECURITY_GROUP
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    OwnerMark,
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    Vendor,
)

VENDORS: Final = (AWS_SECURITY_GROUP,)
"""Every vendor this release knows."""

__all__ = [
    "AWS_SECURITY_GROUP",
    "VENDORS",
    "CallPattern",
    "Concurrency",
    "DestroyMeans",
    "EmptyMeans",
    "EntryForm",
    "Family",
    "Note",
    "OwnerMark",
    "Quota",
    "QuotaPool",
    "Scope",
    "Shape",
    "Source",
    "Vendor",
]
