"""An allow list of YugabyteDB Aeon with the entries of this program; a cluster of yours names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class YugabyteAeon(VendorAllowlist):
    """An allow list of YugabyteDB Aeon with the entries of this program; a cluster of yours names it."""

    VENDOR: ClassVar[str] = "yugabyte_aeon"
