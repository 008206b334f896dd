"""Facts about database vendors' allowlists, as data: each with its source and date."""

from dflow_vendors.authority import AuthorityOrigin, PublishedAuthority
from dflow_vendors.catalogue import all_vendors, vendor_named
from dflow_vendors.official import OfficialResource
from dflow_vendors.owned import Credential, Endpoint, Expiry, Locator, OwnedEntries
from dflow_vendors.rows.aws_security_group import AWS_SECURITY_GROUP
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    NoteChange,
    Overlap,
    OwnerMark,
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

__all__ = [
    "AWS_SECURITY_GROUP",
    "AuthorityOrigin",
    "CallPattern",
    "Concurrency",
    "Credential",
    "DestroyMeans",
    "EmptyMeans",
    "Endpoint",
    "EntryForm",
    "Expiry",
    "Family",
    "Locator",
    "Note",
    "NoteChange",
    "OfficialResource",
    "Overlap",
    "OwnedEntries",
    "OwnerMark",
    "PublishedAuthority",
    "Quota",
    "QuotaPool",
    "Scope",
    "Shape",
    "Source",
    "TlsFacts",
    "TlsUse",
    "Vendor",
    "all_vendors",
    "vendor_named",
]
