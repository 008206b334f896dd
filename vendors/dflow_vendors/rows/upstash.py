"""Upstash Redis: the IP allowlist of a database."""

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
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_PROVIDER = "upstash/terraform-provider-upstash, upstash/redis/database"
_DOCS = "upstash/docs, redis/howto/ipallowlist"
_READ = dt.date(2026, 11, 22)

UPSTASH: Final = Vendor(
    key="upstash",
    name="Upstash Redis IP allowlist",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is read as allowed_ip_ranges and written whole as allowed_ips", _PROVIDER, _READ),
        Source("the API takes the account's email and an API key", f"{_PROVIDER}; upstash/cli", _READ),
        Source("without entries everybody gets in; IPv4 addresses and CIDRs; a change takes minutes", _DOCS, _READ),
        Source("not on the free plan", "upstash.com/docs, Production checklist", _READ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "not documented",
        Source("TLS is always on", "upstash/docs, redis/features/security", _READ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "database_id",
                "The Upstash Redis database.",
                re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}"),
                "a database's id (letters, digits and hyphens)",
                "93e3a3e1-53b1-4f8c-9d2e-7a0c5b6d1e2f",
            ),
        ),
        credentials=(
            Credential("email address of the Upstash account", ("UPSTASH_EMAIL",)),
            Credential("API key of Upstash", ("UPSTASH_API_KEY",)),
        ),
        endpoint=Endpoint("https://api.upstash.com", ("UPSTASH_API_URL",)),
        rights="The key has to be one that may change databases, and free databases have no allowlist.",
        limits=(
            "A change takes a few minutes to hold everywhere, and Upstash does not say when it does.",
            "Upstash's API reference does not name the call that writes the list; its Terraform provider makes it.",
        ),
    ),
)
