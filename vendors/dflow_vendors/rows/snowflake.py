"""Snowflake: network rules, which a network policy names."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.databases import SNOWFLAKE_NETWORK_RULE
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

SNOWFLAKE: Final = Vendor(
    key="snowflake",
    name="Snowflake network rule",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.ACCOUNT,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "a policy's list of rules is authoritative, one policy holds for the account",
            "snowflakedb/terraform-provider-snowflake docs/resources/network_policy.md, network_rule.md, 2.20",
            _READ,
        ),
    ),
    official=(SNOWFLAKE_NETWORK_RULE,),
)
