"""The IP filter of an Exoscale database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Exoscale(VendorAllowlist):
    """The IP filter of an Exoscale database.

    Args:
        zone: The zone of the service.
        type: The kind of the service: `pg`, `mysql`, `valkey`, `kafka` or `opensearch`.
        name: The name of the service.
    """

    VENDOR: ClassVar[str] = "exoscale"

    zone: str
    type: str
    name: str
