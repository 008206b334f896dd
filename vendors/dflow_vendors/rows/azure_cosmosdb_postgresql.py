"""Azure Cosmos DB for PostgreSQL: the firewall rules of a cluster."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.official_resources.azurerm import COSMOSDB_POSTGRESQL
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

AZURE_COSMOSDB_POSTGRESQL: Final = Vendor(
    key="azure_cosmosdb_postgresql",
    name="Azure Cosmos DB for PostgreSQL firewall",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.FIRST_AND_LAST,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source(
            "all access is blocked unless a rule lets it in",
            "MicrosoftDocs/azure-docs articles/cosmos-db/postgresql/concepts-firewall-rules.md",
            _READ,
        ),
    ),
    official=(COSMOSDB_POSTGRESQL,),
)
