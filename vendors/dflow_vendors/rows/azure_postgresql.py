"""Azure PostgreSQL: the firewall rules of a server."""

from __future__ import annotations

import datetime as dt
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.azure import AZURE_CLOUDS, AZURE_CREDENTIALS, AZURE_ENDPOINT, azure_locators
from dflow_vendors.official_resources.azurerm import POSTGRESQL_FLEXIBLE_SERVER
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

_SDK: Final = "azure-mgmt-postgresqlflexibleservers 3.0.0, FirewallRules"
_READ: Final = dt.date(2026, 11, 22)

AZURE_POSTGRESQL: Final = Vendor(
    key="azure_postgresql",
    name="Azure PostgreSQL firewall rules",
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
        Source("a change is a long-running operation (202)", _SDK, _READ),
        Source("the server handles one change at a time", "hashicorp/terraform-provider-azurerm#19953, #23176", _READ),
        Source(
            "closed without rules; IPv6 is refused; a change may take 5 minutes",
            "MicrosoftDocs/azure-databases-docs, PostgreSQL firewall rules",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.BY_DEFAULT,
        "the system's trust store",
        Source(
            "secure connections are enforced unless require_secure_transport is off",
            "learn.microsoft.com/azure/postgresql/security/security-tls-how-to-connect",
            _READ,
        ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=azure_locators("server_name", "The flexible server.", "orders"),
        credentials=AZURE_CREDENTIALS,
        endpoint=AZURE_ENDPOINT,
        rights=(
            "The service principal needs read, write and delete on "
            "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules."
        ),
        limits=(
            "The rule from 0.0.0.0 to 0.0.0.0 lets in all Azure services of all customers; it is left alone.",
            "A change may take up to 5 minutes until it is in force, and the server takes one at a time.",
            "A server with private access (in a virtual network) has no firewall rules.",
            AZURE_CLOUDS,
        ),
    ),
    official=(POSTGRESQL_FLEXIBLE_SERVER,),
)
