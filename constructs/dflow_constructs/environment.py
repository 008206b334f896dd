"""An Environment of a dFlow Application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import constructs

from dflow_bindings import DataEnvironment
from dflow_bindings import Environment as EnvironmentResource
from dflow_cdk import element
from dflow_constructs.allowlist import AdmittedAddress
from dflow_constructs.application import Application
from dflow_constructs.attached import Attached
from dflow_constructs.cidr import allowlist_cidr
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.egress import Egress
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.expiry import expiry
from dflow_constructs.names import environment_name, existing_name
from dflow_constructs.variable_check import check_key
from dflow_constructs.worker_node import WorkerNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Self

    from dflow_constructs.database_service import DatabaseService
    from dflow_constructs.service import Service
    from dflow_constructs.variable import Variable


class Environment(constructs.Construct):
    """A place where Services of an Application run, on a Worker Node of yours.

    Args:
        scope: a `DflowStack`, or a construct in one.
        id: the Environment's name, such as `production`.
        application: the Application it belongs to, or its name.
        worker_nodes: the names of the Worker Nodes it runs on. The public control plane attaches exactly one; leave the
            argument out to name the node later with `add_worker_node`. `Attached()` takes an Environment that exists,
            on whatever node it is attached to when Terraform plans.
        name: the name in dFlow, at most 15 characters; `<application>-<id>` unless given.
        description: a note that dFlow shows; the stack's unless given, or who keeps it; empty text is for none.
        variables: what each App and Docker Service that the program builds in it has, unless the Service or one of its
            connections sets the name itself.
        egress: further addresses its services leave from, each under a name of your choice, as an address, a CIDR, or
            an `Egress` that says when it ends; under a node's own name it replaces the address that dFlow knows for the
            node.
        hard_delete: remove the Environment for good on destroy; unless set, dFlow keeps it in its trash.
    """

    def __init__(  # noqa: PLR0913 - an Environment has these settings
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        application: str | Application,
        worker_nodes: Sequence[str] | Attached | None = None,
        name: str | None = None,
        description: str | None = None,
        variables: Mapping[str, Variable] | None = None,
        egress: Mapping[str, str | Egress] | None = None,
        hard_delete: bool = False,
    ) -> None:
        super().__init__(scope, id)
        self.stack = DflowStack.around(self, scope)
        of = application if isinstance(application, Application) else None
        application = application.name if isinstance(application, Application) else application
        if isinstance(worker_nodes, Attached):
            self.name = existing_name(self, "an Environment", name) if name else environment_name(self, application, id)
            self.stack.claim_lookup(self.name, self)
        else:
            self.name = environment_name(self, application, id, name)
            self.stack.names.claim_environment(self.name, self)
            self.stack.claim_lookup(self.name, self)
        self.application = application
        self._worker_nodes: list[str] = []
        self._attached: WorkerNode | None = None
        self._declared: dict[str, AdmittedAddress] = {}
        self._inherited: dict[str, Variable] = dict(of.variables) if of is not None else {}
        self._variables: dict[str, Variable] = {}
        self._services: list[Service] = []
        self._databases: list[DatabaseService] = []
        self._listeners: list[Callable[[str | None], None]] = []
        self._resource: EnvironmentResource | DataEnvironment
        if isinstance(worker_nodes, Attached):
            self._resource = self._look_up(description=description, hard_delete=hard_delete)
        else:
            self._resource = EnvironmentResource(
                self,
                "Default",
                name=self.name,
                description=self.stack.description_of(self, description),
                worker_nodes=[],
                hard_delete=hard_delete or (of is not None and of.hard_delete) or None,
            )
            if worker_nodes is not None:
                self._take(worker_nodes)
        self.add_variables(variables or {})
        for key, given in {**(of.egress if of is not None else {}), **(egress or {})}.items():
            self.add_egress(key, given)
        self.stack.add_environment(self)
        if of is not None:
            of.add_environment(self)

    @classmethod
    def from_name(
        cls,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        name: str,
        *,
        application: str | Application = "",
        egress: Mapping[str, str | Egress] | None = None,
    ) -> Self:
        """Take an Environment that exists, made in the dashboard or by another stack, and leave it as it is.

        Services and databases are built in it as in any other, and it runs on whatever Worker Node it is attached to
        when Terraform plans.

        Args:
            scope: a `DflowStack`, or a construct in one.
            id: its name in the program.
            name: its name in dFlow.
            application: the Application it belongs to, for those who read the program.
            egress: further addresses its services leave from, as for an Environment of the program's own.
        """
        return cls(scope, id, application=application, name=name, worker_nodes=Attached(), egress=egress)

    @property
    def is_looked_up(self) -> bool:
        """Whether it exists without this stack."""
        return self._attached is not None

    def is_same_as(self, other: Environment) -> bool:
        """Say whether both are one Environment in dFlow, however each stack came by it."""
        return self is other or (self.stack.names is other.stack.names and self.name == other.name)

    @property
    def environment_id(self) -> str:
        """The Environment's id in dFlow, known once Terraform has created it."""
        return self._resource.id

    @property
    def worker_nodes(self) -> tuple[str, ...]:
        """The names of the Worker Nodes the Environment runs on; none where only Terraform finds out."""
        return tuple(self._worker_nodes)

    @property
    def nodes(self) -> dict[str, WorkerNode]:
        """The Worker Nodes by the keys of their allowlist entries, which do not depend on any address."""
        if self._attached is not None:
            return {self.name: self._attached}
        return {name: self.stack.worker_node(name) for name in self._worker_nodes}

    @property
    def egress(self) -> dict[str, str]:
        """The declared addresses as CIDRs, by name; a copy."""
        return {key: address.cidr for key, address in self._declared.items()}

    @property
    def declared(self) -> dict[str, AdmittedAddress]:
        """The declared addresses with what else is known of them, by name; a copy."""
        return dict(self._declared)

    def declared_as(self, key: str) -> AdmittedAddress:
        """Return one of the declared addresses."""
        return self._declared[key]

    @property
    def services(self) -> tuple[Service, ...]:
        """The App and Docker Services, in the order of the program."""
        return tuple(self._services)

    @property
    def databases(self) -> tuple[DatabaseService, ...]:
        """The Database Services, in the order of the program."""
        return tuple(self._databases)

    @property
    def variables(self) -> dict[str, Variable]:
        """What each Service that is built in it has, by name, those of its Application included; a copy."""
        return {**self._inherited, **self._variables}

    def add_variables(self, variables: Mapping[str, Variable]) -> None:
        """Give variables to each App and Docker Service, those built before and those built later.

        What a Service, or one of its connections, sets itself stays. Services taken with `from_name` get none.

        Raises:
            ConfigurationError: a name has another value in this Environment, or no variable can have it.
        """
        for key, value in variables.items():
            check_key(self, key)
            if key in self._variables and self._variables[key] != value:
                raise ConfigurationError(
                    self,
                    f"variable {key!r} already has another value for all Services of the Environment; set it once, or "
                    "where a single Service differs on that one",
                )
        self._variables.update(variables)
        for service in self._services:
            service.add_defaults(self.variables)

    def add_worker_node(self, name: str) -> None:
        """Run on a Worker Node; connections made before let it in as well."""
        self._take([*self._worker_nodes, name] if name not in self._worker_nodes else self._worker_nodes)

    def add_egress(self, key: str, address: str | Egress) -> None:
        """Declare an address that services leave from; connections made before let it in as well.

        Raises:
            ConfigurationError: the name is already used for another address, or no database could ever see this one.
        """
        given = address if isinstance(address, Egress) else Egress(address)
        if not key.strip():
            raise ConfigurationError(
                self, f'egress {given.address!r} has no name; give it one, egress={{"nat-a": "…"}}'
            )
        try:
            cidr = allowlist_cidr(given.address)
        except ValueError as problem:
            raise ConfigurationError(self, f"egress {key!r}: {problem}") from None
        known = self._declared.get(key)
        if known is not None and known.cidr != cidr:
            raise ConfigurationError(
                self,
                f"egress {key!r} is already {known.cidr!r} and cannot be {cidr!r} as well; give it a name of its own",
            )
        ends = None if given.expires_at is None else expiry(self, given.expires_at)
        self._declared[key] = AdmittedAddress(cidr, ends, given.optional)
        self._tell(key)

    def add_service(self, service: Service) -> None:
        """Take note of an App or Docker Service; its constructor does this."""
        self._services.append(service)

    def add_database(self, database: DatabaseService) -> None:
        """Take note of a Database Service; its constructor does this."""
        self._databases.append(database)

    def when_addresses_change(self, listener: Callable[[str | None], None]) -> None:
        """Call back with the name of each egress address that is added from now on, and with nothing for a node."""
        self._listeners.append(listener)

    def problems(self) -> Iterator[ConfigurationError]:
        """Find what can only be told once the whole program is written."""
        if not self.nodes:
            yield ConfigurationError(self, _NO_NODE)
        for service in self._services:
            yield from service.problems()

    def _look_up(self, *, description: str | None, hard_delete: bool) -> DataEnvironment:
        if description is not None or hard_delete:
            raise ConfigurationError(
                self,
                "worker_nodes=Attached() takes an Environment as it is, and description or hard_delete would change "
                "it; leave them out",
            )
        found = DataEnvironment(self, "Default", name=self.name)
        self._attached = WorkerNode.with_id(self, "WorkerNode", f"${{one({element.address(found)}.worker_nodes)}}")
        return found

    def _take(self, names: Sequence[str]) -> None:
        if isinstance(names, str):  # which type checkers take for a sequence
            raise ConfigurationError(
                self, f"worker_nodes={names!r} is one name and not a list; write worker_nodes=[{names!r}]"
            )
        if not isinstance(self._resource, EnvironmentResource):
            raise ConfigurationError(
                self,
                f"worker_nodes is Attached(), and {list(names)[-1]!r} would be another node; leave one of them out",
            )
        distinct = list(dict.fromkeys(names))
        if not distinct:
            raise ConfigurationError(self, f"worker_nodes=[]: {_NO_NODE}")
        if any(type(name) is not str or not name.strip() for name in distinct):
            raise ConfigurationError(self, 'a Worker Node has no name; write the one it has in dFlow, ["fra-1"]')
        if len(distinct) > 1:
            raise ConfigurationError(
                self,
                f"worker_nodes={distinct}: the public control plane attaches exactly one Worker Node to an "
                f"Environment; keep one and build an Environment of its own for each other node, and declare further "
                f'addresses its services leave from with egress={{"nat-a": "…"}}',
            )
        if distinct == self._worker_nodes:
            return
        self._worker_nodes = distinct
        self._resource.inputs["worker_nodes"] = [self.stack.worker_node(name).id for name in distinct]
        self._tell()

    def _tell(self, egress: str | None = None) -> None:
        for listener in self._listeners:
            listener(egress)


_NO_NODE = (
    "an Environment runs on a Worker Node and this one has none, so nothing could be deployed and nobody let in; "
    'name one, worker_nodes=["fra-1"]'
)
