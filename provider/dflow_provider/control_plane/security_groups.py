"""Security groups: firewall rules that dFlow keeps and, on request, writes to AWS."""

# ruff: noqa: N815 -- the control plane's own spelling

from __future__ import annotations

from typing import NotRequired, TypedDict

from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Head


class RuleRow(TypedDict, total=False):
    """One rule; inbound ones have a source, outbound ones a destination. `id` is the row's own, to be kept."""

    id: str
    description: str | None
    type: str | None
    protocol: str | None
    fromPort: int | None
    toPort: int | None
    sourceType: str | None
    source: str | None
    destinationType: str | None
    destination: str | None
    securityGroupRuleId: str | None


class TagRow(TypedDict, total=False):
    """One tag of the group."""

    id: str
    key: str
    value: str | None


class SecurityGroupDocument(Head):
    """A security group as the control plane sends it."""

    tenant: NotRequired[str]
    description: NotRequired[str | None]
    cloudProvider: NotRequired[str | None]
    cloudProviderAccount: NotRequired[str | None]
    inboundRules: NotRequired[list[RuleRow] | None]
    outboundRules: NotRequired[list[RuleRow] | None]
    tags: NotRequired[list[TagRow] | None]
    securityGroupId: NotRequired[str | None]
    syncStatus: NotRequired[str | None]
    lastSyncedAt: NotRequired[str | None]


SECURITY_GROUPS = Shape(
    "securityGroups",
    "security group",
    {
        "description": True,
        "cloudProvider": True,
        "cloudProviderAccount": True,
        "inboundRules": True,
        "outboundRules": True,
        "tags": True,
        "securityGroupId": True,
        "syncStatus": True,
        "lastSyncedAt": True,
    },
)
SecurityGroups = Collection[SecurityGroupDocument]
