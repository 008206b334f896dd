"""YugabyteDB Aeon: IP allow lists, which clusters name."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.databases import YBM_ALLOW_LIST
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

YUGABYTE_AEON: Final = Vendor(
    key="yugabyte_aeon",
    name="YugabyteDB Aeon allow list",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.PROJECT,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "only addresses on lists that are assigned to a cluster get in",
            "docs.yugabyte.com/stable/yugabyte-cloud/cloud-secure-clusters/add-connections",
            _READ,
        ),
        Source(
            "the cluster's list of lists is inline",
            "yugabyte/terraform-provider-ybm docs, 2026-08-18",
            _READ,
        ),
    ),
    official=(YBM_ALLOW_LIST,),
)
