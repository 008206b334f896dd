"""A Terraform stack that talks to one dFlow tenant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import constructs
import jsii

from dflow_bindings import DflowProvider
from dflow_cdk import cdk
from dflow_cdk.generic import GenericProvider
from dflow_constructs.accepted_risks import AcceptedRisks
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.owner_description import owner_description
from dflow_constructs.tenant_names import add_stack, tenant_names
from dflow_constructs.tokens import has_token
from dflow_constructs.variable_value import SecretPiece, in_encoding
from dflow_constructs.worker_node import WorkerNode

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_constructs.connection import Connection
    from dflow_constructs.environment import Environment
    from dflow_constructs.external_database import ExternalDatabase
    from dflow_constructs.secret import Secret
    from dflow_constructs.secret_origin import SecretOrigin
    from dflow_constructs.state import State
    from dflow_vendors.official import OfficialProvider


_ATTRIBUTE = re.compile(r"\$\{((?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_.]+)\}")


class DflowStack(cdk.TerraformStack):
    """A stack with the dFlow provider in it; Environments and databases are built inside.

    Args:
        scope: the app, or a construct in it.
        id: the stack's name, which the commands of cdktf take and the owner marks of allowlist entries begin with.
        endpoint: the address of the control plane, `https://dflow.example.com`; unless given, Terraform reads
            DFLOW_ENDPOINT.
        tenant: the slug of the tenant; unless given, Terraform reads DFLOW_TENANT.
        ca_file: a file of certificates to trust instead of the system's; unless given, Terraform reads DFLOW_CA_FILE.
        state: where the state is kept; in a file of the working directory unless given, or unless one of the CDK's
            backends is added to the stack.
        description: what dFlow shows beside each Environment and Service of the stack that has no description of its
            own. Unless given, that is who keeps it and where: `Kept by Terraform: stack shop, construct
            shop/production/web`; empty text is for nothing.

    The API key is read from DFLOW_API_KEY when Terraform runs and never stands in the program.
    """

    def __init__(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        endpoint: str | None = None,
        tenant: str | None = None,
        ca_file: str | None = None,
        state: State | None = None,
        description: str | None = None,
    ) -> None:
        super().__init__(scope, id)
        self._path: str = self.node.path
        root = cast("constructs.Construct", self.node.root)
        self.names = tenant_names(root, endpoint or "", tenant or "")
        self._program = add_stack(root, self)
        self._environments: list[Environment] = []
        self._environment_names: dict[str, Environment] = {}
        self._external_databases: list[ExternalDatabase] = []
        self._reached: dict[ExternalDatabase, None] = {}
        self._worker_nodes: dict[str, WorkerNode] = {}
        self._secrets: dict[SecretOrigin, str] = {}
        self._shared: dict[object, str] = {}
        self.accepted_risks = AcceptedRisks(self)
        self._description = description
        self._official_providers: dict[str, GenericProvider] = {}
        if state is not None:
            state.keep(self, self._path.replace("/", "-"))
        if endpoint is not None and not has_token(endpoint) and "@" in endpoint:
            raise ConfigurationError(
                self,
                "endpoint holds a user name or password, which would stand in the output; leave them out, the API key "
                "is read from DFLOW_API_KEY when Terraform runs",
            )
        DflowProvider(self, "dflow", endpoint=endpoint, tenant=tenant, ca_file=ca_file)
        self.node.add_validation(_Validation(self))

    @staticmethod
    def around(construct: constructs.Construct, scope: constructs.Construct) -> DflowStack:
        """Return the dFlow stack that a construct is built in, directly in `scope`.

        Raises:
            ConfigurationError: it is in none.
        """
        if isinstance(scope, DflowStack):
            return scope
        for outer in reversed(scope.node.scopes):
            if isinstance(outer, DflowStack):
                return outer
        raise ConfigurationError(
            construct, 'there is no DflowStack around it; create one, DflowStack(app, "shop"), and build inside'
        )

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Who reaches which database, in the order of the program."""
        return tuple(
            connection
            for environment in self._environments
            for service in environment.services
            for connection in service.connections
        )

    @property
    def environments(self) -> tuple[Environment, ...]:
        """The Environments of the stack, in the order of the program."""
        return tuple(self._environments)

    @property
    def external_databases(self) -> tuple[ExternalDatabase, ...]:
        """The external databases of the stack, in the order of the program."""
        return tuple(self._external_databases)

    @property
    def reached_databases(self) -> tuple[ExternalDatabase, ...]:
        """The external databases that Services of the stack connect to, whichever stack describes them."""
        return tuple(self._reached)

    def add_reached(self, database: ExternalDatabase) -> None:
        """Take note of a database that the stack opens; the first connection does this."""
        self._reached[database] = None

    def offer(self, *values: str) -> None:
        """Keep values of this stack readable for others, whether those are built along with it or not.

        A value that another stack uses becomes an output by itself; but only as long as that stack is built in the same
        run, and an output that is gone fails the other's next plan.

        Args:
            values: attributes of resources, such as `account.account_id`.

        Raises:
            ConfigurationError: a value is none that Terraform learns from one resource of this stack.
        """
        for value in values:
            expression = cdk.Tokenization.resolve(
                value, preparing=False, resolver=cdk.DefaultTokenResolver(cdk.StringConcat()), scope=self
            )
            found = _ATTRIBUTE.fullmatch(expression)
            if found is None:
                raise ConfigurationError(
                    self,
                    f"offer({expression!r}): only an attribute of one resource can be offered, such as "
                    "account.account_id; text needs no offering",
                )
            self.register_outgoing_cross_stack_reference(found[1])

    def check_reads(self, construct: constructs.Construct, other: DflowStack) -> None:
        """Refuse what a stack of another program describes, whose resources this one could not read.

        Args:
            construct: what is described there.
            other: the stack it is in.
        """
        if other._program is not self._program:
            raise ConfigurationError(
                self,
                f"{construct.node.path} belongs to another App, whose resources no stack of this one can read; build "
                "both in one App",
            )

    def description_of(self, construct: constructs.IConstruct, own: str | None) -> str | None:
        """Return what dFlow shows beside an Environment or Service, if anything.

        Args:
            construct: the Environment or Service.
            own: its own description, which comes before the stack's, and that before the owner's.
        """
        text = self._description if own is None else own
        # Without one instead of an empty one: null clears what dFlow has, and is read back as null.
        return owner_description(self._path, construct) if text is None else text or None

    def add_environment(self, environment: Environment) -> None:
        """Take note of an Environment; its constructor does this."""
        self._environments.append(environment)

    def claim_lookup(self, name: str, environment: Environment) -> None:
        """Take note that an Environment is built or looked up here, which is done once.

        Raises:
            ConfigurationError: the stack has it already.
        """
        holder = self._environment_names.setdefault(name, environment)
        if holder is not environment:
            raise ConfigurationError(
                environment,
                f"{name!r} is {holder.node.path} in this stack already; build in that one, or name another",
            )

    def add_external_database(self, database: ExternalDatabase) -> None:
        """Take note of an external database; its constructor does this."""
        self._external_databases.append(database)

    def worker_node(self, name: str) -> WorkerNode:
        """Return the Worker Node of that name, looked up once however many Environments use it."""
        if name not in self._worker_nodes:
            self._worker_nodes[name] = WorkerNode.named(self, name)
        return self._worker_nodes[name]

    def official_provider(self, provider: OfficialProvider) -> None:
        """Have a vendor's own provider at hand, configured from Terraform's environment.

        A default configuration of the program's own takes its place.
        """
        if provider.name not in self._official_providers:
            self._official_providers[provider.name] = GenericProvider(
                self,
                f"official-{provider.name}",
                name=provider.name,
                source=provider.source,
                versions=provider.versions,
                arguments={block: [{}] for block in provider.needs},
            )
        self._official_providers[provider.name].narrow(provider.versions)

    def shared(self, what: object, build: Callable[[DflowStack], str]) -> str:
        """Return the address of what the stack needs once, built when it is asked for first."""
        if what not in self._shared:
            self._shared[what] = build(self)
        return self._shared[what]

    def secret_expression(self, secret: Secret) -> str:
        """Return the Terraform expression for a secret's value; one block reads each secret."""
        if secret.origin not in self._secrets:
            self._secrets[secret.origin] = secret.origin.expression(self)
        return self._secrets[secret.origin]

    def reveal(self, piece: SecretPiece) -> str:
        """Return the text that stands for a secret while Terraform runs."""
        return f"${{{in_encoding(self.secret_expression(piece.secret), piece.encoding)}}}"

    def problems(self) -> list[str]:
        """Return what can only be told once the whole program is written, each with its construct path."""
        from dflow_constructs.policy import policy_problems  # noqa: PLC0415 - policies know stacks

        own = (problem for environment in self._environments for problem in environment.problems())
        return [str(problem) for problem in (*own, *policy_problems(self))]


@jsii.implements(constructs.IValidation)
class _Validation:
    """Asks a stack for its problems when the CDK synthesizes it."""

    def __init__(self, stack: DflowStack) -> None:
        self._stack = stack

    def validate(self) -> list[str]:
        return self._stack.problems()
