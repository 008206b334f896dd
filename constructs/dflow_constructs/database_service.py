"""A database that dFlow runs on the node of an Environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import constructs

from dflow_bindings import DatabaseService as DatabaseServiceResource
from dflow_bindings import DataService
from dflow_cdk import element
from dflow_constructs.database import Database, DatabaseField
from dflow_constructs.engine import Engine
from dflow_constructs.environment import Environment
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.existing import look_up_service
from dflow_constructs.names import existing_name, service_name
from dflow_constructs.public_database import PublicDatabase
from dflow_constructs.reference import Reference, ReferenceField, fields_of
from dflow_constructs.reference_url import URLS, jdbc_of_references, url_of
from dflow_constructs.set_in_dashboard import SetInDashboard
from dflow_constructs.typed_references import DatabaseReferences
from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from collections.abc import Collection

_REFERENCES = {
    DatabaseField.HOST: ReferenceField.HOST,
    DatabaseField.PORT: ReferenceField.PORT,
    DatabaseField.NAME: ReferenceField.NAME,
    DatabaseField.USERNAME: ReferenceField.USERNAME,
    DatabaseField.PASSWORD: ReferenceField.PASSWORD,
}


class DatabaseService(SetInDashboard, constructs.Construct):
    """A database beside the Services of an Environment; only they can reach it.

    dFlow makes up its password. Services get it through references, which dFlow fills in on the node, so no secret
    passes through this program.

    Args:
        environment: where it runs.
        id: its name within the Environment, at most 10 characters; in dFlow it is `<environment>-<id>`.
        engine: the engine; it cannot be changed later.
        name: the name to use in dFlow instead of the id.
        description: a note that dFlow shows; the stack's unless given, or who keeps it; empty text is for none.
        hard_delete: remove the Service for good on destroy; unless set, dFlow keeps it in its trash.
        exposed: whether somebody has exposed it in dFlow's dashboard, to the whole internet and without TLS; Services
            of other Environments reach it then. Nothing is exposed by saying so.
    """

    _resource: DatabaseServiceResource | DataService

    def __init__(
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        engine: Engine,
        name: str | None = None,
        description: str | None = None,
        hard_delete: bool = False,
        exposed: bool = False,
    ) -> None:
        _check_environment(environment, id)
        super().__init__(environment, id)
        self._begin(environment, service_name(self, environment.name, id, name), engine, exposed=exposed)
        environment.stack.names.claim_service(self.name, self)
        self._resource = DatabaseServiceResource(
            self,
            "Default",
            environment_id=environment.environment_id,
            name=self.name,
            description=environment.stack.description_of(self, description),
            engine=engine.value,
            hard_delete=hard_delete or None,
        )
        environment.add_database(self)

    @staticmethod
    def from_name(
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        name: str,
        *,
        engine: Engine,
        exposed: bool = False,
    ) -> DatabaseService:
        """Take a database that exists in an Environment, made in the dashboard or by another stack.

        Args:
            environment: where it runs.
            id: its name in the program.
            name: its full name in dFlow: `shop-production-cache`.
            engine: the engine; another one there is an error when Terraform plans.
            exposed: whether Services of other Environments reach it; not exposed is an error when Terraform plans.
        """
        return _ExistingDatabaseService(environment, id, name, engine, exposed=exposed)

    @property
    def engine(self) -> Engine:
        """The engine, which decides the default variable and the form of the URL."""
        return self._engine

    @property
    def service_id(self) -> str:
        """The Service's id in dFlow, known once Terraform has created it."""
        return self._resource.id

    @property
    def is_exposed(self) -> bool:
        """Whether the program was told that it is open to the internet."""
        return self._exposed

    @property
    def internal_host(self) -> str:
        """The host name by which Services of its Environment reach it."""
        return f"dokku-{self._engine.value}-{self.name}"

    @property
    def database_name(self) -> str | None:
        """The name of the database on the server; none for Redis."""
        return None if self._engine is Engine.REDIS else self.name.replace("-", "_")

    def reference(self, field: ReferenceField) -> str:
        """Return a reference to a fact about the database, for a variable of a Service of the same Environment."""
        return str(Reference(self.name, f"{self._engine.reference_prefix}_{field.value}"))

    @property
    def ref(self) -> DatabaseReferences:
        """References to the facts about the database, for variables of Services."""
        return DatabaseReferences(self)

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if this database has none."""
        if field in URLS:
            return url_of(self, field)
        if field is DatabaseField.JDBC_URL:
            host, port = self.reference(ReferenceField.HOST), self.reference(ReferenceField.PORT)
            return jdbc_of_references(self, host, port)
        asked = _REFERENCES.get(field)
        if asked is None or asked not in fields_of(self._engine):
            return None
        return VariableValue.of(self.reference(asked))

    def seen_from(self, environment: Environment) -> Database:
        """Return the side that Services of an Environment reach: this one in its own, the public one in others.

        Raises:
            ConfigurationError: the Environment is another one, and nothing leads here from it.
        """
        environment.stack.check_reads(self, self.environment.stack)
        if environment.is_same_as(self.environment):
            return self
        if environment.stack.names is not self.environment.stack.names:
            raise ConfigurationError(
                environment,
                f"{self.node.path} belongs to another tenant, whose Services dFlow does not know here; "
                "use an ExternalDatabase",
            )
        if not self._exposed:
            raise ConfigurationError(
                environment,
                f"{self.node.path} runs in {self.environment.node.path} and can be reached from there only; "
                f"build a DatabaseService in {environment.node.path}, or use an ExternalDatabase for both. If somebody "
                "has exposed it in dFlow's dashboard, say exposed=True",
            )
        return PublicDatabase(self)

    def open_to(
        self,
        environment: Environment,
        fields: Collection[DatabaseField],  # noqa: ARG002 - as `Database` has it
    ) -> tuple[str, ...]:
        """Return the address of the database itself: nobody has to be let in.

        Nothing is returned for an Environment of another stack, which is deployed after this one.

        Raises:
            ConfigurationError: the Environment is another one, from which nothing leads here.
        """
        self.seen_from(environment)
        if environment.stack is self.environment.stack:
            return (element.address(self._resource),)
        environment.stack.add_dependency(self.environment.stack)
        return ()

    def admitted(self, environment: Environment) -> tuple[str, ...]:  # noqa: ARG002 - as `Database` has it
        """Return nothing: no allowlist stands between a database and its own Environment."""
        return ()

    def _begin(self, environment: Environment, name: str, engine: Engine, *, exposed: bool) -> None:
        if not isinstance(engine, Engine):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                f"engine is {engine!r}, which dFlow does not run; it runs {', '.join(each.name for each in Engine)}. "
                "Use an ExternalDatabase",
            )
        if exposed and engine is Engine.CLICKHOUSE:
            raise ConfigurationError(
                self,
                "exposed=True: dFlow asks for one port to expose it by and ClickHouse has two, so exposing it fails; "
                "build the Services that use it in its Environment, or keep the database elsewhere, as an "
                "ExternalDatabase",
            )
        self.environment = environment
        self.name = name
        self._engine = engine
        self._exposed = exposed


class _ExistingDatabaseService(DatabaseService):
    def __init__(
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        name: str,
        engine: Engine,
        *,
        exposed: bool,
    ) -> None:
        _check_environment(environment, id)
        constructs.Construct.__init__(self, environment, id)
        self._begin(environment, existing_name(self, "a Service", name), engine, exposed=exposed)
        environment.stack.names.claim_existing(self.name, self)
        conditions = {
            f'try(self.database.engine, "") == "{engine.value}"': (
                f"The program takes {name} for a database of the engine {engine.value}, and dFlow has another."
            )
        }
        if exposed:
            conditions["try(length(self.database.exposed_ports), 0) > 0"] = (
                f"The program says that {name} is exposed, and nobody has exposed it in dFlow's dashboard."
            )
        self._resource = look_up_service(self, environment, name, "database", conditions)
        environment.add_database(self)


def _check_environment(environment: Environment, id_: str) -> None:
    if not isinstance(environment, Environment):
        raise ConfigurationError(
            environment, f"the Service {id_!r} belongs into an Environment; pass one as its first argument"
        )
