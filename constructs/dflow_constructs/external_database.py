"""A database that runs somewhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import constructs

from dflow_cdk import cdk
from dflow_constructs.allowlist import Access
from dflow_constructs.allowlist_door import AllowlistDoor
from dflow_constructs.database import DatabaseField
from dflow_constructs.database_url import connection_url, default_port, modes_of, tls_word
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.engine import CustomEngine, Engine, ExternalEngine
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.inline_list import AllowedAddresses, InlineList
from dflow_constructs.port import check_port
from dflow_constructs.secret import Secret
from dflow_constructs.tls import Tls
from dflow_constructs.tokens import has_token, is_token
from dflow_constructs.url_form import form_of
from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from dflow_constructs.allowlist import Allowlist
    from dflow_constructs.database import Database
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.environment import Environment

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")


class ExternalDatabase(constructs.Construct):
    """A database outside dFlow, whose firewall has to let the Worker Nodes in.

    Args:
        scope: a `DflowStack`, or a construct in one.
        id: its name in the program; the owner mark of its allowlist entries ends with it.
        engine: the engine: an `Engine`, an `ExternalEngine`, or `Engine.custom(…)`.
        host: the host name services connect to.
        password: the password of `username`.
        allowlist: where the firewall entries are kept.
        username: the user services connect as; only Redis and Valkey can do without.
        database: the database on the server, or a number for Redis.
        port: the port; the engine's own unless given.
        tls: how connections are protected; the certificate and its host name are checked unless it says otherwise.
    """

    def __init__(  # noqa: PLR0913 - a database has these facts
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        engine: AnyEngine,
        host: str,
        password: Secret,
        allowlist: Allowlist,
        username: str | None = None,
        database: str | None = None,
        port: int | None = None,
        tls: Tls = Tls.VERIFY_FULL,
    ) -> None:
        super().__init__(scope, id)
        self.stack = DflowStack.around(self, scope)
        if not isinstance(engine, Engine | ExternalEngine | CustomEngine):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                f"engine is {engine!r}; pass an Engine such as Engine.POSTGRES, an ExternalEngine such as "
                'ExternalEngine.COCKROACHDB, or describe it, Engine.custom("oracle", …)',
            )
        self._engine = engine
        self._host = host
        self._port_given = port is not None
        self._port = default_port(engine, tls.mode) if port is None else port
        self._username = username
        self._password = password
        self._database = database
        self._tls = tls
        self._allowlist = allowlist
        self._doors: dict[DflowStack, AllowlistDoor] = {}
        self._check()
        allowlist.check(self)
        self.stack.add_external_database(self)

    @property
    def engine(self) -> AnyEngine:
        """The engine, which decides the default variable and the form of the URL."""
        return self._engine

    @property
    def host(self) -> str:
        """The host name services connect to."""
        return self._host

    @property
    def port(self) -> int:
        """The port services connect to, and the one that is opened."""
        return self._port

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if this database has none."""
        match field:
            case DatabaseField.URL:
                return self._url()
            case DatabaseField.PASSWORD:
                return VariableValue.of(self._password)
        facts = {
            DatabaseField.HOST: self._host,
            DatabaseField.PORT: self._port_text if form_of(self._engine).has_port else None,
            DatabaseField.NAME: self._database,
            DatabaseField.USERNAME: self._username,
            DatabaseField.TLS: tls_word(self._engine, self._tls.mode),
        }
        fact = facts[field]
        return None if fact is None else VariableValue.of(fact)

    def seen_from(self, environment: Environment) -> Database:  # noqa: ARG002 - as `Database` has it
        """Return itself: from every Environment it looks the same."""
        return self

    def open_to(self, environment: Environment) -> str | None:
        """Let the nodes of an Environment in; return the address of the entries, which must exist first.

        Nothing is returned where somebody adds them by hand.
        """
        door = self._door(environment.stack)
        door.admit(environment)
        return door.address

    def admitted(self, environment: Environment) -> tuple[str, ...]:
        """Return the keys of the allowlist entries through which the Environment gets in."""
        if environment.stack not in self._doors:
            return ()
        taken = (key for key, address in environment.declared.items() if self._allowlist.takes(address))
        return tuple(sorted({*environment.nodes, *taken}))

    @property
    def allowed_addresses(self) -> AllowedAddresses:
        """The addresses to let in, as Terraform expressions, for a list that the program writes itself.

        Raises:
            ConfigurationError: the allowlist is not an `InlineList`.
        """
        entries = self._door(self.stack).entries if isinstance(self._allowlist, InlineList) else None
        if not isinstance(entries, AllowedAddresses):
            raise ConfigurationError(
                self,
                "allowed_addresses are for a list that the program writes itself, and "
                f"{type(self._allowlist).__name__} is written here; pass allowlist=InlineList(instance)",
            )
        return entries

    @property
    def allowlist_address(self) -> str | None:
        """The address of what holds the entries, `snowflake_network_rule.orders_Allowlist_4E4CF0B7`.

        For a vendor whose list lets in nobody before something of the program's names it; nothing where a person keeps
        the list.
        """
        return self._door(self.stack).address

    def _url(self) -> VariableValue:
        return connection_url(
            self._engine,
            self._tls.mode,
            username=self._username,
            password=self._password,
            host=self._host,
            port=self._port_text,
            database=self._database,
        )

    @property
    def _port_text(self) -> str:
        return cdk.Token.as_string(self._port) if is_token(self._port) else str(self._port)

    def _door(self, stack: DflowStack) -> AllowlistDoor:
        if stack not in self._doors:
            path = stack.node.path
            own = stack is self.stack
            inner = self.node.path.removeprefix(f"{path}/") if own else self.node.path
            entries = self._allowlist.entries(
                self if own else stack,
                "Allowlist" if own else f"allowlist-{inner}",
                Access(where=self, owner=f"{path}/{inner}", database=self.node.id, port=self._port),
            )
            self._doors[stack] = AllowlistDoor(self, stack, entries)
        return self._doors[stack]

    def _check(self) -> None:
        if not isinstance(self._password, Secret):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                "password is not a Secret, and would be readable in the program, its output and the state; "
                'put it in an environment variable and pass password=Secret.from_environment("ORDERS_PASSWORD")',
            )
        if not has_token(self._host) and not _HOST.fullmatch(self._host):
            raise ConfigurationError(
                self,
                f"host {self._host!r} is no host name; leave out the scheme, the port and the path, "
                'host="orders.abc.eu-central-1.rds.amazonaws.com"',
            )
        check_port(self, self._port)
        if self._port_given and not form_of(self._engine).has_port:
            raise ConfigurationError(
                self,
                f"port {self._port} is given, and a {self._engine.value} URL has none; leave it out",
            )
        if self._username is None and form_of(self._engine).needs_user:
            raise ConfigurationError(
                self, f'a {self._engine.value} database asks for a user and none is given; add username="shop"'
            )
        if self._tls.mode not in modes_of(self._engine):
            allowed = ", ".join(mode.name for mode in modes_of(self._engine))
            raise ConfigurationError(
                self,
                f"tls is {self._tls.mode.name}, which no {self._engine.value} URL can ask for ({allowed} can be); "
                "use Tls.VERIFY_FULL, which clients of the engine do by themselves",
            )
