"""A managed prefix list of AWS that security groups refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AwsPrefixList(VendorAllowlist):
    """A managed prefix list of AWS that security groups refer to.

    Args:
        prefix_list_id: The customer-managed prefix list; it opens every security group that refers to it.
        region: The region of the prefix list. Left out, Terraform reads AWS_REGION.
    """

    VENDOR: ClassVar[str] = "aws_prefix_list"

    prefix_list_id: str
    region: str | None = None
