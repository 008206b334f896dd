"""Couchbase Capella: the allowed IP addresses of a cluster."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.databases import COUCHBASE_CAPELLA_ALLOWLIST
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

_READ = dt.date(2026, 11, 22)

COUCHBASE_CAPELLA: Final = Vendor(
    key="couchbase_capella",
    name="Couchbase Capella allowed IPs",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note(field="comment", longest=200, allowed=re.compile(r"[A-Za-z0-9 ._:/(),-]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=Quota(
        number=75,
        pool=QuotaPool.ALL_ENTRIES,
        counts="entries on the list",
        remedy="Remove entries nobody needs, or let in a range that holds several of them.",
        source=Source("75 entries on the list", "docs.couchbase.com/cloud/clusters/allow-ip-address.html", _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "whoever is not on the list is denied; entries may expire; IPv4 only",
            "docs.couchbase.com/cloud/clusters/allow-ip-address.html",
            _READ,
        ),
        Source(
            "how long a comment may be is not documented",
            "couchbasecloud/terraform-provider-couchbase-capella docs/resources/allowlist.md, 1.10",
            _READ,
        ),
    ),
    official=(COUCHBASE_CAPELLA_ALLOWLIST,),
)
