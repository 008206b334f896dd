"""IBM Cloud Databases: the allowlist of a deployment."""

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

_SDK = "IBM/cloud-databases-go-sdk 0.8, clouddatabasesv5"
_PROVIDER = "IBM-Cloud/terraform-provider-ibm, ibm_database.allowlist"
_DOCS = "cloud.ibm.com/docs/cloud-databases, allowlisting"
_READ = dt.date(2026, 11, 22)

IBM_CLOUD_DATABASES: Final = Vendor(
    key="ibm_cloud_databases",
    name="IBM Cloud Databases allowlist",
    shape=Shape.INLINE,
    pattern=CallPattern.LOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    # The length is not documented.
    note=Note("description", 255, re.compile(r"[^\x00-\x1f\x7f]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=Quota(
        number=100,
        pool=QuotaPool.ALL_ENTRIES,
        counts="allowlist entries of a deployment",
        remedy="Remove entries nobody needs, or let ranges stand for several addresses.",
        source=Source("a deployment's allowlist has at most 100 entries", _DOCS, _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("the list is written whole, and If-Match keeps it from overwriting what others wrote", _SDK, _READ),
        Source("a change is a task: queued, running, completed, failed or expired", _SDK, _READ),
        Source("an empty list lets everybody in; entries are IPv4 and have a description", _DOCS, _READ),
        Source("deployments of the second generation have no allowlist", _PROVIDER, _READ),
    ),
    tls=TlsFacts(
        TlsUse.ALWAYS,
        "the deployment's own authority, in its connection strings (certificate_base64)",
        Source("connections name a certificate", _SDK, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "the connection strings of a user hold it as certificate_base64",
            "IBM/cloud-databases-go-sdk 0.8, clouddatabasesv5, GetConnection",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "region",
                "The region the deployment is in.",
                re.compile(r"[a-z]{2,5}(?:-[a-z]{2,5})?(?:[0-9]{2})?"),
                "a region of IBM Cloud",
                "eu-de",
                "IC_REGION",
            ),
            Locator(
                "deployment",
                "The deployment's CRN.",
                re.compile(
                    r"crn:v1:[a-z0-9-]+:[a-z0-9-]+:(?:databases|messages)-for-[a-z0-9-]+:[a-z0-9-]+:a/[0-9a-f]{32}:[0-9a-f-]{36}::"
                ),
                "the CRN of a deployment of IBM Cloud Databases",
                "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0123456789abcdef0123456789abcdef"
                ":9e3f0c1d-2b4a-4c6d-8e8f-a0b1c2d3e4f5::",
            ),
        ),
        credentials=(Credential("API key of IBM Cloud", ("IC_API_KEY", "IBMCLOUD_API_KEY")),),
        endpoint=Endpoint("https://api.{region}.databases.cloud.ibm.com", ("IBMCLOUD_ICD_API_ENDPOINT",)),
        rights="The key has to be allowed to change the deployment.",
        limits=(
            "`IBMCLOUD_IAM_API_ENDPOINT` names another place than `https://iam.cloud.ibm.com` to get tokens from.",
            "Deployments of the second generation have no allowlist.",
            "IBM's own management services get in without an entry.",
        ),
    ),
)
