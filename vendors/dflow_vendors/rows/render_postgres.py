"""Render Postgres: the inbound IP rules of a database."""

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
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_CLI = "render-oss/cli v2.24, pkg/client"
_PROVIDER = "render-oss/terraform-provider-render, render_postgres.ip_allow_list"
_READ = dt.date(2026, 11, 22)

RENDER_POSTGRES: Final = Vendor(
    key="render_postgres",
    name="Render Postgres inbound IP rules",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=Note(field="description", longest=255, allowed=re.compile(r"[ -~]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is ipAllowList of the database, written whole; left out, it stays as it is", _CLI, _READ),
        Source("each entry has a cidrBlock and a description, whose length is not documented", _CLI, _READ),
        Source("an empty list lets in the private network only", _PROVIDER, _READ),
    ),
    tls=TlsFacts(TlsUse.UNKNOWN, "not documented", Source("the API says nothing of TLS", _CLI, _READ)),
    owned=OwnedEntries(
        locators=(
            Locator(
                "postgres_id",
                "The Render Postgres database.",
                re.compile(r"dpg-[0-9a-z]{1,40}(?:-[0-9a-z]{1,4})?"),
                "a database's id (dpg-…)",
                "dpg-cq1m2n3p4q5r6s7t8u9v-a",
            ),
        ),
        credentials=(Credential("API key of Render", ("RENDER_API_KEY",)),),
        endpoint=Endpoint("https://api.render.com/v1", ("RENDER_HOST",)),
        rights="The key has to belong to somebody who may change the database.",
        limits=(
            "The list holds for connections from outside; Render's own services reach the database without it.",
            "Whether Render takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
