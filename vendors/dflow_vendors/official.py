"""How a vendor's own Terraform provider spells an allowlist entry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OfficialResource:
    """A resource type of the vendor's own Terraform provider.

    Args:
        type: Terraform's name of it: `aws_vpc_security_group_ingress_rule`.
    """

    type: str
