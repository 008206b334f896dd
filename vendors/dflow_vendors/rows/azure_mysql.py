"""Azure MySQL: the firewall rules of a server."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.azure import AZURE_CLOUDS, AZURE_CREDENTIALS, AZURE_ENDPOINT, azure_locators
from dflow_vendors.official_resources.azurerm import MYSQL_FLEXIBLE_SERVER
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

_SDK: Final = "hashicorp/go-azure-sdk, mysql 2023-12-30 firewallrules"
_READ: Final = dt.date(2026, 11, 22)

AZURE_MYSQL: Final = Vendor(
    key="azure_mysql",
    name="Azure MySQL firewall rules",
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
        Source("a rule goes from a first to a last IPv4 address and is made or replaced by name", _SDK, _READ),
        Source("a change is a long-running operation (200, 201 or 202)", _SDK, _READ),
        Source(
            "only addresses within a rule get in by the public endpoint",
            "MicrosoftDocs/azure-databases-docs, mysql/flexible-server/concepts-networking-public.md",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.BY_DEFAULT,
        "the system's trust store",
        Source(
            "secure connections are enforced unless require_secure_transport is off",
            "MicrosoftDocs/azure-databases-docs, mysql/flexible-server/how-to-connect-tls-ssl.md",
            _READ,
        ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=azure_locators("server_name", "The flexible server.", "orders"),
        credentials=AZURE_CREDENTIALS,
        endpoint=AZURE_ENDPOINT,
        rights=(
            "The service principal needs read, write and delete on Microsoft.DBforMySQL/flexibleServers/firewallRules."
        ),
        limits=(
            "The rule from 0.0.0.0 to 0.0.0.0 lets in all Azure services of all customers; it is left alone.",
            "A server with private access (in a virtual network) has no firewall rules.",
            AZURE_CLOUDS,
        ),
    ),
    official=(MYSQL_FLEXIBLE_SERVER,),
)
