"""Alibaba Cloud: the IP whitelist groups of ApsaraDB for ClickHouse, Enterprise Edition."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.clouds import ALICLOUD_CLICK_HOUSE_SECURITY_IP
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    OwnerMark,
    Scope,
    Shape,
    Source,
    Vendor,
)

_READ = dt.date(2026, 11, 22)

ALIBABA_CLICKHOUSE: Final = Vendor(
    key="alibaba_clickhouse",
    name="ApsaraDB for ClickHouse whitelist",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "one resource is one group of addresses",
            "aliyun/terraform-provider-alicloud click_house_enterprise_db_cluster_security_ip",
            _READ,
        ),
    ),
    official=(ALICLOUD_CLICK_HOUSE_SECURITY_IP,),
)
