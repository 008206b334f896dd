"""Aiven: the IP filter of a service."""

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
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_SCHEMA = "aiven/go-api-schemas, pkg/dist/service_types.yml"
_CLI = "aiven-client 4.18"
_GUIDE = "aiven/aiven-docs, docs/platform/howto/restrict-access.md"
_READ = dt.date(2026, 11, 22)

AIVEN: Final = Vendor(
    key="aiven",
    name="Aiven IP filter",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note(field="description", longest=1024, allowed=re.compile(r"[ -~]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=Quota(
        number=8000,
        pool=QuotaPool.ALL_ENTRIES,
        counts="entries in the IP filter of a service",
        remedy="Remove entries nobody needs, or list ranges instead of single addresses.",
        source=Source("ip_filter has at most 8000 items", _SCHEMA, _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("an item is a text or an object of network and description (1024 characters)", _SCHEMA, _READ),
        Source("the default is 0.0.0.0/0 and ::/0", _SCHEMA, _READ),
        Source("a PUT of some keys of user_config leaves the others as they are", _CLI, _READ),
        Source("an empty list lets nobody in", _GUIDE, _READ),
        Source(
            "secrets in user_config are read as <redacted>",
            "aiven/terraform-provider-aiven 4.61.0, internal/schemautil/service.go",
            _READ,
        ),
        Source(
            "the vendor's provider keeps the list inline on the service",
            "aiven/terraform-provider-aiven 4.61.0, aiven_pg and the others",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the project's CA certificate (`avn project ca-get`), both of them while it is being renewed",
        Source("PostgreSQL and MySQL need the project's CA", "aiven/aiven-docs, tls-ssl-certificates.md", _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /v1/project/{project}/kms/ca returns the authority's certificate, two of them during a renewal",
            "aiven/go-client-codegen v0.214, handler/project; aiven/aiven-docs, tls-ssl-certificates.md",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "project",
                "The Aiven project of the service.",
                re.compile(r"[a-z0-9][a-z0-9-]{0,62}"),
                "the name of an Aiven project (small letters, digits and hyphens)",
                "shop-production",
            ),
            Locator(
                "service_name",
                "The name of the service.",
                re.compile(r"[a-z][a-z0-9-]{0,63}"),
                "the name of an Aiven service (small letters, digits and hyphens)",
                "orders-pg",
            ),
        ),
        credentials=(Credential("token of Aiven", ("AIVEN_TOKEN", "AIVEN_AUTH_TOKEN")),),
        endpoint=Endpoint("https://api.aiven.io", ("AIVEN_WEB_URL",)),
        rights="The token's user has to be allowed to change the service's configuration.",
        limits=(
            'A service is born with "0.0.0.0/0" and "::/0" on its list: as long as they are there, everybody gets in.',
            (
                "An ip_filter, ip_filter_string or ip_filter_object on the service's resource in Terraform writes the "
                "whole list: leave them out there, or let Terraform ignore their changes."
            ),
        ),
    ),
)
