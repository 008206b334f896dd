"""URLs that dFlow puts together on the node, from references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.database import DatabaseField
from dflow_constructs.engine import Engine
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.login import DIALECTS
from dflow_constructs.reference import ReferenceField
from dflow_constructs.url_form import dialect_form
from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from dflow_constructs.database_service import DatabaseService
    from dflow_constructs.url_form import UrlForm

URLS = frozenset(
    {
        DatabaseField.URL,
        DatabaseField.POOLED_URL,
        DatabaseField.DJANGO_URL,
        DatabaseField.NODE_URL,
        DatabaseField.PRISMA_URL,
        DatabaseField.PRISMA_DIRECT_URL,
        DatabaseField.RAILS_URL,
    }
)
"""The fields that dFlow's own URL serves; a database of its own has no pooler."""


def form_read(database: DatabaseService, field: DatabaseField) -> UrlForm:
    """Return the form of a URL as somebody reads it.

    Raises:
        ConfigurationError: the reader knows no URLs of the engine.
    """
    reader = DIALECTS[field]
    form = dialect_form(database.engine, reader)
    if form is None:
        raise ConfigurationError(
            database,
            f"{reader.value} reads no URLs of {database.engine.value}; choose other variables, "
            "variables=DatabaseVariables.separate(), or have the URL of the engine's own clients, variable=…",
        )
    return form


def url_of(database: DatabaseService, field: DatabaseField) -> VariableValue:
    """Return dFlow's URL of a database, or the same put together where somebody wants another scheme.

    Raises:
        ConfigurationError: whoever reads it knows no URLs of the engine.
    """
    form_read(database, field)
    if field is not DatabaseField.RAILS_URL or database.engine not in {Engine.MYSQL, Engine.MARIADB}:
        return VariableValue.of(database.reference(ReferenceField.URI))
    user, password, host, port, name = (
        database.reference(part)
        for part in (
            ReferenceField.USERNAME,
            ReferenceField.PASSWORD,
            ReferenceField.HOST,
            ReferenceField.PORT,
            ReferenceField.NAME,
        )
    )
    return VariableValue.of(f"mysql2://{user}:{password}@{host}:{port}/{name}")


def jdbc_of_references(database: DatabaseService, host: str, port: str) -> VariableValue:
    """Return a URL without user and password, for Java.

    Raises:
        ConfigurationError: JDBC reads no URLs of the engine.
    """
    form = form_read(database, DatabaseField.JDBC_URL)
    return VariableValue.of(f"{form.scheme}://{host}:{port}/{database.database_name}")
