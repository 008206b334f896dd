"""DigitalOcean: the trusted sources of a managed database."""

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

_SPEC = "digitalocean/openapi, specification/resources/databases/databases_update_firewall_rules.yml"
_READ = dt.date(2026, 11, 22)

DIGITALOCEAN: Final = Vendor(
    key="digitalocean",
    name="DigitalOcean trusted sources",
    shape=Shape.WHOLE_LIST,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note(field="description", longest=255, allowed=re.compile(r"[ -~]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=Quota(
        number=100,
        pool=QuotaPool.ALL_ENTRIES,
        counts="trusted sources of a database cluster",
        remedy=(
            "Remove sources nobody needs, list ranges instead of single addresses, or place the database and its "
            "clients into a VPC network."
        ),
        source=Source("a cluster has at most 100 rules", _SPEC, _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("PUT replaces the list and is answered with 204; there is no call that adds or removes", _SPEC, _READ),
        Source("IPv6 addresses cannot be added", _SPEC, _READ),
        Source("a rule has a description", "docs.digitalocean.com, pydo.databases.update_firewall_rules()", _READ),
        Source("the length of a description is not documented; 255 characters are assumed", _SPEC, _READ),
        Source(
            "without rules a cluster is reached from everywhere",
            "docs.digitalocean.com, Ansible module digitalocean.cloud.database_firewall 1.2.1",
            _READ,
        ),
        Source("addresses and CIDRs are taken", "docs.digitalocean.com, How to Secure PostgreSQL", _READ),
        Source(
            "doctl and the vendor's provider write the rules back without their descriptions",
            "digitalocean/godo 1.201, databases.go",
            _READ,
        ),
        Source(
            "the vendor's provider writes the whole list and empties it when destroyed",
            "digitalocean/terraform-provider-digitalocean 2.99.1, digitalocean_database_firewall",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the cluster's CA certificate (`doctl databases get-ca`)",
        Source(
            "connection URIs require TLS; GET /v2/databases/{uuid}/ca returns the certificate",
            "digitalocean/openapi, specification/resources/databases",
            _READ,
        ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /v2/databases/{cluster}/ca returns the authority's certificate in base64",
            "digitalocean/openapi, specification/resources/databases",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "cluster_id",
                "The id of the database cluster, or of a read-only node, which has a list of its own.",
                re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
                "the id of a database cluster (a UUID in small letters)",
                "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30",
            ),
        ),
        credentials=(Credential("API token of DigitalOcean", ("DIGITALOCEAN_TOKEN", "DIGITALOCEAN_ACCESS_TOKEN")),),
        endpoint=Endpoint("https://api.digitalocean.com", ("DIGITALOCEAN_API_URL",)),
        rights="The token needs the scopes database:read and database:update.",
        limits=(
            "Droplets, Kubernetes clusters, apps and tags that others put on the list are kept.",
            "A digitalocean_database_firewall of the same cluster writes the whole list: use one or the other.",
            (
                "doctl and DigitalOcean's own Terraform provider erase all descriptions when they write the list. An "
                "entry without one is known by Terraform's state, and the next apply writes its description anew."
            ),
        ),
    ),
)
