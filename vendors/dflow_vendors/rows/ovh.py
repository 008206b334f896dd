"""OVHcloud: the IP restrictions of a Public Cloud database."""

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

_PROVIDER = "ovh/terraform-provider-ovh, ovh/types_cloud_project_database.go"
_CATALOGUE = "api.ovh.com, /cloud/project/{serviceName}/database"
_SDK = "ovh/go-ovh, ovh/{ovh,configuration}.go"
_READ = dt.date(2026, 11, 22)

OVH: Final = Vendor(
    key="ovh",
    name="OVHcloud database IP restrictions",
    shape=Shape.INLINE,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    # The length is not documented.
    note=Note("description", 255, re.compile(r"[^\x00-\x1f\x7f]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("each restriction can be added, described anew and removed by a call of its own", _PROVIDER, _READ),
        Source("those calls are marked deprecated; the list is part of the service, too", _CATALOGUE, _READ),
        Source("a restriction, and the service, is PENDING, CREATING or UPDATING before it is READY", _PROVIDER, _READ),
        Source("409 means that another change runs", _PROVIDER, _READ),
        Source("endpoints by name, signed requests, and access tokens", _SDK, _READ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "the service's own authority: GET /cloud/project/{project}/database/{engine}/{cluster}/certificates",
        Source("ssl and sslMode of each endpoint say whether and how it uses TLS", _PROVIDER, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET …/{cluster}/certificates returns the authority's certificate as ca",
            "ovh/terraform-provider-ovh, ovh_cloud_project_database_certificates",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "service_name",
                "The Public Cloud project.",
                re.compile(r"[0-9a-f]{32}"),
                "the id of a Public Cloud project (32 hexadecimal digits)",
                "0123456789abcdef0123456789abcdef",
                "OVH_CLOUD_PROJECT_SERVICE",
            ),
            Locator(
                "engine",
                "The database's engine, as it stands in the API's paths.",
                re.compile(r"[a-zA-Z0-9]{2,40}"),
                "an engine of OVHcloud",
                "postgresql",
            ),
            Locator(
                "cluster_id",
                "The database service.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "the id of a database service (a UUID)",
                "b1c2d3e4-f5a6-4788-99aa-bbccddeeff00",
            ),
        ),
        credentials=(
            Credential("application key of OVHcloud", ("OVH_APPLICATION_KEY",), is_optional=True),
            Credential("application secret of OVHcloud", ("OVH_APPLICATION_SECRET",), is_optional=True),
            Credential("consumer key of OVHcloud", ("OVH_CONSUMER_KEY",), is_optional=True),
            Credential("access token of OVHcloud", ("OVH_ACCESS_TOKEN",), is_optional=True),
        ),
        endpoint=Endpoint("https://eu.api.ovh.com/1.0", ("OVH_ENDPOINT",)),
        rights="They have to be allowed GET, POST, PUT and DELETE below /cloud/project/<project>/database.",
        limits=(
            "`OVH_ENDPOINT` is ovh-eu (if left out), ovh-ca, ovh-us or an address.",
            "OVHcloud gives up its calls for single entries: where they are gone, the whole list is written, unlocked.",
            "Entries are added one after the other, since OVHcloud carries out one change of a service at a time.",
            "Service accounts (`OVH_CLIENT_ID`) are not supported: get an access token for them and export that.",
            "Whether OVHcloud takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
