"""ClickHouse Cloud: the IP access list of a service."""

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
    Note,
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_PROVIDER = "ClickHouse/terraform-provider-clickhouse 3.25, internal/api/{models,service,common}.go"
_DOCS = "ClickHouse/clickhouse-docs, setting-ip-filters.md"
_READ = dt.date(2026, 11, 22)

CLICKHOUSE_CLOUD: Final = Vendor(
    key="clickhouse_cloud",
    name="ClickHouse Cloud IP access list",
    shape=Shape.INLINE,
    pattern=CallPattern.DELTA,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    # The length is not documented; what is assumed is what other vendors take at the least.
    note=Note("description", 255, re.compile(r"[^\x00-\x1f\x7f]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("one call names what to add to the list and what to remove from it", _PROVIDER, _READ),
        Source(
            "what is named under both is removed first: every change of the provider relies on it", _PROVIDER, _READ
        ),
        Source("a refused client may come back after X-RateLimit-Reset seconds and one more", _PROVIDER, _READ),
        Source("an empty list lets nobody in; entries are IPv4; the length of a description is not said", _DOCS, _READ),
        Source("10 requests in 10 seconds for each key", "ClickHouse/clickhouse-docs, api-overview.md", _READ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the system's trust store",
        Source("a service has the endpoints nativesecure and https", _PROVIDER, _READ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "organization_id",
                "The organization of ClickHouse Cloud.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "the id of an organization (a UUID)",
                "5a1b0c4e-7f2d-4c55-9d4a-0e6b8c1d2f30",
                "CLICKHOUSE_ORG_ID",
            ),
            Locator(
                "service_id",
                "The ClickHouse service.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "the id of a service (a UUID)",
                "c0ffee00-1234-4abc-8def-0123456789ab",
            ),
        ),
        credentials=(
            Credential("key id of ClickHouse Cloud", ("CLICKHOUSE_CLOUD_API_KEY", "CLICKHOUSE_TOKEN_KEY")),
            Credential("key secret of ClickHouse Cloud", ("CLICKHOUSE_CLOUD_API_SECRET", "CLICKHOUSE_TOKEN_SECRET")),
        ),
        endpoint=Endpoint("https://api.clickhouse.cloud/v1", ("CLICKHOUSE_API_URL",)),
        rights="The key has to be allowed to change the service.",
        limits=(
            "An address that `ip_access` of a `clickhouse_service` lists too goes when it is taken out there.",
            "PostgreSQL services of ClickHouse Cloud have no such list in the API.",
        ),
    ),
)
