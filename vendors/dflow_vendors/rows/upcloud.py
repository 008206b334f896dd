"""UpCloud Managed Databases: the IP filter of a service."""

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

_SDK = "UpCloudLtd/upcloud-go-api v8.38"
_PROVIDER = "UpCloudLtd/terraform-provider-upcloud, upcloud_managed_database_*"
_READ = dt.date(2026, 11, 22)

UPCLOUD: Final = Vendor(
    key="upcloud",
    name="UpCloud database IP filter",
    shape=Shape.INLINE,
    pattern=CallPattern.UNLOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source(
            "the list is properties.ip_filter, written whole; other properties stay, and the service is pending for a "
            "while",
            f"{_SDK}, recorded exchange fixtures/modifymanageddatabase.yaml",
            _READ,
        ),
        Source("an address comes back as a range of one; the list is empty unless set", _PROVIDER, _READ),
        Source("the service has a public address only while public_access is on", f"{_SDK}, fixtures", _READ),
        Source("a token is used instead of user name and password", f"{_SDK}, upcloud/client", _READ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "not documented",
        Source("the service's URI asks for sslmode=require", f"{_SDK}, fixtures", _READ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "service_id",
                "The UpCloud Managed Database.",
                re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
                "a managed database's id (a UUID)",
                "09d8d7e3-1c9b-4a6d-9c1e-5b6f0a7c2d31",
            ),
        ),
        credentials=(
            Credential("API token of UpCloud", ("UPCLOUD_TOKEN",), is_optional=True),
            Credential("name of an API user", ("UPCLOUD_USERNAME",), is_optional=True),
            Credential("password of the API user", ("UPCLOUD_PASSWORD",), is_optional=True),
        ),
        endpoint=Endpoint("https://api.upcloud.com", ("UPCLOUD_DEBUG_API_BASE_URL",)),
        rights="The token or the user has to be allowed to manage databases.",
        limits=(
            "Entries let nobody in as long as public_access of the service is off; the plan warns then.",
            "UpCloud's utility network of the same zone is let in beside the list, unless that is turned off.",
            "Whether UpCloud takes IPv6 entries is not documented, so they are refused.",
        ),
    ),
)
