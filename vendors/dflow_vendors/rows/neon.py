"""Neon: the IP Allow list of a project."""

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
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_SPEC = "@neondatabase/api-client 2.7.3, public-v2-for-users.gen.yaml"
_CLI = "neondatabase/neonctl src/commands/ip_allow.ts"
_READ = dt.date(2026, 11, 22)

NEON: Final = Vendor(
    key="neon",
    name="Neon IP Allow",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.PROJECT,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is part of the project's settings and written whole", _SPEC, _READ),
        Source("423 means that another operation runs and the call may be repeated", _SPEC, _READ),
        Source("an empty list lets everybody in; ranges with a dash are taken", _CLI, _READ),
        Source(
            "the vendor's provider keeps the list inline on the project",
            "kislerdm/terraform-provider-neon 0.15.0, neon_project.allowed_ips",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the system's trust store",
        Source("connections without TLS are refused", "neondatabase/website, connect-securely", _READ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "project_id",
                "The Neon project; its list holds for all of its branches, or for the protected ones only.",
                re.compile(r"[a-z0-9][a-z0-9-]{0,62}"),
                "a project id of Neon (small letters, digits and hyphens)",
                "quiet-river-12345678",
            ),
        ),
        credentials=(Credential("API key of Neon", ("NEON_API_KEY",)),),
        endpoint=Endpoint("https://console.neon.tech/api/v2", ("NEON_API_HOST",)),
        rights="The key has to be allowed to change the project, and IP Allow comes with the Scale plan.",
        limits=(
            "Ranges with a dash that others put on the list are kept, and cannot be added here.",
            "Whether Neon takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
