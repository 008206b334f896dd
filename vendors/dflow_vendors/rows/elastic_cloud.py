"""Elastic Cloud Hosted: the traffic filters of a deployment."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.databases import EC_DEPLOYMENT_TRAFFIC_FILTER
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

_SDK = "elastic/cloud-sdk-go 1.24, pkg/client/deployments_traffic_filter and pkg/models"
_GUIDE = "elastic/docs-content, deploy-manage/security, traffic filtering"
_READ = dt.date(2026, 11, 22)

ELASTIC_CLOUD: Final = Vendor(
    key="elastic_cloud",
    name="Elastic Cloud traffic filters",
    shape=Shape.NAMED_LIST,
    pattern=CallPattern.NAMED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.ADDRESS_OR_CIDR,
    note=Note(field="description", longest=255, allowed=re.compile(r"[ -~]")),
    owner_mark=OwnerMark.OWN_ENTRY,
    empty_means=EmptyMeans.OPEN,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=Quota(
        number=128,
        pool=QuotaPool.ALL_ENTRIES,
        counts="rules of a rule set, of which each owner has one",
        remedy="List ranges instead of single addresses, or divide the entries between two owners.",
        source=Source("a rule set has at most 128 rules, an organization 1024 rule sets", _GUIDE, _READ),
    ),
    scope=Scope.DATABASE,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source("rule sets are created, replaced, deleted, and associated with deployments", _SDK, _READ),
        Source("a rule set belongs to a region; a rule has source and description", _SDK, _READ),
        Source("the length of a description is not documented; 255 characters are assumed", _SDK, _READ),
        Source(
            "without a rule set everybody gets in; the first one that is associated shuts out all others", _GUIDE, _READ
        ),
        Source("several rule sets let in what any of them lets in", _GUIDE, _READ),
        Source("rules are IP addresses and CIDR blocks; IPv6 is not spoken of", _GUIDE, _READ),
        Source(
            "the vendor's provider has a resource for a rule set and one for an association",
            "elastic/terraform-provider-ec 0.13.0",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.UNKNOWN,
        "not documented with the API; try the system's trust store",
        Source("nothing is said of the certificates of a deployment's endpoints", _SDK, _READ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "deployment_id",
                "The id of the deployment.",
                re.compile(r"[0-9a-f]{32}"),
                "the id of an Elastic Cloud deployment (32 hexadecimal digits)",
                "320b7b540dfc967a7a649c18e2fce4ed",
            ),
        ),
        credentials=(Credential("API key of Elastic Cloud", ("EC_API_KEY",)),),
        endpoint=Endpoint("https://api.elastic-cloud.com", ("EC_ENDPOINT",)),
        rights="The key has to be allowed to change the deployment and the organization's traffic filters.",
        limits=(
            "Each owner has a rule set of its own, associated with the deployment; those of others are never written.",
            (
                "An ec_deployment with traffic_filter writes all of the deployment's associations: leave it out there, "
                "or let Terraform ignore its changes."
            ),
            "Rule sets hold for Elasticsearch, Kibana and everything else in the deployment.",
            "Serverless projects are not covered.",
            "Whether Elastic Cloud takes IPv6 rules is not documented, so they are refused.",
        ),
    ),
    official=(EC_DEPLOYMENT_TRAFFIC_FILTER,),
)
