"""PlanetScale: the IP restrictions of a Postgres database."""

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

_API = "planetscale.com/docs/api/reference/{list,create,update,delete}_database_postgres_cidr"
_DOCS = "planetscale.com/docs/postgres/connecting/ip-restrictions"
_READ = dt.date(2026, 11, 22)

PLANETSCALE_POSTGRES: Final = Vendor(
    key="planetscale_postgres",
    name="PlanetScale Postgres IP restrictions",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("a rule has at least one IPv4 range, an optional role and schema, a description and an id", _API, _READ),
        Source("a change of a rule replaces its ranges; removing it removes it from all branches", _API, _READ),
        Source("rules add up, and are about new connections only", _DOCS, _READ),
        Source(
            "the vendor's provider has a resource for one rule",
            "pulumi.com/registry, planetscale 1.20.0, PostgresIpRestriction",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the system's trust store",
        Source(
            "all connections use TLS; clients verify with sslmode=verify-full and sslrootcert=system",
            "planetscale.com/docs/postgres/connecting/quickstart",
            _READ,
        ),
        authority_from=AuthorityOrigin.SYSTEM,
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "organization",
                "The PlanetScale organization.",
                re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"),
                "the name of an organization",
                "shop",
                "PLANETSCALE_ORG",
            ),
            Locator(
                "database_name",
                "The Postgres database, as PlanetScale names it.",
                re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"),
                "the name of a database",
                "orders",
            ),
        ),
        credentials=(
            Credential("id of a service token of PlanetScale", ("PLANETSCALE_SERVICE_TOKEN_ID",)),
            Credential("service token of PlanetScale", ("PLANETSCALE_SERVICE_TOKEN",)),
        ),
        endpoint=Endpoint("https://api.planetscale.com/v1", ("PLANETSCALE_SERVER_URL",)),
        rights="The service token needs read_database and write_database.",
        limits=(
            "All entries of an owner are one rule, for every role and schema; its description names the owner.",
            "Connections that are open stay open when an entry goes.",
            "A Vitess database has no such rules: `dflow_planetscale_vitess_allowlist` is for its passwords.",
        ),
    ),
)
