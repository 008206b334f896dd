"""Entries in a security group of AWS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token

if TYPE_CHECKING:
    from dflow_constructs.allowlist import Access

_ID = re.compile(r"sg-[0-9a-f]{8,17}")


@dataclass(frozen=True)
class AwsSecurityGroup(VendorAllowlist):
    """The security group that guards a database in AWS.

    Args:
        security_group_id: The group, such as `sg-0123456789abcdef0`.
        region: The region it is in. Left out, Terraform reads AWS_REGION or AWS_DEFAULT_REGION.
    """

    VENDOR: ClassVar[str] = "aws_security_group"
    EXPIRES: ClassVar[bool] = False

    security_group_id: str
    region: str | None = None

    def __post_init__(self) -> None:
        if not has_token(self.security_group_id) and not _ID.fullmatch(self.security_group_id):
            raise ConfigurationError(
                f"AwsSecurityGroup({self.security_group_id!r})",
                "that is not the id of a security group; copy the one from the console, such as sg-0123456789abcdef0",
            )

    def owned_arguments(self, access: Access) -> dict[str, object]:
        """Return the arguments of our own resource, which has some of its own."""
        return {
            "security_group_id": self.security_group_id,
            "region": self.region,
            "owner": access.owner,
            "database": access.database,
            "port": access.port,
            "open_to_world_reason": self.open_to_world.reason if self.open_to_world else None,
            "rule_quota": self.entry_quota,
        }
