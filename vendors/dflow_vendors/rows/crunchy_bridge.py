"""Crunchy Bridge: the firewall rules of a network."""

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
    Overlap,
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_CLI = "CrunchyData/bridge-cli v3.6.4, src/client"
_DOCS = "docs.crunchybridge.com, firewall"
_READ = dt.date(2026, 11, 22)

CRUNCHY_BRIDGE: Final = Vendor(
    key="crunchy_bridge",
    name="Crunchy Bridge firewall rules",
    shape=Shape.NOTHING,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.CIDR,
    note=Note("description", 255, re.compile(r"[ -~]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.NOTHING,
    quota=None,
    scope=Scope.PROJECT,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("one call adds, changes or removes one rule", f"{_CLI}/firewall_rule.cr", _READ),
        Source("an API key is exchanged for an access token", f"{_CLI}/access_token.cr", _READ),
        Source("rules must not overlap", _DOCS, _READ),
        Source("a network is born with 0.0.0.0/0 and ::/0", _DOCS, _READ),
    ),
    overlap=Overlap.REFUSED,
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the team's certificate, at /teams/<team id>.pem of the API",
        Source("the vendor's client connects with verify-ca and that certificate", _CLI, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /networks/{id} names the team, GET /teams/{id}.pem returns its certificate",
            "CrunchyData/bridge-cli, src/client/network.cr and team.cr",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "network_id",
                "The network of the cluster; its rules hold for all clusters in it.",
                re.compile(r"[a-z2-7]{26}"),
                "a network's id (26 small letters and digits)",
                "oap3kavluvgm7cwtzgaaixzfoi",
            ),
        ),
        credentials=(Credential("API key of Crunchy Bridge", ("CB_API_KEY",)),),
        endpoint=Endpoint("https://api.crunchybridge.com", ("CB_HOST",)),
        rights="The key's user has to be allowed to change the team's networks.",
        limits=(
            "Rules must not overlap: an address that somebody else's rule covers is let in by that one alone.",
            "A network is born open to everybody (0.0.0.0/0 and ::/0): as long as that is so, nothing is added.",
            "Add the addresses that have to stay by hand in place of these two rules, then apply again.",
        ),
    ),
)
