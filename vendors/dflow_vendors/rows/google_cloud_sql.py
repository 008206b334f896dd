"""Google Cloud SQL: the authorized networks of an instance."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.authority import AuthorityOrigin
from dflow_vendors.owned import Credential, Endpoint, Expiry, Locator, OwnedEntries
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    OwnerMark,
    Scope,
    Shape,
    Source,
    TlsFacts,
    TlsUse,
    Vendor,
)

_API = "discovery document sqladmin.v1, revision 20261018"
_GUIDE = "Cloud SQL documentation, Configure public IP and Authorize with authorized networks"
_READ = dt.date(2026, 11, 22)

GOOGLE_CLOUD_SQL: Final = Vendor(
    key="google_cloud_sql",
    name="Google Cloud SQL authorized networks",
    shape=Shape.INLINE,
    pattern=CallPattern.LOCKED_LIST,
    families=frozenset({Family.IPV4}),
    form=EntryForm.CIDR,
    note=Note(field="name", longest=255, allowed=re.compile(r"[ -~]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.LIST_EMPTIED,
    quota=None,
    scope=Scope.DATABASE,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source("a patch replaces the list; an entry has value, name and expirationTime", _API, _READ),
        Source("the length of an entry's name is not documented; 255 characters are assumed", _API, _READ),
        Source(
            "settingsVersion locks a write: an old one is answered with 412 staleData, none with 400",
            f"{_API}; hashicorp/terraform-provider-google#25246",
            _READ,
        ),
        Source(
            "one operation runs per instance; another one is answered with 409 operationInProgress",
            "hashicorp/terraform-provider-google 7.45, google/transport/error_retry_predicates.go",
            _READ,
        ),
        Source("only listed addresses connect directly; IPv6 and private ranges cannot be listed", _GUIDE, _READ),
        Source("connectorEnforcement REQUIRED disables all authorized networks", _API, _READ),
        Source(
            "the vendor's provider keeps the list inline on the instance",
            "hashicorp/terraform-provider-google 7.45, google_sql_database_instance",
            _READ,
        ),
    ),
    tls=TlsFacts(
        TlsUse.ON_REQUEST,
        "the instance's server CA (`gcloud sql ssl server-ca-certs list`)",
        Source("sslMode decides; serverCaCert and listServerCas hold the authority", _API, _READ),
        authority_from=AuthorityOrigin.API,
        authority_source=Source(
            "listServerCas returns every one that may be in use, up to three during a rotation",
            "discovery document sqladmin.v1, revision 20261018",
            _READ,
        ),
    ),
    owned=OwnedEntries(
        locators=(
            Locator(
                "project",
                "The Google Cloud project of the instance.",
                re.compile(r"(?:[a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]"),
                "the id of a Google Cloud project (6 to 30 small letters, digits and hyphens)",
                "shop-production",
                variable="GOOGLE_PROJECT",
            ),
            Locator(
                "instance",
                "The name of the Cloud SQL instance. A read replica has a list of its own.",
                re.compile(r"[a-z](?:[a-z0-9-]{0,96}[a-z0-9])?"),
                "the name of a Cloud SQL instance (small letters, digits and hyphens)",
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
        endpoint=Endpoint("https://sqladmin.googleapis.com/v1", ("GOOGLE_SQL_CUSTOM_ENDPOINT",)),
        rights=(
            "The account needs cloudsql.instances.get and cloudsql.instances.update on the instance, as the role Cloud "
            "SQL Editor has them, and the Cloud SQL Admin API has to be enabled in the project."
        ),
        limits=(
            (
                "Credentials as JSON take the Python package google-auth: pip install 'dflow-cdktf[google]'. An access "
                "token (gcloud auth print-access-token) does without, and ends after an hour."
            ),
            "The instance needs a public IP address; with connectorEnforcement = REQUIRED no entry has an effect.",
            "Connections through the Auth Proxy and the connectors need no entry.",
            "Cloud SQL carries out one operation per instance at a time: an apply waits for one that runs.",
        ),
        expiry=Expiry("expirationTime"),
    ),
)
