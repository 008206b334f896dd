"""Linode (Akamai): the access controls of a Managed Database."""

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

_SDK = "linode/linodego 2.5, {postgres,databases,client,retries}.go"
_PROVIDER = "linode/terraform-provider-linode, linode/databaseaccesscontrols/resource.go"
_READ = dt.date(2026, 11, 22)

LINODE: Final = Vendor(
    key="linode",
    name="Linode Managed Database access controls",
    shape=Shape.WHOLE_LIST,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("allow_list is part of the database and written whole; other fields may be left out", _SDK, _READ),
        Source("503 with X-Maintenance-Mode means that trying again is of no use", _SDK, _READ),
        Source("a change takes until the database is active again", _PROVIDER, _READ),
        Source("destroying the vendor's own resource empties the list", _PROVIDER, _READ),
        Source("an empty list lets nobody in, on the private network either", "linode/linode-api-docs PR 647", _READ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "the database's own authority: GET /databases/{engine}/instances/{id}/ssl",
        Source("ssl_connection of a database says whether it uses TLS", _SDK, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /databases/{engine}/instances/{id}/ssl returns the authority's certificate in base64",
            "linode/linodego 2.5, {postgres,databases}.go",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "engine",
                "The database's engine, as it stands in the API's paths.",
                re.compile(r"postgresql|mysql"),
                "postgresql or mysql",
                "postgresql",
            ),
            Locator("database_id", "The Managed Database.", re.compile(r"[1-9][0-9]{0,18}"), "a number", "123456"),
        ),
        credentials=(Credential("access token of Linode", ("LINODE_TOKEN",)),),
        endpoint=Endpoint("https://api.linode.com", ("LINODE_URL",)),
        rights="The token has to be allowed to read and change databases.",
        limits=(
            "Whether Linode takes IPv6 entries is not documented, so they are refused.",
            "A `linode_database_access_controls`, or `allow_list` of a database in a stack, writes the whole list too.",
        ),
    ),
)
