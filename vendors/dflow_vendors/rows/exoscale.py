"""Exoscale DBaaS: the IP filter of a service."""

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

_SPEC = "exoscale/egoscale v3.1.43, v3/generator/source.yaml"
_READ = dt.date(2026, 11, 22)

EXOSCALE: Final = Vendor(
    key="exoscale",
    name="Exoscale database IP filter",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is ip-filter of the service, written whole; other fields may be left out", _SPEC, _READ),
        Source("a write is an operation, which ends as success, failure or timeout with a reason", _SPEC, _READ),
        Source(
            "requests are signed with HMAC-SHA256 over method, path, body and expiry",
            "exoscale/egoscale, SecurityProvider; exoscale/requests-exoscale-auth",
            _READ,
        ),
        Source(
            "EXOSCALE_API_ENDPOINT names another endpoint",
            "exoscale/terraform-provider-exoscale",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the account's certificate of the zone, which the API returns under /dbaas-ca-certificate",
        Source("one authority for each zone and account", _SPEC, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /dbaas-ca-certificate returns the authority's certificate",
            "exoscale/egoscale v3.1.43, v3/generator/source.yaml",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "zone",
                "The zone of the service.",
                re.compile(r"[a-z]{2}-[a-z]{2,4}-[0-9]{1,2}"),
                "a zone of Exoscale (ch-gva-2)",
                "de-fra-1",
            ),
            Locator(
                "type",
                "The kind of the service: `pg`, `mysql`, `valkey`, `kafka` or `opensearch`.",
                re.compile(r"pg|mysql|valkey|kafka|opensearch"),
                "a kind of service (pg, mysql, valkey, kafka or opensearch)",
                "pg",
            ),
            Locator(
                "name",
                "The name of the service.",
                re.compile(r"[a-z0-9][a-z0-9-]{0,62}"),
                "a service's name (small letters, digits and hyphens)",
                "orders",
            ),
        ),
        credentials=(
            Credential("API key of Exoscale", ("EXOSCALE_API_KEY",)),
            Credential("secret of the API key", ("EXOSCALE_API_SECRET",)),
        ),
        endpoint=Endpoint("https://api-{zone}.exoscale.com/v2", ("EXOSCALE_API_ENDPOINT",)),
        rights="The key's role has to allow reading and updating of the DBaaS service, and reading of operations.",
        limits=(
            "What an empty list means is not documented, so it is treated as if it let everybody in.",
            "Whether Exoscale takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
