"""Scalingo: the firewall of a database of the next generation."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.databases import SCALINGO_DATABASE_FIREWALL_RULE
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    OwnerMark,
    Scope,
    Shape,
    Source,
    Vendor,
)

_READ = dt.date(2026, 11, 22)

SCALINGO: Final = Vendor(
    key="scalingo",
    name="Scalingo database firewall",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=Note(field="label", longest=100, allowed=re.compile(r"[A-Za-z0-9 ._:/(),-]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "one resource is one rule; what an empty firewall means, and IPv6, are not documented",
            "Scalingo/terraform-provider-scalingo docs/resources/database_firewall_rule.md, 2.7",
            _READ,
        ),
    ),
    official=(SCALINGO_DATABASE_FIREWALL_RULE,),
)
