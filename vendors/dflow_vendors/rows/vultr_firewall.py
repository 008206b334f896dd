"""Vultr: firewall groups, which guard databases on machines of one's own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.clouds import VULTR_FIREWALL_RULE
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

VULTR_FIREWALL: Final = Vendor(
    key="vultr_firewall",
    name="Vultr firewall group",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.ADDRESS_AND_MASK,
    note=Note(field="notes", longest=200, allowed=re.compile(r"[A-Za-z0-9 ._:/(),-]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.SECURITY_GROUP,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "one resource is one rule, IPv4 or IPv6; a group says itself how many it holds",
            "vultr/terraform-provider-vultr, resource_vultr_firewall_rule.go; docs.vultr.com, vultr_firewall_group",
            _READ,
        ),
    ),
    official=(VULTR_FIREWALL_RULE,),
)
