"""Questions that need no synthesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token

if TYPE_CHECKING:
    from dflow_constructs.database import Database
    from dflow_constructs.external_database import ExternalDatabase
    from dflow_constructs.service import Service

KNOWN_AT_PLAN = "known when Terraform plans"
"""Stands for an address that dFlow tells, which is that of every Worker Node unless the program declares it."""


def can_reach(service: Service, database: Database) -> bool:
    """Say whether a service was connected to a database.

    For an external database with an allowlist this implies that the nodes and addresses of the service's Environment
    are let in; it does not say that others are kept out: a second service on the same Worker Node leaves by the same
    address, and all it lacks is the password.
    """
    path = database.node.path
    return any(connection.database == path for connection in service.connections)


def variables_of(service: Service) -> dict[str, str]:
    """Return the variables that the program gives a service, by name.

    A secret stands as its name, version and form between `<` and `>`; what dFlow fills in stands as the reference.
    """
    return {key: value.outline for key, value in sorted(service.variables.items())}


def allowlist_of(database: ExternalDatabase, *, place: str = "") -> dict[str, str]:
    """Return who is let in to a database by the stacks of the program: the CIDR by the name of the node or address.

    Args:
        database: the database.
        place: empty for the database itself, `pooler`, or `replica-<name>` for one that has entries of its own.

    Raises:
        ConfigurationError: the database has no such place.
    """
    if place not in database.places:
        known = ", ".join(repr(each) for each in database.places)
        raise ConfigurationError(database, f"allowlist_of(…, place={place!r}): it has {known}; ask for one of them")
    found: dict[str, str] = {}
    for door in database.doors:
        if door.place == place:
            for name, address in door.admitted.items():
                found[name] = KNOWN_AT_PLAN if has_token(address.cidr) else address.cidr
    return dict(sorted(found.items()))
