"""A further place of an external database, as services connect to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from constructs import Node

    from dflow_constructs.database import Database, DatabaseField
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.environment import Environment
    from dflow_constructs.external_database import ExternalDatabase
    from dflow_constructs.variable_value import VariableValue


@dataclass(frozen=True)
class DatabaseEndpoint:
    """A pooler or a read replica; `ExternalDatabase.pooler` and `.replica(…)` make them.

    User, password, database and protection are those of the database, host and port its own.
    """

    database: ExternalDatabase
    name: str

    @property
    def node(self) -> Node:
        """The database's place in the tree."""
        return self.database.node

    @property
    def engine(self) -> AnyEngine:
        """The engine."""
        return self.database.engine

    def __str__(self) -> str:
        return f"{self.node.path}/{self.name}"

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if there is none."""
        return self.database.value_at(self.name, field)

    def seen_from(self, environment: Environment) -> Database:
        """Return itself: from every Environment of the program it looks the same."""
        self.database.seen_from(environment)
        return self

    def open_to(self, environment: Environment, fields: Collection[DatabaseField]) -> tuple[str, ...]:
        """Let the nodes of an Environment in."""
        return self.database.open_at(self.name, environment, fields)

    def admitted(self, environment: Environment) -> tuple[str, ...]:
        """Return the keys of the allowlist entries through which the Environment gets in."""
        return self.database.admitted(environment)
