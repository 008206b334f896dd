"""Azure DocumentDB (MongoDB vCore): the firewall rules of a cluster."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.azurerm import MONGO_CLUSTER
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

AZURE_MONGO_CLUSTER: Final = Vendor(
    key="azure_mongo_cluster",
    name="Azure MongoDB cluster firewall",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.FIRST_AND_LAST,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source(
            "one resource is one rule",
            "hashicorp/terraform-provider-azurerm website/docs/r/mongo_cluster_firewall_rule.html.markdown, 5.2",
            _READ,
        ),
    ),
    official=(MONGO_CLUSTER,),
)
