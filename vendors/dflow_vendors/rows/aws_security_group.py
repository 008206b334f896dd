"""AWS security groups: the allowlist of RDS, Aurora, ElastiCache and Redshift."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.amazon_rds import AMAZON_RDS_TLS
from dflow_vendors.official_resources.aws import VPC_SECURITY_GROUP_INGRESS_RULE
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    OwnerMark,
    Quota,
    QuotaPool,
    Scope,
    Shape,
    Source,
    Vendor,
)

_MODEL = "EC2 service model 2016-11-15, botocore 1.44.5"
_READ = dt.date(2026, 11, 22)

AWS_SECURITY_GROUP: Final = Vendor(
    key="aws_security_group",
    name="AWS security group",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.CIDR,
    note=Note(field="Description", longest=255, allowed=re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]")),
    owner_mark=OwnerMark.TAG,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=Quota(
        number=60,
        pool=QuotaPool.EACH_FAMILY,
        counts="inbound rules of a security group",
        remedy=(
            "Ask AWS for more under Service Quotas, Amazon VPC, `Inbound or outbound rules per security group`, and "
            "set rule_quota (entry_quota in the constructs) to what was granted; or remove rules nobody needs; or give "
            "this database a security group of its own."
        ),
        source=Source(
            "60 inbound rules per security group, IPv4 and IPv6 counted apart, can be raised",
            "Amazon VPC User Guide, Amazon VPC quotas; terraform-linters/tflint#268",
            _READ,
        ),
    ),
    scope=Scope.SECURITY_GROUP,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "one call adds rules with tags, one removes rules by id", f"{_MODEL}, AuthorizeSecurityGroupIngress", _READ
        ),
        Source("a description has 255 characters of a fixed set", f"{_MODEL}, IpRange", _READ),
        Source("a rule is IPv4 or IPv6, and host bits are cleared", f"{_MODEL}, AuthorizeSecurityGroupIngress", _READ),
        Source(
            "one resource is one rule, which goes when the resource does",
            "hashicorp/terraform-provider-aws, aws_vpc_security_group_ingress_rule",
            _READ,
        ),
        Source(
            "without inbound rules nothing gets in",
            "Amazon VPC User Guide, Control traffic to your AWS resources using security groups",
            _READ,
        ),
    ),
    tls=AMAZON_RDS_TLS,
    official=(VPC_SECURITY_GROUP_INGRESS_RULE,),
)
