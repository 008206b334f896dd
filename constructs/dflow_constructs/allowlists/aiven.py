"""The IP filter of an Aiven service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Aiven(VendorAllowlist):
    """The IP filter of an Aiven service.

    Args:
        project: The Aiven project of the service.
        service_name: The name of the service.
    """

    VENDOR: ClassVar[str] = "aiven"

    project: str
    service_name: str
