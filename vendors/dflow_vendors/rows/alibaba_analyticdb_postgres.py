"""Alibaba Cloud: the IP whitelist groups of AnalyticDB for PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.clouds import ALICLOUD_GPDB_DB_INSTANCE_IP_ARRAY
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    OwnerMark,
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    Vendor,
)

_READ = dt.date(2026, 11, 22)

ALIBABA_ANALYTICDB_POSTGRES: Final = Vendor(
    key="alibaba_analyticdb_postgres",
    name="AnalyticDB for PostgreSQL whitelist",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=Quota(
        number=1000,
        pool=QuotaPool.ALL_ENTRIES,
        counts="addresses of a group",
        remedy="Let in a range that holds several of them.",
        source=Source("1000 addresses of a group", "aliyun/alicloud gpdb_db_instance_ip_array", _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "all addresses are blocked unless a group lets them in",
            "alibabacloud.com/help/doc-detail/50207.htm",
            _READ,
        ),
        Source(
            "1,000 addresses a group, 50 groups an instance",
            "aliyun/terraform-provider-alicloud website/docs/r/gpdb_db_instance_ip_array.html.markdown",
            _READ,
        ),
    ),
    official=(ALICLOUD_GPDB_DB_INSTANCE_IP_ARRAY,),
)
