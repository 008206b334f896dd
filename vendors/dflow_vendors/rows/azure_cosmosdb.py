"""Azure Cosmos DB: the IP firewall of an account."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.azure import AZURE_CLOUDS, AZURE_CREDENTIALS, AZURE_ENDPOINT, azure_locators
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

_SDK: Final = "azure-mgmt-cosmosdb 10.0.0, DatabaseAccounts"
_DOCS: Final = "MicrosoftDocs/azure-databases-docs, cosmos-db/how-to-configure-firewall"
_READ: Final = dt.date(2026, 11, 22)

AZURE_COSMOSDB: Final = Vendor(
    key="azure_cosmosdb",
    name="Azure Cosmos DB IP firewall",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("PATCH replaces ipRules, leaves the rest alone and is a long-running operation", _SDK, _READ),
        Source("there is no lock; a change waits until provisioningState is Succeeded", _SDK, _READ),
        Source("without IP and network rules everybody with a key gets in", _DOCS, _READ),
        Source("a change may take 15 minutes; 0.0.0.0 stands for Azure's datacentres", _DOCS, _READ),
        Source(
            "the vendor's provider keeps the list inline on the account",
            "hashicorp/terraform-provider-azurerm 5.2, azurerm_cosmosdb_account.ip_range_filter",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the system's trust store",
        Source("an account's endpoint is an https address", f"{_SDK}, documentEndpoint", _READ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=azure_locators("account_name", "The Cosmos DB account, with all of its databases.", "orders"),
        credentials=AZURE_CREDENTIALS,
        endpoint=AZURE_ENDPOINT,
        rights="The service principal needs read and write on Microsoft.DocumentDB/databaseAccounts.",
        limits=(
            "The addresses of Azure's portal stand on the same list and are kept: the Data Explorer needs them.",
            "A change may take up to 15 minutes until it is in force everywhere.",
            "MongoDB vCore clusters and Cosmos DB for PostgreSQL have other firewall rules, not covered here.",
            AZURE_CLOUDS,
        ),
    ),
)
