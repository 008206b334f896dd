"""DataStax Astra DB: the access list of a database."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

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

_SPEC = "datastax/astra-client-go, openapi/astra-devops-api.yaml"
_PROVIDER = "datastax/terraform-provider-astra, internal/provider/resource_access_list.go"
_DOCS = "docs.datastax.com, Manage database IP access lists"
_READ = dt.date(2026, 11, 22)

ASTRA: Final = Vendor(
    key="astra",
    name="Astra DB access list",
    shape=Shape.WHOLE_LIST,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note(field="description", longest=255, allowed=re.compile(r"[ -~]"), change=NoteChange.NEVER),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("one call adds entries with a description, whose length is not documented, to the list", _SPEC, _READ),
        Source("a removal without an address removes the whole list", _SPEC, _READ),
        Source("a call changes existing entries; what becomes of those it does not name is not said", _SPEC, _READ),
        Source("a removal of several addresses removes the first one only", _PROVIDER, _READ),
        Source("destroying the vendor's own resource removes every entry, foreign ones too", _PROVIDER, _READ),
        Source("a list that is switched off lets everybody in, one that is on and empty nobody", _DOCS, _READ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the database's secure connect bundle, which also holds the client's certificate",
        Source("POST /v2/databases/{id}/secureBundleURL returns where it is", _SPEC, _READ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "database_id",
                "The Astra database; its list holds for all of its regions.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "a database's id (a UUID)",
                "8c1d6a52-3f0e-4b7a-9d2c-51e6f7a8b9c0",
            ),
        ),
        credentials=(Credential("application token of Astra", ("ASTRA_API_TOKEN",)),),
        endpoint=Endpoint("https://api.astra.datastax.com", ("ASTRA_API_URL",)),
        rights="The token's role has to include accesslist-read and accesslist-write.",
        limits=(
            "The list is never switched on from here: as long as it is off, everybody gets in, and the plan warns.",
            "An entry's description is written once: a second owner of an address is not noted in it.",
            "An address that somebody listed and switched off is refused; switch it on or remove it first.",
            "Removals are one call each.",
        ),
    ),
)
