"""What a stack opens at one place of a database, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.allowlist import AdmittedAddress, ListFacts


@dataclass(frozen=True)
class Door:
    """One place of a database and who is let in.

    Attributes:
        place: empty for the database itself, `pooler`, or `replica-<name>`.
        host: the host name services connect to.
        port: the port that is opened.
        address: where Terraform finds what holds the entries; nothing where a person keeps them.
        admitted: what stands on the list, by the name of the node or address.
        environments: the names in dFlow of the Environments that leave from each, by the same names.
        facts: which list it is.
    """

    place: str
    host: str
    port: int
    address: str | None
    admitted: Mapping[str, AdmittedAddress]
    environments: Mapping[str, tuple[str, ...]]
    facts: ListFacts
