"""SingleStore Helios: the firewall ranges of a workspace group."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.authority import AuthorityOrigin, PublishedAuthority
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

_SDK = "singlestore-labs/singlestore-go v1.2.162, management/management.go"
_PROVIDER = "singlestore-labs/terraform-provider-singlestoredb, internal/provider/workspacegroups"
_READ = dt.date(2026, 11, 22)

SINGLESTORE: Final = Vendor(
    key="singlestore",
    name="SingleStore firewall ranges",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.WORKSPACE_GROUP,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is part of the workspace group and written whole, other fields may be left out", _SDK, _READ),
        Source(
            "0.0.0.0/0 becomes allowAllTraffic, and the list is left out then; the list is read back sorted, a while "
            "after it was written",
            f"{_PROVIDER}/firewallranges.go",
            _READ,
        ),
        Source("without ranges and without allowAllTraffic nobody gets in", _PROVIDER, _READ),
        Source(
            "the address of the API can be set",
            "singlestore-labs/singlestoredb-python, management.base_url",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "singlestore_bundle.pem, which the portal offers",
        Source("the management API says nothing of TLS", _SDK, _READ),
        authority_from=AuthorityOrigin.PUBLISHED,
        published=(
            PublishedAuthority(
                "https://portal.singlestore.com/static/ca/singlestore_bundle.pem",
                Source("clients name this file as their authority", "SingleStore's driver for Laravel, README", _READ),
            ),
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "workspace_group_id",
                "The workspace group; its list holds for all of its workspaces.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "a workspace group's id (a UUID)",
                "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            ),
        ),
        credentials=(Credential("API key of SingleStore Helios", ("SINGLESTOREDB_API_KEY",)),),
        endpoint=Endpoint("https://api.singlestore.com", ("SINGLESTOREDB_MANAGEMENT_BASE_URL",)),
        rights="The key has to belong to somebody who may change the workspace group.",
        limits=(
            "A workspace group that allows all traffic has no list and is not written; it needs ranges by hand first.",
            "Whether SingleStore takes IPv6 ranges is not documented, so they are refused.",
        ),
    ),
)
