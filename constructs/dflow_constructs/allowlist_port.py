"""Whether the entries of an allowlist open one port, or the whole database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.manager import Manager
from dflow_constructs.manual import Manual
from dflow_vendors.official import Port

if TYPE_CHECKING:
    from dflow_constructs.allowlist import Allowlist


def opens_one_port(allowlist: Allowlist) -> bool:
    """Say whether another port of a database takes entries of its own."""
    # A vendor's class is imported with the first program that uses one, and not before.
    from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist  # noqa: PLC0415 (as it says)

    if isinstance(allowlist, Manual):
        return True
    if not isinstance(allowlist, VendorAllowlist):
        return False
    if allowlist.kept_by is Manager.OWNED:
        return allowlist.VENDOR == "aws_security_group"
    return _names_a_port(allowlist.official().arguments)


def _names_a_port(value: object) -> bool:
    if isinstance(value, Port):
        return True
    if isinstance(value, tuple):
        return any(_names_a_port(part) for part in value)
    return any(_names_a_port(getattr(value, name)) for name in getattr(value, "__dataclass_fields__", ()))
