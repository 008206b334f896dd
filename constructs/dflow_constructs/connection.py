"""Who reaches which database, as data for tests and reviews."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Connection:
    """One service that uses one database.

    Attributes:
        service: the construct path of the service.
        database: the construct path of the database.
        variables: the names of the variables that carry the connection.
        entries: the keys of the allowlist entries that let the service's Environment in; none for a database that runs
            inside the Environment.
    """

    service: str
    database: str
    variables: tuple[str, ...]
    entries: tuple[str, ...]
