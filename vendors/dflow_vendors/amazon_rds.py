"""What Amazon RDS publishes of its certificate authorities: one bundle for each region, and nothing for its proxies."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.authority import AuthorityOrigin, PublishedAuthority
from dflow_vendors.vendor import Source, TlsFacts, TlsUse

_GUIDE: Final = "Amazon RDS User Guide, UsingWithRDS.SSL"
_READ: Final = dt.date(2026, 11, 22)
_REGION: Final = r"(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)"

_PROXIES: Final = PublishedAuthority(
    None,
    Source("a proxy's certificate is one of AWS Certificate Manager", "Amazon RDS User Guide, rds-proxy", _READ),
    re.compile(rf".+\.proxy-[a-z0-9]+\.(?:{_REGION}\.rds|rds\.[a-z-]+\d)\.amazonaws\.com(?:\.cn)?"),
)
_GOVERNMENT: Final = PublishedAuthority(
    "https://truststore.pki.{region}.rds.amazonaws.com/{region}/{region}-bundle.pem",
    Source("each region of GovCloud has a bundle, at an address of its own", _GUIDE, _READ),
    re.compile(r".+\.(?P<region>us-gov-[a-z]+-\d)\.rds\.amazonaws\.com"),
)
_CHINA: Final = PublishedAuthority(
    "https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/{region}/{region}-bundle.pem",
    Source("each region of China has a bundle", "docs.amazonaws.cn, Amazon RDS User Guide, UsingWithRDS.SSL", _READ),
    re.compile(r".+\.rds\.(?P<region>cn-[a-z]+-\d)\.amazonaws\.com\.cn"),
)
_REGIONS: Final = PublishedAuthority(
    "https://truststore.pki.rds.amazonaws.com/{region}/{region}-bundle.pem",
    Source("each region has a bundle", _GUIDE, _READ),
    re.compile(rf".+\.{_REGION}\.rds\.amazonaws\.com"),
)

AMAZON_RDS_TLS: Final = TlsFacts(
    TlsUse.UNKNOWN,
    "Amazon RDS's bundle of the region",
    Source("whether TLS is required depends on the engine", _GUIDE, _READ),
    authority_from=AuthorityOrigin.PUBLISHED,
    published=(_PROXIES, _GOVERNMENT, _CHINA, _REGIONS),
)
"""Of what a security group or a prefix list guards, this holds for RDS and Aurora; their host names tell."""
