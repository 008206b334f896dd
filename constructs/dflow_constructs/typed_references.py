"""References by attribute, so that a name dFlow does not know cannot be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.reference import PUBLIC_DOMAIN, PublicField, Reference, ReferenceField, asks_a_database, fields_of

if TYPE_CHECKING:
    from dflow_constructs.database_service import DatabaseService
    from dflow_constructs.service import Service

_VARIABLE = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


class DatabaseReferences:
    """What Services can be given of a Database Service: `cache.ref.uri` is `{{ shop-production-cache.REDIS_URI }}`.

    dFlow fills them in on the node. The public ones are for Services of other Environments, of an exposed database.
    """

    def __init__(self, database: DatabaseService) -> None:
        self._database = database

    @property
    def uri(self) -> Reference:
        """The whole connection URL."""
        return self._to(ReferenceField.URI)

    @property
    def host(self) -> Reference:
        """The host name, which only Services on the same node can look up."""
        return self._to(ReferenceField.HOST)

    @property
    def port(self) -> Reference:
        """The port."""
        return self._to(ReferenceField.PORT)

    @property
    def name(self) -> Reference:
        """The name of the database on the server.

        Raises:
            ConfigurationError: a Redis has none.
        """
        return self._to(ReferenceField.NAME)

    @property
    def username(self) -> Reference:
        """The user.

        Raises:
            ConfigurationError: a Redis has none.
        """
        return self._to(ReferenceField.USERNAME)

    @property
    def password(self) -> Reference:
        """The password."""
        return self._to(ReferenceField.PASSWORD)

    @property
    def public_uri(self) -> Reference:
        """The connection URL from outside, of an exposed database."""
        return self._to(PublicField.PUBLIC_URI)

    @property
    def public_host(self) -> Reference:
        """The node's address, of an exposed database."""
        return self._to(PublicField.PUBLIC_HOST)

    @property
    def public_port(self) -> Reference:
        """The port on the node, of an exposed database."""
        return self._to(PublicField.PUBLIC_PORT)

    def _to(self, field: ReferenceField | PublicField) -> Reference:
        engine = self._database.engine
        if isinstance(field, ReferenceField) and field not in fields_of(engine):
            fact = field.name.lower()
            raise ConfigurationError(
                self._database,
                f"ref.{fact} would be empty: a {engine.value} database of dFlow's has no {fact}; "
                "use ref.uri, or ref.host, ref.port and ref.password",
            )
        return Reference(self._database.name, f"{engine.reference_prefix}_{field.value}")


class ServiceReferences:
    """What other Services of the same Environment can be given of an App or Docker Service.

    `web.ref.public_domain` is `{{ shop-production-web.DFLOW_PUBLIC_DOMAIN }}`.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    @property
    def public_domain(self) -> Reference:
        """The Service's domain, a host name without a scheme."""
        return Reference(self._service.name, PUBLIC_DOMAIN)

    def variable(self, key: str) -> Reference:
        """Return a reference to a variable of the Service.

        Raises:
            ConfigurationError: no variable of a Service can have that name, or dFlow takes it for a database's.
        """
        if not _VARIABLE.fullmatch(key) or asks_a_database(key):
            raise ConfigurationError(
                self._service,
                f"ref.variable({key!r}): dFlow finds no variable of that name, since it holds more than letters, "
                "digits and _ or looks like one of a database; give it another name in both places",
            )
        return Reference(self._service.name, key)
