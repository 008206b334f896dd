"""A whitelist template of ApsaraDB RDS with the entries of this program; instances of yours name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class AlibabaRds(VendorAllowlist):
    """A whitelist template of ApsaraDB RDS with the entries of this program; instances of yours name it."""

    VENDOR: ClassVar[str] = "alibaba_rds"
