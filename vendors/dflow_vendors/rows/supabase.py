"""Supabase: the network restrictions of a project."""

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

_SPEC = "api.supabase.com, OpenAPI document of the Management API"
_CLI = "supabase/cli, recorded answers of network-restrictions, 2026-06-01"
_GUIDE = "Supabase documentation, Network Restrictions"
_READ = dt.date(2026, 11, 22)

SUPABASE: Final = Vendor(
    key="supabase",
    name="Supabase network restrictions",
    shape=Shape.WHOLE_LIST,
    pattern=CallPattern.DELTA,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.NOTHING,
    quota=None,
    scope=Scope.PROJECT,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("PATCH adds and removes CIDRs, IPv4 and IPv6 apart, in one call", _SPEC, _READ),
        Source("a change is stored at first and applied a moment later", _CLI, _READ),
        Source("a project that was never restricted has empty lists and is open", _GUIDE, _READ),
        Source("the restrictions hold for Postgres and its pooler, not for the HTTPS APIs", _GUIDE, _READ),
        Source("an entry is a CIDR; private ranges are refused", "supabase/cli, internal/restrictions/update", _READ),
        Source(
            "the vendor's provider writes the whole list and leaves it as it is when destroyed",
            "supabase/terraform-provider-supabase 1.10.1, supabase_settings",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ON_REQUEST,
        "prod-ca-2021.crt, which the dashboard's database settings offer",
        Source(
            "TLS is offered always and required once SSL enforcement is on",
            "Supabase documentation, Postgres SSL Enforcement",
            _READ,
        ),
        authority_from=AuthorityOrigin.PUBLISHED,
        published=(
            PublishedAuthority(
                "https://supabase-downloads.s3-ap-southeast-1.amazonaws.com/prod/ssl/prod-ca-2021.crt",
                Source(
                    "the dashboard offers this download as ssl:certificate_url",
                    "supabase/supabase, apps/studio/hooks/custom-content/custom-content.json",
                    _READ,
                ),
            ),
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "project_ref",
                "The Supabase project.",
                re.compile(r"[a-z]{20}"),
                "the reference of a Supabase project (20 small letters)",
                "abcdefghijklmnopqrst",
            ),
        ),
        credentials=(Credential("access token of Supabase", ("SUPABASE_ACCESS_TOKEN",)),),
        endpoint=Endpoint("https://api.supabase.com", ("SUPABASE_API_URL",)),
        rights="The token's user has to be Owner or Admin of the project's organization.",
        limits=(
            (
                "The direct connection to the database uses IPv6 unless the project has the IPv4 add-on, the pooler "
                "uses IPv4: list the address the node really connects with, or both under names of their own."
            ),
            "The HTTPS APIs are not restricted, and Edge Functions lose their direct connection to the database.",
            (
                "What an emptied list means, as opposed to one that was never set, is not documented: it is treated "
                'as open. Supabase itself lifts all restrictions by listing "0.0.0.0/0" and "::/0".'
            ),
        ),
    ),
)
