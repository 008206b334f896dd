"""CockroachDB Cloud: the IP allowlist of a cluster."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.official_resources.databases import COCKROACH_ALLOW_LIST
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

_SPEC = "cockroachdb/cockroach-cloud-sdk-go internal/spec/openapi.json (2024-09-16)"
_DOCS = "cockroachlabs.com/docs/cockroachcloud"
_READ = dt.date(2026, 11, 22)

COCKROACHDB_CLOUD: Final = Vendor(
    key="cockroachdb_cloud",
    name="CockroachDB Cloud IP allowlist",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_AND_MASK,
    note=Note("name", 255, re.compile(r"[ -~]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("one call adds, changes or removes one entry", _SPEC, _READ),
        Source("an entry lets in to SQL, to the DB Console, or to both", _SPEC, _READ),
        Source("a change is under way as long as the list says that it propagates", _SPEC, _READ),
        Source("a Basic cluster is born with 0.0.0.0/0", f"{_DOCS}/connect-to-a-serverless-cluster", _READ),
        Source("IPv6 addresses are not supported", f"{_DOCS}/connect-to-a-serverless-cluster", _READ),
        Source("nobody gets in by the internet without an entry", f"{_DOCS}/network-authorization", _READ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the cluster's own certificate; Basic clusters: the system's trust store",
        Source("the certificate is at /clusters/<id>/cert", "cockroachdb/terraform-provider-cockroach", _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /clusters/{id}/cert returns the authority's certificate to everybody",
            "cockroachdb/terraform-provider-cockroach, cockroach_cluster_cert",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "cluster_id",
                "The CockroachDB Cloud cluster.",
                re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
                "a cluster id of CockroachDB Cloud (a UUID)",
                "35c4abb2-bb66-46d7-afed-25ebef5ed2aa",
            ),
        ),
        credentials=(Credential("API key of CockroachDB Cloud", ("COCKROACH_API_KEY",)),),
        endpoint=Endpoint("https://cockroachlabs.cloud", ("COCKROACH_SERVER",)),
        rights="The key's service account has to be Cluster Admin or Cluster Operator.",
        limits=(
            "Entries let in to SQL only, never to the DB Console.",
            "A Basic cluster is born open to everybody (0.0.0.0/0); that entry is reported and not touched.",
            "How many entries a cluster takes depends on its plan; set entry_quota to be told at plan.",
        ),
    ),
    official=(COCKROACH_ALLOW_LIST,),
)
