"""Scaleway: the access control list of a Managed Database for Redis cluster."""

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
    NoteChange,
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_SDK = "scaleway/scaleway-sdk-go, api/redis/v1 and scw/{env,errors}.go"
_DOCS = "scaleway.com/en/docs, Managed Database for Redis, manage allowed IP addresses"
_READ = dt.date(2026, 11, 22)

SCALEWAY_REDIS: Final = Vendor(
    key="scaleway_redis",
    name="Scaleway Managed Redis ACL",
    shape=Shape.INLINE,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    # The length is not documented. No call changes the description of one rule.
    note=Note("description", 255, re.compile(r"[^\x00-\x1f\x7f]"), NoteChange.NEVER),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("one call adds rules, each of which gets an id; another removes the rule of an id", _SDK, _READ),
        Source("rules take IPv4 ranges; the length of a description is not said", _SDK, _READ),
        Source("a cluster without a rule cannot be reached", _DOCS, _READ),
        Source(
            "the vendor's provider keeps the list inline on the cluster",
            "scaleway/terraform-provider-scaleway 2.81, scaleway_redis_cluster.acl",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ON_REQUEST,
        "the cluster's own certificate: GET /redis/v1/zones/{zone}/clusters/{cluster}/certificate",
        Source("tls_enabled is chosen when the cluster is made; its certificate has a call of its own", _SDK, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET …/clusters/{cluster}/certificate returns a file, in base64",
            "scaleway/scaleway-sdk-go, api/redis/v1, GetClusterCertificate",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "zone",
                "The zone the cluster is in.",
                re.compile(r"[a-z]{2}-[a-z]{3}-\d"),
                "a zone of Scaleway",
                "fr-par-1",
                "SCW_DEFAULT_ZONE",
            ),
            Locator(
                "cluster_id",
                "The Redis cluster, without the zone that Scaleway's provider writes before it.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "the id of a cluster (a UUID)",
                "9c1e2d3f-4a5b-4c7d-8e9f-0a1b2c3d4e5f",
            ),
        ),
        credentials=(Credential("secret key of Scaleway", ("SCW_SECRET_KEY",)),),
        endpoint=Endpoint("https://api.scaleway.com", ("SCW_API_URL",)),
        rights="The key has to be allowed to change Redis clusters in the cluster's project.",
        limits=(
            "An entry another owner added is used, not marked: it goes with that owner, until the next apply here.",
            "A cluster in a Private Network has no list.",
        ),
    ),
)
