"""PlanetScale: the addresses that may use a password of a Vitess database's branch."""

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

_API = "planetscale.com/docs/api/reference/{get,update}_password"
_READ = dt.date(2026, 11, 22)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")

PLANETSCALE_VITESS: Final = Vendor(
    key="planetscale_vitess",
    name="PlanetScale Vitess password",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.CREDENTIAL,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("a password has a list of addresses and ranges, which is written whole", _API, _READ),
        Source("a password may have no list; what an empty one means is not said", _API, _READ),
        Source(
            "the vendor's provider keeps the list inline on the password",
            "planetscale/terraform-provider-planetscale, planetscale_vitess_branch_password.cidrs",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the system's trust store",
        Source(
            "clients are told to verify a certificate signed by an authority all systems trust",
            "planetscale.com/docs/concepts/secure-connections",
            _READ,
        ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "organization",
                "The PlanetScale organization.",
                _NAME,
                "the name of an organization",
                "shop",
                "PLANETSCALE_ORG",
            ),
            Locator(
                "database_name",
                "The Vitess database, as PlanetScale names it.",
                _NAME,
                "the name of a database",
                "orders",
            ),
            Locator("branch", "The branch the password is for.", _NAME, "the name of a branch", "main"),
            Locator(
                "password_id",
                "The password's id, which is no secret. Best is a password that nobody else uses.",
                re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{3,62}"),
                "the id of a password",
                "kx3yd9wz2mqa",
            ),
        ),
        credentials=(
            Credential("id of a service token of PlanetScale", ("PLANETSCALE_SERVICE_TOKEN_ID",)),
            Credential("service token of PlanetScale", ("PLANETSCALE_SERVICE_TOKEN",)),
        ),
        endpoint=Endpoint("https://api.planetscale.com/v1", ("PLANETSCALE_SERVER_URL",)),
        rights="The service token needs the accesses to the branch's passwords, such as connect_production_branch.",
        limits=(
            "Other passwords of the branch have lists of their own.",
            "Whether PlanetScale takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
