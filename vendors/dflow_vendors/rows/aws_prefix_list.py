"""AWS managed prefix lists: what security groups refer to, in place of addresses."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.amazon_rds import AMAZON_RDS_TLS
from dflow_vendors.official_resources.aws import EC2_MANAGED_PREFIX_LIST_ENTRY
from dflow_vendors.owned import Credential, Endpoint, Locator, OwnedEntries
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    NoteChange,
    OwnerMark,
    Scope,
    Shape,
    Source,
    Vendor,
)

_MODEL = "EC2 service model 2016-11-15, botocore 1.44.5"
_READ = dt.date(2026, 11, 22)

AWS_PREFIX_LIST: Final = Vendor(
    key="aws_prefix_list",
    name="AWS managed prefix list",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.DELTA,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.CIDR,
    note=Note("Description", 255, re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]"), NoteChange.NEVER),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.CLOSED,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.SECURITY_GROUP,
    concurrency=Concurrency.SERIAL,
    sources=(
        Source(
            "one call adds up to 100 entries and removes up to 100, on the condition of the list's version",
            f"{_MODEL}, ModifyManagedPrefixList",
            _READ,
        ),
        Source("another version is refused with PrefixListVersionMismatch", "floci-io/floci#2105", _READ),
        Source(
            "a list that is being changed is refused with IncorrectState",
            "hashicorp/terraform-provider-aws, internal/service/ec2",
            _READ,
        ),
        Source("a description has 255 characters", f"{_MODEL}, AddPrefixListEntry", _READ),
        Source(
            "an entry that is there cannot be added with another description, nor removed and added in one call",
            "hashicorp/terraform-provider-aws, internal/service/ec2, managed prefix list",
            _READ,
        ),
        Source("a list holds as many entries as it was made for", f"{_MODEL}, ManagedPrefixList", _READ),
        Source("a list that is IPAM's is written by its resolver", f"{_MODEL}, ManagedPrefixList", _READ),
    ),
    tls=AMAZON_RDS_TLS,
    owned=OwnedEntries(
        locators=(
            Locator(
                "region",
                "The region of the prefix list.",
                re.compile(r"[a-z]{2}(-[a-z]+)+-\d"),
                "a region of AWS",
                "eu-central-1",
                variable="AWS_REGION",
            ),
            Locator(
                "prefix_list_id",
                "The customer-managed prefix list; it opens every security group that refers to it.",
                re.compile(r"pl-[0-9a-f]{8,17}"),
                "a prefix list's id (pl-0123456789abcdef0)",
                "pl-0123456789abcdef0",
            ),
        ),
        credentials=(
            Credential("access key id of AWS", ("AWS_ACCESS_KEY_ID",), is_optional=True),
            Credential("secret access key of AWS", ("AWS_SECRET_ACCESS_KEY",), is_optional=True),
            Credential("session token of AWS, for temporary keys", ("AWS_SESSION_TOKEN",), is_optional=True),
            Credential("profile of AWS", ("AWS_PROFILE",), is_optional=True),
        ),
        endpoint=Endpoint("https://ec2.{region}.amazonaws.com", ("AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL")),
        rights=(
            "The credentials need ec2:DescribeManagedPrefixLists, ec2:GetManagedPrefixListEntries and "
            "ec2:ModifyManagedPrefixList."
        ),
        limits=(
            "A list holds addresses of one family, and as many as it was made for (MaxEntries).",
            "That number counts against the rules of every security group that refers to the list.",
            "The description of an entry is not changed: an address somebody else let in is used as it is.",
            "It needs boto3 (dflow-cdktf[aws]); credentials may come from anywhere boto3 finds them.",
        ),
    ),
    official=(EC2_MANAGED_PREFIX_LIST_ENTRY,),
)
