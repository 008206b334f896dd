"""Cloud provider accounts: the credentials with which dFlow works at a cloud."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import Any, NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class CloudProviderAccountDocument(Head):
    """An account as the control plane sends it: identifiers, and where they are asked for the secrets beside them."""

    type: str
    tenant: NotRequired[str]
    dFlowDetails: NotRequired[dict[str, Any] | None]
    digitaloceanDetails: NotRequired[dict[str, Any] | None]
    awsDetails: NotRequired[dict[str, Any] | None]
    gcpDetails: NotRequired[dict[str, Any] | None]
    azureDetails: NotRequired[dict[str, Any] | None]


CLOUD_PROVIDER_ACCOUNTS = Shape(
    "cloudProviderAccounts",
    "cloud provider account",
    {
        "type": True,
        "awsDetails": {"accessKeyId": True},
        "gcpDetails": {"projectId": True},
        "azureDetails": {"clientId": True, "tenantId": True, "subscriptionId": True},
    },
)
ACCOUNT_SECRETS = Shape(
    "cloudProviderAccounts",
    "cloud provider account",
    {
        "type": True,
        "dFlowDetails": True,
        "awsDetails": True,
        "gcpDetails": True,
        "azureDetails": True,
        "digitaloceanDetails": True,
    },
)
CloudProviderAccounts = Collection[CloudProviderAccountDocument]
