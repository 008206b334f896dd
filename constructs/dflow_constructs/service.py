"""What App Services and Docker Services have in common: variables and connections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import constructs

from dflow_constructs.connection import Connection
from dflow_constructs.database_variables import DatabaseVariables
from dflow_constructs.environment import Environment
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.names import existing_name, service_name
from dflow_constructs.reference import PUBLIC_DOMAIN, references
from dflow_constructs.reference_check import link_problem, reference_problem
from dflow_constructs.service_variables import FromDatabase, OwnVariables, ServiceVariables
from dflow_constructs.set_in_dashboard import SetInDashboard
from dflow_constructs.typed_references import ServiceReferences
from dflow_constructs.variable import value_of
from dflow_constructs.variable_check import total_size_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dflow_constructs.database import Database
    from dflow_constructs.reference import Reference
    from dflow_constructs.variable import Variable
    from dflow_constructs.variable_value import VariableValue


@dataclass
class _Uses:
    database: Database
    names: list[str] = field(default_factory=list)


class Service(SetInDashboard, constructs.Construct):
    """A Service that runs code; build an `AppService` or a `DockerService`."""

    def __init__(
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        name: str | None,
        full_name: str | None = None,
    ) -> None:
        if not isinstance(environment, Environment):
            raise ConfigurationError(
                environment, f"the Service {id!r} belongs into an Environment; pass one as its first argument"
            )
        super().__init__(environment, id)
        self.environment = environment
        if full_name is None:
            self.name = service_name(self, environment.name, id, name)
            environment.stack.names.claim_service(self.name, self)
        else:
            self.name = existing_name(self, "a Service", full_name)
            environment.stack.names.claim_existing(self.name, self)
        environment.stack.names.add_service(self)
        self._variables = ServiceVariables(self)
        self._connected: dict[str, _Uses] = {}
        self._takes_defaults = False
        environment.add_service(self)

    @property
    def service_id(self) -> str:
        """The Service's id in dFlow, known once Terraform has created it."""
        raise NotImplementedError

    @property
    def public_domain(self) -> str:
        """A reference to the Service's domain, for a variable of another Service of its Environment."""
        return f"{{{{ {self.name}.{PUBLIC_DOMAIN} }}}}"

    @property
    def ref(self) -> ServiceReferences:
        """References to what the Service has, for variables of other Services of its Environment."""
        return ServiceReferences(self)

    @property
    def variables(self) -> dict[str, VariableValue]:
        """The variables that the program gives the Service, by name; a copy."""
        return self._variables.values

    @property
    def connections(self) -> tuple[Connection, ...]:
        """The databases the Service uses, in the order of the program."""
        return tuple(
            Connection(self.node.path, path, tuple(uses.names), uses.database.admitted(self.environment))
            for path, uses in self._connected.items()
        )

    def add_variable(self, key: str, value: Variable) -> None:
        """Give the Service a variable.

        Raises:
            ConfigurationError: the name is taken, or the value would not reach the Service as it is written.
        """
        self.add_variables({key: value})

    def add_variables(self, variables: Mapping[str, Variable]) -> None:
        """Give the Service variables, all of them or, if one is refused, none."""
        values = {key: value_of(self, key, value) for key, value in variables.items()}
        self._variables.check(values, OwnVariables())
        self._variables.add(values, OwnVariables())

    def add_defaults(self, variables: Mapping[str, Variable]) -> None:
        """Give the Service what every Service of its Environment has, but for what it has already.

        The Environment does this, for Services that exist without this stack it does not.
        """
        if self._takes_defaults:
            self._variables.add_defaults({key: value_of(self, key, value) for key, value in variables.items()})

    def _begin_with(self, variables: Mapping[str, Variable] | None) -> None:
        """Give a Service that this stack makes its first variables; the end of its constructor does this."""
        self._takes_defaults = True
        self.add_variables(variables or {})
        self.add_defaults(self.environment.variables)

    def connect_to(
        self, database: Database, *, variable: str | None = None, variables: DatabaseVariables | None = None
    ) -> None:
        """Give the Service a database: its variables, and the way there.

        The nodes of the Environment are let in first, those added later included; then the variables are set. Doing it
        twice changes nothing.

        Args:
            database: a `DatabaseService` of the same Environment, or an exposed one of another, or an
                `ExternalDatabase`.
            variable: the variable for the connection URL; unless given, `DATABASE_URL`, or `REDIS_URL`, `MONGODB_URI`
                and `CLICKHOUSE_URL` for those engines.
            variables: the variables to set instead of one with the URL.

        Raises:
            ConfigurationError: a variable is already taken, or the database cannot be reached from the Environment.
        """
        if variable is not None and variables is not None:
            raise ConfigurationError(
                self,
                f"connect_to({database.node.path}) got variable= and variables=; "
                "pass one, or call it once for each to have both",
            )
        self._check_database(database)
        name = database.engine.default_variable if variable is None else variable
        choice = variables or DatabaseVariables.url(name)
        values = choice.values(database.seen_from(self.environment))
        origin = FromDatabase(database)
        self._variables.check(values, origin)
        self._variables.add(values, origin, after=database.open_to(self.environment, tuple(choice.names)))
        uses = self._connected.setdefault(database.node.path, _Uses(database))
        uses.names.extend(name for name in values if name not in uses.names)

    def _check_database(self, database: Database) -> None:
        if not hasattr(database, "seen_from"):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                f"connect_to got a {type(database).__name__}, which is no database; pass an ExternalDatabase, one of "
                "its replicas or its pooler, or a DatabaseService",
            )

    def problems(self) -> Iterator[ConfigurationError]:
        """Find what can only be told once the whole program is written."""
        values = self._variables.values
        linked: dict[str, None] = {}
        for key, value in values.items():
            for reference in (each for text in value.texts for each in references(text)):
                problem = None if value.is_raw else self._problem_of(key, reference)
                if problem is not None:
                    yield ConfigurationError(self, f"variable {key!r} holds {reference}: {problem}")
                link = link_problem(self.environment, reference, values)
                if link is not None:
                    linked[link] = None
        for problem in (*linked, total_size_problem(values)):
            if problem is not None:
                yield ConfigurationError(self, problem)
        for other in self.environment.stack.names.others_of(self):
            for key, theirs in other.variables.items():
                if key in values and not values[key].may_be(theirs):
                    yield ConfigurationError(
                        self,
                        f"variable {key!r} has another value from {other.node.path}, which is {self.name!r} in dFlow "
                        "too, so that each apply would undo the other's; set it in one place",
                    )

    def _problem_of(self, key: str, reference: Reference) -> str | None:
        if (reference.service, reference.variable) == (self.name, key):
            return "a variable that refers to itself gets no value; write one, or refer to another variable"
        return reference_problem(self.environment, reference)
