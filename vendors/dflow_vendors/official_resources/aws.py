"""hashicorp/aws: rules of security groups, entries of managed prefix lists."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official import (
    Argument,
    Fixed,
    Given,
    Holds,
    OfficialProvider,
    OfficialResource,
    Part,
    Port,
    Text,
)
from dflow_vendors.owned import Locator
from dflow_vendors.vendor import DestroyMeans, Source

_READ = dt.date(2026, 11, 22)
_DOCS = "hashicorp/terraform-provider-aws website/docs/r"

AWS: Final = OfficialProvider("aws", "hashicorp/aws", ">= 6.0, < 7.0")

_REGION: Final = Locator(
    "region",
    "The region it is in.",
    re.compile(r"[a-z]{2}(-[a-z]+)+-\d"),
    "a region of AWS (eu-central-1)",
    "eu-central-1",
    variable="AWS_REGION",
)

VPC_SECURITY_GROUP_INGRESS_RULE: Final = OfficialResource(
    type="aws_vpc_security_group_ingress_rule",
    provider=AWS,
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("security_group_id", Given("{security_group_id}")),
        Argument("region", Given("{region}"), required=False),
        Argument("ip_protocol", Fixed("tcp")),
        Argument("from_port", Port.AS_NUMBER, required=False),
        Argument("to_port", Port.AS_NUMBER, required=False),
        Argument("cidr_ipv4", Part.IPV4_CIDR, required=False),
        Argument("cidr_ipv6", Part.IPV6_CIDR, required=False),
        Argument("description", Text(255, re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;!*]")), required=False),
    ),
    import_id="sgr-…",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source("arguments", f"{_DOCS}/vpc_security_group_ingress_rule.html.markdown, 6.x", _READ),
    fields=(
        Locator(
            "security_group_id",
            "The group, such as `sg-0123456789abcdef0`.",
            re.compile(r"sg-[0-9a-f]{8,17}"),
            "the id of a security group (sg- and 8 to 17 digits or letters from a to f)",
            "sg-0123456789abcdef0",
        ),
        _REGION,
    ),
    limits=(
        "AWS refuses a rule that is there already: two stacks on one node cannot both have it this way.",
        "Rules written inline on the group, or with aws_security_group_rule, and these overwrite each other.",
    ),
)

EC2_MANAGED_PREFIX_LIST_ENTRY: Final = OfficialResource(
    type="aws_ec2_managed_prefix_list_entry",
    provider=AWS,
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("prefix_list_id", Given("{prefix_list_id}")),
        Argument("region", Given("{region}"), required=False),
        Argument("cidr", Part.CIDR),
        Argument("description", Text(255, re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;!*]")), required=False),
    ),
    import_id="pl-…,<cidr>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source("arguments", f"{_DOCS}/ec2_managed_prefix_list_entry.html.markdown, 6.x", _READ),
    kept=("description",),
    limits=("Entries written inline on the list and these overwrite each other.",),
)
