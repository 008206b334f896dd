"""An exposed Database Service, as Services of other Environments reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.database import Database, DatabaseField
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.reference import PublicField, Reference
from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from constructs import Node

    from dflow_constructs.database_service import DatabaseService
    from dflow_constructs.engine import Engine
    from dflow_constructs.environment import Environment

_REFERENCES = {
    DatabaseField.URL: PublicField.PUBLIC_URI,
    DatabaseField.HOST: PublicField.PUBLIC_HOST,
    DatabaseField.PORT: PublicField.PUBLIC_PORT,
}


@dataclass(frozen=True)
class PublicDatabase:
    """The public side of a database; dFlow knows its URL, host and port."""

    inside: DatabaseService

    @property
    def node(self) -> Node:
        """The construct's place in the tree."""
        return self.inside.node

    @property
    def engine(self) -> Engine:
        """The engine."""
        return self.inside.engine

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if this database has none.

        Raises:
            ConfigurationError: dFlow tells it inside the database's own Environment only.
        """
        if field in {DatabaseField.USERNAME, DatabaseField.PASSWORD}:
            raise ConfigurationError(
                self.inside,
                f"its {field.value} has a reference in {self.inside.environment.node.path} only, and elsewhere stands "
                "within the URL; let the Service have the URL, connect_to(…, variable=…)",
            )
        if field is DatabaseField.NAME:
            name = self.inside.database_name
            return None if name is None else VariableValue.of(name)
        asked = _REFERENCES.get(field)
        if asked is None:
            return None
        return VariableValue.of(str(Reference(self.inside.name, f"{self.engine.reference_prefix}_{asked.value}")))

    def seen_from(self, environment: Environment) -> Database:
        """Return the side that Services of an Environment reach."""
        return self.inside.seen_from(environment)

    def open_to(self, environment: Environment) -> str | None:
        """Return the address of the database, if it is in the Environment's stack."""
        return self.inside.open_to(environment)

    def admitted(self, environment: Environment) -> tuple[str, ...]:
        """Return nothing: an exposed port is open to everybody."""
        return self.inside.admitted(environment)
