"""Exoscale: security groups, which guard databases on machines of one's own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.clouds import EXOSCALE_SECURITY_GROUP_RULE
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

EXOSCALE_SECURITY_GROUP: Final = Vendor(
    key="exoscale_security_group",
    name="Exoscale security group",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.CIDR,
    note=Note(field="description", longest=200, allowed=re.compile(r"[A-Za-z0-9 ._:/(),-]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.SECURITY_GROUP,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "all incoming traffic is forbidden unless a rule lets it in",
            "community.exoscale.com/documentation/compute/security-groups",
            _READ,
        ),
        Source(
            "one resource is one rule, IPv4 or IPv6",
            "exoscale/terraform-provider-exoscale docs/resources/security_group_rule.md, 0.70",
            _READ,
        ),
    ),
    official=(EXOSCALE_SECURITY_GROUP_RULE,),
)
