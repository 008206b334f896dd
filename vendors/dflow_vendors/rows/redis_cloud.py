"""Redis Cloud: the CIDR allow list of a database."""

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
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_SDK = "RedisLabs/rediscloud-go-api v0.52"
_DOCS = "redis.io/docs, Configure CIDR allow list"
_READ = dt.date(2026, 11, 22)

REDIS_CLOUD: Final = Vendor(
    key="redis_cloud",
    name="Redis Cloud CIDR allow list",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=Quota(
        number=32,
        pool=QuotaPool.ALL_ENTRIES,
        counts="CIDRs of a database, on Essentials 4 to 32 by plan",
        remedy=(
            "Remove entries nobody needs, let several nodes leave through one address, or choose a larger Essentials "
            "plan and set entry_quota to its number."
        ),
        source=Source("32 CIDRs on Pro, 4 to 32 on Essentials", _DOCS, _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is part of the database and written whole", f"{_SDK}, service/databases", _READ),
        Source(
            "it is read as sourceIps, and written as sourceIp on Pro and as sourceIps on Essentials",
            f"{_SDK}, service/databases/model.go and service/fixed/databases/model.go",
            _READ,
        ),
        Source(
            "a write is a task, which may not be found right after it was made", f"{_SDK}, internal/service.go", _READ
        ),
        Source("an Active-Active database has a list in each region", f"{_SDK}, model_active_active.go", _READ),
        Source(
            "changes of one subscription are made one after the other; a list that was never set is 0.0.0.0/0 with a "
            "public endpoint and the private ranges without",
            "RedisLabs/terraform-provider-rediscloud, rediscloud_subscription_database",
            _READ,
        ),
        Source("the list holds for the public and the private endpoint", _DOCS, _READ),
    ),
    tls=TlsFacts(
        TlsUse.ON_REQUEST,
        "the account's certificate, which the API returns under /subscriptions/<id>/databases/<id>/certificate",
        Source("enableTls turns it on", f"{_SDK}, service/databases", _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "GET /subscriptions/{id}/databases/{id}/certificate returns the authority's certificate, for Pro",
            "RedisLabs/rediscloud-go-api v0.52, service/databases",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "plan",
                "Which kind of subscription the database belongs to: `pro` or `essentials`.",
                re.compile(r"pro|essentials"),
                "a plan (pro or essentials)",
                "pro",
                default="pro",
            ),
            Locator(
                "subscription_id",
                "The number of the subscription.",
                re.compile(r"[0-9]{1,18}"),
                "a subscription's number",
                "112233",
            ),
            Locator(
                "database_id",
                "The number of the database.",
                re.compile(r"[0-9]{1,18}"),
                "a database's number",
                "51045678",
            ),
        ),
        credentials=(
            Credential("account key of Redis Cloud's API", ("REDISCLOUD_ACCESS_KEY",)),
            Credential("user key of Redis Cloud's API", ("REDISCLOUD_SECRET_KEY",)),
        ),
        endpoint=Endpoint("https://api.redislabs.com/v1", ("REDISCLOUD_URL",)),
        rights="The keys have to be allowed to change the database, and free plans have no list.",
        limits=(
            "The list holds for the private endpoint too: what comes through VPC peering needs an entry as well.",
            "A public endpoint whose list was never set shows 0.0.0.0/0, which stays until somebody removes it.",
            "Active-Active databases have a list in each region and are not written.",
        ),
    ),
)
