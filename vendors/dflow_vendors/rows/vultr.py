"""Vultr Managed Databases: the trusted sources of a database."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.owned import Credential, Endpoint, Locator, OwnedEntries
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

_SDK = "vultr/govultr v3.32, database.go"
_READ = dt.date(2026, 11, 22)

VULTR: Final = Vendor(
    key="vultr",
    name="Vultr trusted sources",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is trusted_ips of the database, written whole; other fields may be left out", _SDK, _READ),
        Source(
            "trusted sources are addresses set by a PUT on the database",
            "docs.vultr.com, How to Manage Trusted Sources",
            _READ,
        ),
        Source("Vultr's own tools leave an empty list out, so they cannot write one", _SDK, _READ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "ca_certificate of the database, which the API returns under /databases/<id>",
        Source("the database's object holds its authority's certificate", _SDK, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "the database's object holds it as ca_certificate", "vultr/govultr v3.32, database.go", _READ
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "database_id",
                "The Vultr Managed Database.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "a database's id (a UUID)",
                "43b4c774-5dff-4ac0-a01f-78a23c2205b5",
            ),
        ),
        credentials=(Credential("API key of Vultr", ("VULTR_API_KEY",)),),
        endpoint=Endpoint("https://api.vultr.com/v2", ("VULTR_API_URL",)),
        rights="The key has to be allowed to change the database.",
        limits=(
            "What an empty list means is not documented, so it is treated as if it let everybody in.",
            "Whether Vultr takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
