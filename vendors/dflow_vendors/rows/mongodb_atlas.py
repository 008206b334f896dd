"""MongoDB Atlas: the IP access list of a project."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.official_resources.databases import MONGODBATLAS_PROJECT_IP_ACCESS_LIST
from dflow_vendors.owned import Credential, Endpoint, Expiry, Locator, OwnedEntries
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
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_SDK = "mongodb/atlas-sdk-go v20250312023, Project IP Access List"
_TERRAFORM = "mongodb/terraform-provider-mongodbatlas"
_READ = dt.date(2026, 11, 22)

MONGODB_ATLAS: Final = Vendor(
    key="mongodb_atlas",
    name="MongoDB Atlas IP access list",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note("comment", 80, re.compile(r"[ -~]"), NoteChange.NEVER),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=Quota(
        200,
        QuotaPool.ALL_ENTRIES,
        "entries of a project's IP access list",
        "Let in a range instead of single addresses, or remove entries nobody needs.",
        Source("200 entries can be configured", "mongodb/mongodb-atlas-cli, internal/kubernetes", _READ),
    ),
    scope=Scope.PROJECT,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("one call adds several entries, one removes one; POSTs must not run at a time", _SDK, _READ),
        Source("an entry is PENDING, then ACTIVE or FAILED", f"{_SDK}, NetworkPermissionEntryStatus", _READ),
        Source("the public API cannot change the comment of an entry", f"{_TERRAFORM}#1600, #4139", _READ),
        Source(
            "adding an entry that is there succeeds and changes nothing",
            f"{_TERRAFORM} docs/resources/project_ip_access_list.md",
            _READ,
        ),
        Source("a temporary entry ends within a week (deleteAfterDate)", _SDK, _READ),
        Source("the API's description gives no length for comments; 80 characters are on the safe side", _SDK, _READ),
    ),
    tls=TlsFacts(
        TlsUse.BY_DEFAULT,
        "the system's trust store",
        Source("Atlas clusters use TLS by default", "mongodb.com/docs/manual/core/tls/plan-tls-deployment", _READ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "project_id",
                "The Atlas project; its list holds for all of its clusters.",
                re.compile(r"[0-9a-f]{24}"),
                "a project id of Atlas (24 hexadecimal digits)",
                "5d0f1f74cf09a29120e123cd",
            ),
        ),
        credentials=(
            Credential(
                "public API key of Atlas",
                ("MONGODB_ATLAS_PUBLIC_KEY", "MONGODB_ATLAS_PUBLIC_API_KEY", "MCLI_PUBLIC_API_KEY"),
                is_optional=True,
            ),
            Credential(
                "private API key of Atlas",
                ("MONGODB_ATLAS_PRIVATE_KEY", "MONGODB_ATLAS_PRIVATE_API_KEY", "MCLI_PRIVATE_API_KEY"),
                is_optional=True,
            ),
            Credential("client id of an Atlas service account", ("MONGODB_ATLAS_CLIENT_ID",), is_optional=True),
            Credential("client secret of an Atlas service account", ("MONGODB_ATLAS_CLIENT_SECRET",), is_optional=True),
            Credential("access token of Atlas", ("MONGODB_ATLAS_ACCESS_TOKEN",), is_optional=True),
        ),
        endpoint=Endpoint("https://cloud.mongodb.com", ("MONGODB_ATLAS_BASE_URL",)),
        rights=(
            "The key or service account has to be Project Owner, and this machine's address has to be on its own API "
            "access list where the organization requires one."
        ),
        limits=(
            "Atlas cannot change the comment of an entry: an address somebody else let in is used as it is.",
            "Nor can it change the end: another one takes a removal and an addition.",
            "Connections that are open may survive the removal of their entry for a while.",
        ),
        expiry=Expiry("deleteAfterDate", dt.timedelta(days=7)),
    ),
    official=(MONGODBATLAS_PROJECT_IP_ACCESS_LIST,),
)
