"""Azure Cache for Redis: the firewall rules of a cache."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.azurerm import REDIS
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

AZURE_REDIS: Final = Vendor(
    key="azure_redis",
    name="Azure Cache for Redis firewall",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.FIRST_AND_LAST,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source(
            "without rules all addresses are allowed",
            "azure.github.io/PSRule.Rules.Azure, Azure.Redis.FirewallIPRange",
            _READ,
        ),
    ),
    official=(REDIS,),
)
