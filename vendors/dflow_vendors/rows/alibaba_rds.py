"""Alibaba Cloud: whitelist templates of ApsaraDB RDS, which instances name."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.clouds import ALICLOUD_RDS_WHITELIST_TEMPLATE
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

ALIBABA_RDS: Final = Vendor(
    key="alibaba_rds",
    name="ApsaraDB RDS whitelist template",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=Quota(
        number=1000,
        pool=QuotaPool.ALL_ENTRIES,
        counts="addresses of an instance",
        remedy="Let in a range that holds several of them.",
        source=Source("1000 addresses of an instance", "aliyun/alicloud rds_whitelist_template", _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "one resource is one template; the instance's list of templates is inline",
            "aliyun/terraform-provider-alicloud rds_whitelist_template, db_instance",
            _READ,
        ),
    ),
    official=(ALICLOUD_RDS_WHITELIST_TEMPLATE,),
)
