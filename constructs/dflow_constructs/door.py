"""What a stack opens at one place of a database, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.allowlist import AdmittedAddress


@dataclass(frozen=True)
class Door:
    """One place of a database and who is let in.

    Attributes:
        place: empty for the database itself, `pooler`, or `replica-<name>`.
        host: the host name services connect to.
        port: the port that is opened.
        address: where Terraform finds what holds the entries; nothing where a person keeps them.
        admitted: the addresses that are let in, by the name of the node or address.
    """

    place: str
    host: str
    port: int
    address: str | None
    admitted: Mapping[str, AdmittedAddress]
