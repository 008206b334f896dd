"""Entries in a security group of AWS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_bindings import AwsSecurityGroupAllowlist, AwsSecurityGroupAllowlistEntries
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    import constructs

    from dflow_cdk import cdk
    from dflow_constructs.open_to_world import OpenToWorld

_ID = re.compile(r"sg-[0-9a-f]{8,17}")


@dataclass(frozen=True)
class AwsSecurityGroup:
    """The security group that guards a database in AWS.

    Only entries of this program's are ever added or removed; whatever else the group holds stays.

    Args:
        security_group_id: the group, `sg-0123456789abcdef0`.
        region: the region it is in; unless given, Terraform reads AWS_REGION or AWS_DEFAULT_REGION.
        open_to_world: lets in everybody, IPv4 and IPv6, besides the entries; nobody unless given.
    """

    security_group_id: str
    region: str | None = None
    open_to_world: OpenToWorld | None = None

    def __post_init__(self) -> None:
        if not has_token(self.security_group_id) and not _ID.fullmatch(self.security_group_id):
            raise ConfigurationError(
                f"AwsSecurityGroup({self.security_group_id!r})",
                "that is not the id of a security group; copy the one from the console, such as sg-0123456789abcdef0",
            )

    def entries(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        owner: str,
        database: str,
        port: int,
    ) -> AwsSecurityGroupEntries:
        """Make the resource that holds a stack's entries."""
        return AwsSecurityGroupEntries(
            AwsSecurityGroupAllowlist(
                scope,
                id,
                security_group_id=self.security_group_id,
                region=self.region,
                owner=owner,
                database=database,
                port=port,
                entries={},
                open_to_world_reason=self.open_to_world.reason if self.open_to_world else None,
            ),
            {"everybody": "0.0.0.0/0", "everybody-ipv6": "::/0"} if self.open_to_world else {},
        )


class AwsSecurityGroupEntries:
    """One stack's entries in a security group."""

    def __init__(self, resource: AwsSecurityGroupAllowlist, always: Mapping[str, str]) -> None:
        self._resource = resource
        self._always = always

    @property
    def resource(self) -> cdk.TerraformResource:
        """The resource; what depends on it waits until the entries are there."""
        return self._resource

    def fill(self, cidrs: Mapping[str, str]) -> None:
        """Hold exactly these entries: CIDRs by the name of the node or address."""
        entries = {**cidrs, **self._always}
        self._resource.inputs["entries"] = {
            name: AwsSecurityGroupAllowlistEntries(cidr=entries[name]) for name in sorted(entries)
        }
