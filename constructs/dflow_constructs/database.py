"""What a service must know of a database, whoever runs it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection

    from constructs import Node

    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.environment import Environment
    from dflow_constructs.variable_value import VariableValue


class DatabaseField(Enum):
    """One fact about a database that a service can be given as a variable.

    `URL` is what the engine's own clients read. A pooler's URL is the database's where there is no pooler. A JDBC URL
    holds neither user nor password.
    """

    URL = "connection URL"
    POOLED_URL = "connection URL of the pooler"
    DJANGO_URL = "URL for Django"
    JDBC_URL = "URL for JDBC"
    NODE_URL = "URL for Node"
    PRISMA_URL = "URL for Prisma"
    PRISMA_DIRECT_URL = "direct URL for Prisma"
    RAILS_URL = "URL for Rails"
    HOST = "host"
    PORT = "port"
    NAME = "database name"
    USERNAME = "user name"
    PASSWORD = "password"  # noqa: S105 - the name of a field, no password
    TLS = "TLS mode"
    AUTHORITY_FILE = "file of the certificate authority"
    LIBPQ_AUTHORITY = "root certificate for libpq"
    AUTHORITY = "certificate authority, base64-encoded"


@runtime_checkable
class Database(Protocol):
    """A database that services connect to; `DatabaseService` and `ExternalDatabase` both are one."""

    @property
    def node(self) -> Node:
        """The construct's place in the tree."""

    @property
    def engine(self) -> AnyEngine:
        """The engine, which decides the default variable and the form of the URL."""

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if this database has none."""

    def seen_from(self, environment: Environment) -> Database:
        """Return the side of it that Services of an Environment reach; most databases have one.

        Raises:
            ConfigurationError: nothing leads to it from the Environment.
        """

    def open_to(self, environment: Environment, fields: Collection[DatabaseField]) -> tuple[str, ...]:
        """Let the nodes of an Environment in; return the addresses of what must exist before they connect.

        Args:
            environment: the Environment.
            fields: what its Services are given; some lead to another place of the database.

        Raises:
            ConfigurationError: the Environment can never reach the database.
        """

    def admitted(self, environment: Environment) -> tuple[str, ...]:
        """Return the keys of the allowlist entries through which the Environment gets in."""
