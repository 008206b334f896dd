"""Hetzner Cloud: firewalls, several of which a server may have."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.clouds import HCLOUD_FIREWALL
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

HETZNER_FIREWALL: Final = Vendor(
    key="hetzner_firewall",
    name="Hetzner Cloud Firewall",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note(field="description", longest=200, allowed=re.compile(r"[A-Za-z0-9 ._:/(),-]")),
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=Quota(
        number=50,
        pool=QuotaPool.ALL_ENTRIES,
        counts="rules of a firewall",
        remedy="Declare a range that holds several addresses, or let in a gateway they share.",
        source=Source("50 rules of a firewall", "Hetzner Cloud API, Set Rules", _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "rules only let in; a server without a firewall lets in everybody",
            "hetznercloud/terraform-provider-hcloud docs/resources/firewall.md, 1.68",
            _READ,
        ),
        Source(
            "one attachment for each firewall",
            "hetznercloud/terraform-provider-hcloud docs/resources/firewall_attachment.md, 1.68",
            _READ,
        ),
    ),
    official=(HCLOUD_FIREWALL,),
)
