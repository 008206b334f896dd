"""Azure SQL: the firewall rules of a server."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.azure import AZURE_CLOUDS, AZURE_CREDENTIALS, AZURE_ENDPOINT, azure_locators
from dflow_vendors.official_resources.azurerm import MSSQL
from dflow_vendors.owned import OwnedEntries
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
    TlsFacts,
    TlsUse,
    Vendor,
)

_SDK: Final = "hashicorp/go-azure-sdk, sql 2023-08-01-preview firewallrules"
_READ: Final = dt.date(2026, 11, 22)

AZURE_SQL: Final = Vendor(
    key="azure_sql",
    name="Azure SQL firewall rules",
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
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("a rule goes from a first to a last IPv4 address and is made or replaced by name", _SDK, _READ),
        Source("a change is carried out before it is answered", _SDK, _READ),
        Source("only addresses within a rule can connect", "learn.microsoft.com/sql, sys.firewall_rules", _READ),
        Source("a database can have rules of its own", "learn.microsoft.com/sql, sys.database_firewall_rules", _READ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "the system's trust store",
        Source(
            "certificates are signed by authorities of the public list that clients validate against",
            "learn.microsoft.com/azure/azure-sql/updates/ssl-root-certificate-expiring",
            _READ,
        ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=azure_locators("server_name", "The logical server, with all of its databases.", "orders"),
        credentials=AZURE_CREDENTIALS,
        endpoint=AZURE_ENDPOINT,
        rights="The service principal needs read, write and delete on Microsoft.Sql/servers/firewallRules.",
        limits=(
            "The rule from 0.0.0.0 to 0.0.0.0 lets in all Azure services of all customers; it is left alone.",
            "Rules of single databases, made in SQL, are not seen.",
            AZURE_CLOUDS,
        ),
    ),
    official=(MSSQL,),
)
