"""A database that dFlow runs on the node of an Environment."""

from __future__ import annotations

import constructs

from dflow_bindings import DatabaseService as DatabaseServiceResource
from dflow_constructs.database import DatabaseField
from dflow_constructs.engine import Engine
from dflow_constructs.environment import Environment
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.names import service_name
from dflow_constructs.reference import Reference, ReferenceField
from dflow_constructs.resource_address import address_of
from dflow_constructs.variable_value import VariableValue

_REFERENCES = {
    DatabaseField.URL: ReferenceField.URI,
    DatabaseField.HOST: ReferenceField.HOST,
    DatabaseField.PORT: ReferenceField.PORT,
    DatabaseField.NAME: ReferenceField.NAME,
    DatabaseField.USERNAME: ReferenceField.USERNAME,
    DatabaseField.PASSWORD: ReferenceField.PASSWORD,
}


class DatabaseService(constructs.Construct):
    """A database beside the Services of an Environment; only they can reach it.

    dFlow makes up its password. Services get it through references, which dFlow fills in on the node, so no secret
    passes through this program.

    Args:
        environment: where it runs.
        id: its name within the Environment, at most 10 characters; in dFlow it is `<environment>-<id>`.
        engine: the engine; it cannot be changed later.
        name: the name to use in dFlow instead of the id.
        description: a note that dFlow shows.
        hard_delete: remove the Service for good on destroy; unless set, dFlow keeps it in its trash.
    """

    def __init__(
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        engine: Engine,
        name: str | None = None,
        description: str | None = None,
        hard_delete: bool = False,
    ) -> None:
        if not isinstance(environment, Environment):
            raise ConfigurationError(
                environment, f"the Service {id!r} belongs into an Environment; pass one as its first argument"
            )
        super().__init__(environment, id)
        self.environment = environment
        self.name = service_name(self, environment.name, id, name)
        self._engine = engine
        environment.stack.names.claim_service(self.name, self)
        self._resource = DatabaseServiceResource(
            self,
            "Default",
            environment_id=environment.environment_id,
            name=self.name,
            description=description,
            engine=engine.value,
            hard_delete=hard_delete or None,
        )
        environment.add_database(self)

    @property
    def engine(self) -> Engine:
        """The engine, which decides the default variable and the form of the URL."""
        return self._engine

    def reference(self, field: ReferenceField) -> str:
        """Return a reference to a fact about the database, for a variable of a Service of the same Environment."""
        return str(Reference(self.name, f"{self._engine.reference_prefix}_{field.value}"))

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if this database has none."""
        asked = _REFERENCES.get(field)
        # Of a Redis, dFlow's parser always finds the one empty and usually the other.
        if asked is None or (self._engine is Engine.REDIS and asked in {ReferenceField.NAME, ReferenceField.USERNAME}):
            return None
        return VariableValue.of(self.reference(asked))

    def open_to(self, environment: Environment) -> str:
        """Return the address of the database itself: inside its Environment nobody has to be let in.

        Raises:
            ConfigurationError: the Environment is another one, from which nothing leads here.
        """
        if environment is not self.environment:
            raise ConfigurationError(
                environment,
                f"{self.node.path} runs in {self.environment.node.path} and can be reached from there only; "
                f"build a DatabaseService in {environment.node.path}, or use an ExternalDatabase for both",
            )
        return address_of(self._resource)

    def admitted(self, environment: Environment) -> tuple[str, ...]:  # noqa: ARG002 - as `Database` has it
        """Return nothing: no allowlist stands between a database and its own Environment."""
        return ()
