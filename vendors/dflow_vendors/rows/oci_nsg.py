"""Oracle Cloud: network security groups, which guard its databases and machines of one's own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official_resources.clouds import OCI_NETWORK_SECURITY_GROUP_SECURITY_RULE
from dflow_vendors.vendor import (
    CallPattern,
    Concurrency,
    DestroyMeans,
    EmptyMeans,
    EntryForm,
    Family,
    Note,
    OwnerMark,
    Scope,
    Shape,
    Source,
    Vendor,
)

_READ = dt.date(2026, 11, 22)

OCI_NSG: Final = Vendor(
    key="oci_nsg",
    name="OCI network security group",
    shape=Shape.PER_ENTRY,
    pattern=CallPattern.PER_ENTRY,
    families=frozenset({Family.IPV4, Family.IPV6}),
    form=EntryForm.CIDR,
    note=Note(field="description", longest=255, allowed=re.compile(r"[A-Za-z0-9 ._:/(),-]")),
    owner_mark=OwnerMark.NOTE,
    empty_means=EmptyMeans.UNKNOWN,
    destroy_means=DestroyMeans.ENTRY_GONE,
    quota=None,
    scope=Scope.SECURITY_GROUP,
    concurrency=Concurrency.PARALLEL,
    sources=(
        Source(
            "one resource is one rule, IPv4 or IPv6; the subnet's security lists may let in others",
            "oracle/terraform-provider-oci website/docs/r/core_network_security_group_security_rule.html.markdown",
            _READ,
        ),
    ),
    official=(OCI_NETWORK_SECURITY_GROUP_SECURITY_RULE,),
)
