"""Google AlloyDB: the authorized external networks of an instance."""

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

_API = "discovery document alloydb.v1, revision 20261026"
_CLI = "Google Cloud SDK, googlecloudsdk/api_lib/alloydb/instance_operations"
_GUIDE = "AlloyDB documentation, Connect using public IP"
_READ = dt.date(2026, 11, 22)
_NAME = re.compile(r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")

GOOGLE_ALLOYDB: Final = Vendor(
    key="google_alloydb",
    name="Google AlloyDB authorized external networks",
    shape=Shape.INLINE,
    pattern=CallPattern.LOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=None,
    owner_mark=OwnerMark.NOWHERE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("an entry is a cidrRange and nothing else", _API, _READ),
        Source("a patch without updateMask overwrites every field", _API, _READ),
        Source("the vendor's command line patches networkConfig.authorizedExternalNetworks alone", _CLI, _READ),
        Source(
            "etag on an instance is for freshness validation: AIP-154, which answers an old one with ABORTED",
            _API,
            _READ,
        ),
        Source("a patch is a long-running operation", _API, _READ),
        Source("entries take a public IP address; only listed addresses connect directly to it", _GUIDE, _READ),
        Source("clientConnectionConfig.requireConnectors takes connections through connectors only", _API, _READ),
        Source(
            "the vendor's provider keeps the list inline on the instance",
            "hashicorp/terraform-provider-google 7.45, google_alloydb_instance",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.BY_DEFAULT,
        "no call of the API returns the instance's certificate authority",
        Source("an unspecified sslMode is ENCRYPTED_ONLY", _API, _READ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "project",
                "The Google Cloud project of the cluster.",
                re.compile(r"(?:[a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]"),
                "the id of a Google Cloud project (6 to 30 small letters, digits and hyphens)",
                "shop-production",
                variable="GOOGLE_PROJECT",
            ),
            Locator(
                "location",
                "The region of the cluster.",
                re.compile(r"[a-z]+-[a-z]+[0-9]+"),
                "a region of Google Cloud",
                "europe-west3",
                variable="GOOGLE_REGION",
            ),
            Locator("cluster", "The id of the cluster.", _NAME, "the id of an AlloyDB cluster", "shop"),
            Locator(
                "instance",
                "The id of the instance. Each instance of a cluster, read pools too, has a list of its own.",
                _NAME,
                "the id of an AlloyDB instance",
                "orders",
            ),
        ),
        credentials=(
            Credential("access token of Google Cloud", ("GOOGLE_OAUTH_ACCESS_TOKEN",), is_optional=True),
            Credential(
                "credentials of Google Cloud as JSON, or the path of their file",
                ("GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS"),
                is_optional=True,
            ),
        ),
        endpoint=Endpoint("https://alloydb.googleapis.com/v1", ("GOOGLE_ALLOYDB_CUSTOM_ENDPOINT",)),
        rights=(
            "The account needs alloydb.instances.get, alloydb.instances.update and alloydb.operations.get, as the role "
            "Cloud AlloyDB Admin has them, and the AlloyDB API has to be enabled in the project."
        ),
        limits=(
            (
                "Credentials as JSON take the Python package google-auth: pip install 'dflow-cdktf[google]'. An access "
                "token (gcloud auth print-access-token) does without, and ends after an hour."
            ),
            "The instance needs a public IP address, without which AlloyDB takes no entries.",
            "Connections through the Auth Proxy and the language connectors need no entry.",
            "Whether AlloyDB takes IPv6 entries is not documented, so they are refused.",
            "One change of an instance runs at a time: an apply waits for one that runs.",
        ),
    ),
)
