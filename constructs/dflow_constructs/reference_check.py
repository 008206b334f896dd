"""Whether a reference will find what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs import reference
from dflow_constructs.database_service import DatabaseService
from dflow_constructs.reference import PUBLIC_DOMAIN, Reference

if TYPE_CHECKING:
    from collections.abc import Collection

    from dflow_constructs.environment import Environment
    from dflow_constructs.service import Service


def reference_problem(environment: Environment, asked: Reference) -> str | None:
    """Say why a reference from a Service of the Environment would come out empty, and what to write instead."""
    for database in environment.databases:
        if database.name == asked.service:
            return _database_problem(database, asked, environment)
    found = environment.stack.names.service(asked.service)
    if isinstance(found, DatabaseService) and (found.is_exposed or found.environment.is_same_as(environment)):
        return _database_problem(found, asked, environment)
    for service in environment.services:
        if service.name == asked.service:
            return _service_problem(asked)
    return _unknown_service(environment, asked)


def link_problem(environment: Environment, asked: Reference, keys: Collection[str]) -> str | None:
    """Say why a service's variables cannot be called so beside a reference, which has dFlow set one of its own."""
    for database in environment.databases:
        if database.name == asked.service and asked.variable in reference.names_of(database.engine):
            linked = f"{database.name}-db".replace("-", "_").upper() + "_URL"
            if linked in keys:
                return (
                    f"variable {linked!r} is also the one that dFlow itself sets on a Service with a reference to "
                    f"{database.node.path}, and one of them would be lost; give yours another name"
                )
    return None


def _database_problem(database: DatabaseService, asked: Reference, environment: Environment) -> str | None:
    names = reference.names_of(database.engine)
    public = reference.public_names_of(database.engine)
    if not environment.is_same_as(database.environment):
        names = public
    if asked.variable in names or (database.is_exposed and asked.variable in public):
        return None
    if names is public:
        return f"{database.node.path} is reached from other Environments by {', '.join(public)} only; use one of them"
    if asked.variable in public:
        private = asked.variable.replace("_PUBLIC_", "_")
        return (
            f"{database.node.path} is not exposed, and its public names are empty until it is; "
            f"ask for the private one, {Reference(asked.service, private)}"
        )
    return f"a {database.engine.value} database answers to {', '.join(names)}; use one of them"


def _service_problem(asked: Reference) -> str | None:
    if asked.variable != PUBLIC_DOMAIN and reference.asks_a_database(asked.variable):
        return (
            f"dFlow takes {asked.variable} for a database's, and {asked.service} is none; "
            f"name the database, or a variable such as {PUBLIC_DOMAIN}"
        )
    return None


def _unknown_service(environment: Environment, asked: Reference) -> str:
    inside: tuple[DatabaseService | Service, ...] = (*environment.databases, *environment.services)
    for service in inside:
        if service.node.id == asked.service:
            return (
                f"that Service is called {service.name!r} in dFlow; "
                f"did you mean {Reference(service.name, asked.variable)}?"
            )
    elsewhere = environment.stack.names.service(asked.service)
    if elsewhere is not None:
        return (
            f"that Service is {elsewhere.node.path}, and references reach only Services of the same Environment "
            f"({environment.node.path}); build one in here, or use an ExternalDatabase"
        )
    for external in environment.stack.external_databases:
        if external.node.id == asked.service:
            return (
                f"{external.node.path} is an external database, which dFlow does not know; "
                f"take the reference out and call connect_to({external.node.id})"
            )
    known = ", ".join(service.name for service in inside)
    return f"{environment.node.path} has no Service of that name; it has {known}; name one of them"
