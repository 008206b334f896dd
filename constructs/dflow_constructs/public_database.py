"""An exposed Database Service, as Services of other Environments reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.database import Database, DatabaseField
from dflow_constructs.engine import Engine
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.reference import PublicField, Reference
from dflow_constructs.reference_url import URLS, form_read, jdbc_of_references
from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from collections.abc import Collection

    from constructs import Node

    from dflow_constructs.database_service import DatabaseService
    from dflow_constructs.environment import Environment


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
        if field is DatabaseField.JDBC_URL:
            return jdbc_of_references(self.inside, self._host, self._port)
        if field in {DatabaseField.USERNAME, DatabaseField.PASSWORD} or (
            field is DatabaseField.RAILS_URL and self.engine in {Engine.MYSQL, Engine.MARIADB}
        ):
            raise ConfigurationError(
                self.inside,
                f"its {field.value} has a reference in {self.inside.environment.node.path} only, and elsewhere stands "
                "within the URL; let the Service have the URL, connect_to(…, variable=…)",
            )
        if field is DatabaseField.NAME:
            name = self.inside.database_name
            return None if name is None else VariableValue.of(name)
        if field in URLS:
            form_read(self.inside, field)
            return VariableValue.of(self._reference(PublicField.PUBLIC_URI))
        if field is DatabaseField.HOST:
            return VariableValue.of(self._host)
        return VariableValue.of(self._port) if field is DatabaseField.PORT else None

    def seen_from(self, environment: Environment) -> Database:
        """Return the side that Services of an Environment reach."""
        return self.inside.seen_from(environment)

    def open_to(self, environment: Environment, fields: Collection[DatabaseField]) -> tuple[str, ...]:
        """Return the address of the database, if it is in the Environment's stack."""
        return self.inside.open_to(environment, fields)

    def admitted(self, environment: Environment) -> tuple[str, ...]:
        """Return nothing: an exposed port is open to everybody."""
        return self.inside.admitted(environment)

    @property
    def _host(self) -> str:
        return self._reference(PublicField.PUBLIC_HOST)

    @property
    def _port(self) -> str:
        return self._reference(PublicField.PUBLIC_PORT)

    def _reference(self, asked: PublicField) -> str:
        return str(Reference(self.inside.name, f"{self.engine.reference_prefix}_{asked.value}"))
