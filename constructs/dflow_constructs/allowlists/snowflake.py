"""A network rule of Snowflake with the entries of this program; a network policy of yours names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist


@dataclass(frozen=True)
class Snowflake(VendorAllowlist):
    """A network rule of Snowflake with the entries of this program; a network policy of yours names it.

    Args:
        database_name: The database that the rule is an object of.
        schema_name: The schema that the rule is an object of.
    """

    VENDOR: ClassVar[str] = "snowflake"

    database_name: str
    schema_name: str
