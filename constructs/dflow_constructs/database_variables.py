"""Which facts about a database a service gets, and under which names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dflow_constructs.database import DatabaseField
from dflow_constructs.engine import Engine, ExternalEngine
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.variable_value import percent_encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.database import Database
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.variable_value import VariableValue


@dataclass(frozen=True)
class DatabaseVariables:
    """A choice of variables; use the named ones, or list the names a program expects yourself.

    DatabaseVariables({DatabaseField.HOST: "PGHOST", DatabaseField.PASSWORD: "PGPASSWORD"})
    """

    names: Mapping[DatabaseField, str]
    engines: tuple[AnyEngine, ...] = ()
    """The engines whose clients know the names; every engine's if there are none."""

    def __post_init__(self) -> None:
        if not self.names:
            raise ConfigurationError(
                "DatabaseVariables(…)",
                "no variable is named, and the way to the database would be opened for nothing; name one, "
                '{DatabaseField.HOST: "PGHOST"}',
            )

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
                DatabaseField.AUTHORITY_FILE: f"{prefix}CA_FILE",
                DatabaseField.AUTHORITY: f"{prefix}CA_BASE64",
            }
        )

    @classmethod
    def libpq(cls) -> DatabaseVariables:
        """What `libpq`, and all that is built on it, reads by itself: `PGHOST`, `PGPORT`, `PGDATABASE` and so on."""
        return cls(
            {
                DatabaseField.HOST: "PGHOST",
                DatabaseField.PORT: "PGPORT",
                DatabaseField.NAME: "PGDATABASE",
                DatabaseField.USERNAME: "PGUSER",
                DatabaseField.PASSWORD: "PGPASSWORD",
                DatabaseField.TLS: "PGSSLMODE",
                DatabaseField.LIBPQ_AUTHORITY: "PGSSLROOTCERT",
                DatabaseField.AUTHORITY: "PG_CA_BASE64",
            },
            (Engine.POSTGRES, ExternalEngine.COCKROACHDB),
        )

    @classmethod
    def django(cls, *, name: str = "DATABASE_URL") -> DatabaseVariables:
        """One URL as `dj-database-url` hands it on to Django's engines."""
        return cls({DatabaseField.DJANGO_URL: name})

    @classmethod
    def rails(cls, *, name: str = "DATABASE_URL") -> DatabaseVariables:
        """One URL as Active Record reads it."""
        return cls({DatabaseField.RAILS_URL: name})

    @classmethod
    def node(cls, *, name: str = "DATABASE_URL") -> DatabaseVariables:
        """One URL as `pg`, `mysql2`, `mongodb`, `redis` and `ioredis` read it."""
        return cls({DatabaseField.NODE_URL: name})

    @classmethod
    def prisma(cls, *, name: str = "DATABASE_URL", direct: str = "DIRECT_URL") -> DatabaseVariables:
        """Two URLs for Prisma: the pooler's, if there is one, and the database's own for migrations."""
        return cls({DatabaseField.PRISMA_URL: name, DatabaseField.PRISMA_DIRECT_URL: direct})

    @classmethod
    def spring(cls, *, prefix: str = "SPRING_DATASOURCE_") -> DatabaseVariables:
        """A JDBC URL, user and password, as Spring Boot reads them: `SPRING_DATASOURCE_URL` and so on."""
        return cls(
            {
                DatabaseField.JDBC_URL: f"{prefix}URL",
                DatabaseField.USERNAME: f"{prefix}USERNAME",
                DatabaseField.PASSWORD: f"{prefix}PASSWORD",
            }
        )

    def prefixed(self, prefix: str) -> DatabaseVariables:
        """Return the same choice with something in front of every name, for a second database of a service."""
        return replace(self, names={field: f"{prefix}{name}" for field, name in self.names.items()})

    def values(self, database: Database) -> dict[str, VariableValue]:
        """Return the variables a database fills, by name.

        Where a URL cannot say which certificate authority to trust, a variable beside it does.

        Raises:
            ConfigurationError: the names are those of another engine's clients, or one name is for two facts.
        """
        if self.engines and database.engine not in self.engines:
            raise ConfigurationError(
                database.node.path,
                f"{', '.join(self.names.values())} are read by clients of "
                f"{', '.join(engine.value for engine in self.engines)}, and this is {database.engine.value}; choose "
                "other variables, variables=DatabaseVariables.separate()",
            )
        found: dict[str, VariableValue] = {}
        for asked, name in self.names.items():
            value = database.value_of(asked)
            if value is not None and found.setdefault(name, value) != value:
                raise ConfigurationError(
                    database.node.path,
                    f"variable {name!r} would hold its {asked.value} and something else of it, and one of them would "
                    "be lost; give one of them another name",
                )
        return found | self._authority(database, found)

    def _authority(self, database: Database, found: Mapping[str, VariableValue]) -> dict[str, VariableValue]:
        if {DatabaseField.AUTHORITY, DatabaseField.AUTHORITY_FILE} & set(self.names):
            return {}
        urls = [name for field, name in self.names.items() if "URL" in field.value and name in found]
        if not urls:
            return {}
        first = re.sub(r"_?UR[IL]$", "", urls[0]) or urls[0]
        file = database.value_of(DatabaseField.AUTHORITY_FILE)
        certificate = database.value_of(DatabaseField.AUTHORITY)
        beside = {}
        if file is not None and not all(_names(found[name], file.texts[0]) for name in urls):
            beside[f"{first}_CA_FILE"] = file
        if certificate is not None:
            beside[f"{first}_CA_BASE64"] = certificate
        return beside


def _names(url: VariableValue, path: str) -> bool:
    return percent_encoded(path) in url.outline or f"={path}" in url.outline
