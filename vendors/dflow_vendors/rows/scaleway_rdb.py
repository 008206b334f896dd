"""Scaleway: the access control list of a Managed Database for PostgreSQL and MySQL instance."""

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

_SDK = "scaleway/scaleway-sdk-go, api/rdb/v1 and scw/{env,errors}.go"
_PROVIDER = "scaleway/terraform-provider-scaleway, internal/services/rdb/acl.go"
_READ = dt.date(2026, 11, 22)

SCALEWAY_RDB: Final = Vendor(
    key="scaleway_rdb",
    name="Scaleway Managed Database ACL",
    shape=Shape.WHOLE_LIST,
    pattern=CallPattern.DELTA,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    # The length is not documented. Only a write of the whole list, without a lock, could change a description.
    note=Note("description", 255, re.compile(r"[^\x00-\x1f\x7f]"), NoteChange.NEVER),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source(
            "one call adds rules, another removes those whose addresses it names; the list comes in pages", _SDK, _READ
        ),
        Source("rules take IPv4 ranges; the length of a description is not said", _SDK, _READ),
        Source("an instance takes changes while it is ready, and is configuring after each", _PROVIDER, _READ),
        Source(
            "the vendor's provider replaces the whole list, and removes its own rules when destroyed", _PROVIDER, _READ
        ),
        Source("a new instance has the rule 0.0.0.0/0", "Qovery/engine issue 389", _READ),
    ),
    tls=TlsFacts(
        TlsUse.BY_DEFAULT,
        "the instance's own certificate: GET /rdb/v1/regions/{region}/instances/{instance}/certificate",
        Source(
            "each instance is made with a certificate of its own, which can be renewed",
            "scaleway.com/en/docs/managed-databases/postgresql-and-mysql, verify-ca-postgresql",
            _READ,
        ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET …/instances/{instance}/certificate returns a file, in base64",
            "scaleway/scaleway-sdk-go, api/rdb/v1, GetInstanceCertificate",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "region",
                "The region the instance is in.",
                re.compile(r"[a-z]{2}-[a-z]{3}"),
                "a region of Scaleway",
                "fr-par",
                "SCW_DEFAULT_REGION",
            ),
            Locator(
                "instance_id",
                "The Managed Database instance, without the region that Scaleway's provider writes before it.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "the id of an instance (a UUID)",
                "6f0b8a2e-3d51-4b7c-9a40-5c1e2d3f4a5b",
            ),
        ),
        credentials=(Credential("secret key of Scaleway", ("SCW_SECRET_KEY",)),),
        endpoint=Endpoint("https://api.scaleway.com", ("SCW_API_URL",)),
        rights="The key has to be allowed to change databases in the instance's project.",
        limits=(
            "A new instance lets in 0.0.0.0/0: as long as nobody removes that rule, the entries here keep nobody out.",
            "An entry another owner added is used, not marked: it goes with that owner, until the next apply here.",
            "An engine upgrade makes a new instance with another id.",
        ),
    ),
)
