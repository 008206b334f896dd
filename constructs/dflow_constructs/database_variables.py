"""Which facts about a database a service gets, and under which names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_constructs.database import DatabaseField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.database import Database
    from dflow_constructs.variable_value import VariableValue


@dataclass(frozen=True)
class DatabaseVariables:
    """A choice of variables; use the named ones, or list the names a program expects yourself.

    DatabaseVariables({DatabaseField.HOST: "PGHOST", DatabaseField.PASSWORD: "PGPASSWORD"})
    """

    names: Mapping[DatabaseField, str]

    @classmethod
    def url(cls, name: str) -> DatabaseVariables:
        """One variable with the whole connection URL."""
        return cls({DatabaseField.URL: name})

    @classmethod
    def separate(cls, *, prefix: str = "DB_") -> DatabaseVariables:
        """One variable for each fact, the way dFlow's documentation names them.

        `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_PASSWORD`, and for an external database `DB_SSLMODE` with the
        protection it asks for. What a database does not have is left out.
        """
        return cls(
            {
                DatabaseField.HOST: f"{prefix}HOST",
                DatabaseField.PORT: f"{prefix}PORT",
                DatabaseField.NAME: f"{prefix}NAME",
                DatabaseField.USERNAME: f"{prefix}USER",
                DatabaseField.PASSWORD: f"{prefix}PASSWORD",
                DatabaseField.TLS: f"{prefix}SSLMODE",
            }
        )

    def values(self, database: Database) -> dict[str, VariableValue]:
        """Return the variables a database fills, by name."""
        values = {name: database.value_of(field) for field, name in self.names.items()}
        return {name: value for name, value in values.items() if value is not None}
