"""Cloud provider accounts: the credentials with which dFlow works at a cloud."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import Any, NotRequired

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class CloudProviderAccountDocument(Head):
    """An account as the control plane sends it: identifiers, never a secret."""

    type: str
    tenant: NotRequired[str]
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
CloudProviderAccounts = Collection[CloudProviderAccountDocument]
