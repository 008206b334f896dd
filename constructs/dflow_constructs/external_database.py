"""A database that runs somewhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import constructs

from dflow_constructs.allowlist import Access
from dflow_constructs.allowlist_door import AllowlistDoor
from dflow_constructs.allowlist_port import opens_one_port
from dflow_constructs.database import DatabaseField
from dflow_constructs.database_endpoint import DatabaseEndpoint
from dflow_constructs.database_url import default_port, modes_of
from dflow_constructs.delivered_authority import VouchedDatabase
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.door import Door
from dflow_constructs.engine import CustomEngine, Engine, ExternalEngine
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.inline_list import AllowedAddresses, InlineList
from dflow_constructs.login import Endpoint, Login, Places
from dflow_constructs.no_allowlist import NoAllowlist
from dflow_constructs.port import check_port
from dflow_constructs.secret import Secret
from dflow_constructs.tls import Tls
from dflow_constructs.tokens import has_token
from dflow_constructs.url_form import form_of
from dflow_constructs.vendor_tls import check_vendor_tls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from dflow_constructs.allowlist import Allowlist
    from dflow_constructs.database import Database
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.environment import Environment
    from dflow_constructs.variable_value import VariableValue

_MAIN = ""
_POOLER = "pooler"
_REPLICA = "replica-"
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
            `Tls.VERIFY_FULL.trusting(…)` says which authority has to have signed it.
        pooler: where a pooler stands before it.
        replicas: read replicas, by names of your choice.
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
        pooler: Endpoint | None = None,
        replicas: Mapping[str, Endpoint] | None = None,
    ) -> None:
        super().__init__(scope, id)
        self.stack = DflowStack.around(self, scope)
        if not isinstance(engine, Engine | ExternalEngine | CustomEngine):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                f"engine is {engine!r}; pass an Engine such as Engine.POSTGRES, an ExternalEngine such as "
                'ExternalEngine.COCKROACHDB, or describe it, Engine.custom("oracle", …)',
            )
        if not isinstance(tls, Tls):
            raise ConfigurationError(  # a program without a type checker gets here
                self, f'tls is {tls!r}; choose Tls.VERIFY_FULL, VERIFY_CA, REQUIRE or DISABLED(reason="…")'
            )
        self._engine = engine
        self._host = host
        self._port_given = port is not None
        self._port = default_port(engine, tls.mode) if port is None else port
        self._username = username
        self._password = password
        self._tls = tls
        self._allowlist = allowlist
        self._places = {_MAIN: Endpoint(host, self._port)}
        if pooler is not None:
            self._places[_POOLER] = pooler
        self._places |= {f"{_REPLICA}{name}": replica for name, replica in (replicas or {}).items()}
        self._check_places()
        self._doors: dict[tuple[DflowStack, str], AllowlistDoor] = {}
        self._check()
        self._check_text(username=username, database=database)
        for place, endpoint in self._places.items():
            self._check_host(endpoint.host)
            if place != _MAIN and endpoint.port is not None:
                self._check_further_port(endpoint.port)
            if endpoint.allowlist is not None:
                endpoint.allowlist.check(self)
        allowlist.check(self)
        for each in self.allowlists:
            check_vendor_tls(self, engine, tls, each, host)
        hosts = tuple(place.host for place in self._places.values())
        authority = VouchedDatabase(self, self.stack, tls, self.allowlists, hosts).authority()
        self._login = Login(self, engine, tls.mode, username, password, database, authority)
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

    @property
    def tls(self) -> Tls:
        """How connections are protected."""
        return self._tls

    @property
    def allowlists(self) -> tuple[Allowlist, ...]:
        """Where the firewall entries of the database, its pooler and its replicas are kept."""
        further = (place.allowlist for place in self._places.values() if place.allowlist is not None)
        return (self._allowlist, *further)

    @property
    def places(self) -> tuple[str, ...]:
        """Its places: the empty text for the database itself, `pooler`, `replica-<name>`."""
        return tuple(self._places)

    @property
    def pooler(self) -> DatabaseEndpoint:
        """The pooler, for `connect_to`.

        Raises:
            ConfigurationError: there is none.
        """
        if _POOLER not in self._places:
            raise ConfigurationError(
                self, 'it has no pooler; name one, pooler=Endpoint("pooler.example.com", port=6543)'
            )
        return DatabaseEndpoint(self, _POOLER)

    def replica(self, name: str) -> DatabaseEndpoint:
        """Return a read replica, for `connect_to`.

        Raises:
            ConfigurationError: there is none of that name.
        """
        known = [place.removeprefix(_REPLICA) for place in self._places if place.startswith(_REPLICA)]
        if name not in known:
            raise ConfigurationError(
                self,
                f"it has no replica {name!r}, but {', '.join(known) or 'none at all'}; "
                f'name it, replicas={{{name!r}: Endpoint("replica.example.com")}}',
            )
        return DatabaseEndpoint(self, f"{_REPLICA}{name}")

    def value_of(self, field: DatabaseField) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if this database has none."""
        return self.value_at(_MAIN, field)

    def value_at(self, place: str, field: DatabaseField) -> VariableValue | None:
        """Return a fact about one of its places."""
        main = self._places[_MAIN]
        here = self._places[place]
        pooler = self._places.get(_POOLER, main) if place == _MAIN else here
        return self._login.value_of(field, Places(here, main, pooler))

    def seen_from(self, environment: Environment) -> Database:
        """Return itself: from every Environment of the program it looks the same."""
        environment.stack.check_reads(self, self.stack)
        return self

    def open_to(self, environment: Environment, fields: Collection[DatabaseField]) -> tuple[str, ...]:
        """Let the nodes of an Environment in; return the addresses of the entries, which must exist first.

        Nothing is returned where somebody adds them by hand.
        """
        return self.open_at(_MAIN, environment, fields)

    def open_at(self, place: str, environment: Environment, fields: Collection[DatabaseField]) -> tuple[str, ...]:
        """Let the nodes of an Environment in to one of its places, and to those that the fields lead to."""
        opened = []
        for name in dict.fromkeys(self._places_of(place, fields)):
            if isinstance(self._list_of(name)[1], NoAllowlist):
                continue
            door = self._door(environment.stack, name)
            door.admit(environment)
            if door.address is not None:
                opened.append(door.address)
        return tuple(opened)

    def admitted(self, environment: Environment) -> tuple[str, ...]:
        """Return the keys of the allowlist entries through which the Environment gets in."""
        lists = [self._list_of(place)[1] for stack, place in self._doors if stack is environment.stack]
        if not lists:
            return ()
        declared = environment.declared.items()
        taken = (key for key, address in declared if any(each.takes(address) for each in lists))
        return tuple(sorted({*environment.nodes, *taken}))

    @property
    def doors(self) -> tuple[Door, ...]:
        """What the stacks of the program open, one for each stack and each list that it adds to."""
        return tuple(
            door for stack in dict.fromkeys(stack for stack, _ in self._doors) for door in self.doors_of(stack)
        )

    def doors_of(self, stack: DflowStack) -> tuple[Door, ...]:
        """Return what a stack opens, one for each list that it adds to."""
        return tuple(
            Door(
                place=place,
                host=self._places[place].host,
                port=self._login.port_of(self._places[place]),
                address=door.address,
                admitted=door.addresses,
                environments=door.environments,
                facts=door.facts,
            )
            for (opener, place), door in self._doors.items()
            if opener is stack
        )

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

    def _places_of(self, place: str, fields: Collection[DatabaseField]) -> Iterator[str]:
        pooled = {DatabaseField.POOLED_URL, DatabaseField.PRISMA_URL}
        direct = {DatabaseField.PRISMA_DIRECT_URL}
        if place != _MAIN:
            yield place
        elif set(fields) - pooled or _POOLER not in self._places:
            yield _MAIN
        if direct & set(fields):
            yield _MAIN
        if place == _MAIN and pooled & set(fields) and _POOLER in self._places:
            yield _POOLER

    def _door(self, stack: DflowStack, place: str = _MAIN) -> AllowlistDoor:
        place, allowlist = self._list_of(place)
        if (stack, place) not in self._doors:
            path = stack.node.path
            own = stack is self.stack
            inner = self.node.path.removeprefix(f"{path}/") if own else self.node.path
            more = f"-{place}" if place else ""
            access = Access(
                where=self,
                owner=f"{path}/{inner}" + (f"/{place}" if place else ""),
                database=self.node.id,
                port=self._login.port_of(self._places[place]),
            )
            entries = allowlist.entries(
                self if own else stack, f"Allowlist{more}" if own else f"allowlist-{inner}{more}", access
            )
            stack.add_reached(self)
            self._doors[stack, place] = AllowlistDoor(self, allowlist, access, entries)
        return self._doors[stack, place]

    def _list_of(self, place: str) -> tuple[str, Allowlist]:
        endpoint = self._places[place]
        if endpoint.allowlist is not None:
            return place, endpoint.allowlist
        if place == _MAIN or self._login.port_of(endpoint) == self._port or not opens_one_port(self._allowlist):
            return _MAIN, self._allowlist
        return place, self._allowlist

    def _check(self) -> None:
        if not isinstance(self._password, Secret):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                "password is not a Secret, and would be readable in the program, its output and the state; "
                'put it in an environment variable and pass password=Secret.from_environment("ORDERS_PASSWORD")',
            )
        if not hasattr(self._allowlist, "check"):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                f"allowlist is {self._allowlist!r}, and nothing would let the Worker Nodes in; name the vendor's, "
                'allowlist=Neon(…), or who keeps it, allowlist=Manual("Ask #dba …"), or say that there is none, '
                'allowlist=NoAllowlist("reached through a tunnel on the node")',
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

    def _check_text(self, **given: str | None) -> None:
        for name, value in given.items():
            if value is not None and (type(value) is not str or not value):
                raise ConfigurationError(
                    self, f'{name} is {value!r}, and neither a text nor left out; write {name}="shop", or leave it out'
                )

        numbered = self._engine in {Engine.REDIS, ExternalEngine.VALKEY}
        database = given["database"]
        if numbered and database is not None and not has_token(database) and not re.fullmatch(r"[0-9]+", database):
            raise ConfigurationError(
                self,
                f"database is {database!r}, and those of {self._engine.value} are numbers; clients would take the "
                'first one, write database="1"',
            )

    def _check_places(self) -> None:
        for name, place in self._places.items():
            if not isinstance(place, Endpoint):  # a program without a type checker gets here
                raise ConfigurationError(
                    self, f'{name} is a {type(place).__name__}; write Endpoint("eu.example.com", port=6543)'
                )
            if name == _REPLICA:
                raise ConfigurationError(
                    self, f'a replica of {place.host} has no name; give it one, replicas={{"eu": Endpoint(…)}}'
                )

    def _check_host(self, host: str) -> None:
        if not isinstance(host, str):
            raise ConfigurationError(  # a program without a type checker gets here
                self, f'host is {host!r} and no text; write host="orders.abc.eu-central-1.rds.amazonaws.com"'
            )
        if not has_token(host) and not _HOST.fullmatch(host):
            raise ConfigurationError(
                self,
                f"host {host!r} is no host name; leave out the scheme, the port and the path, "
                'host="orders.abc.eu-central-1.rds.amazonaws.com"',
            )

    def _check_further_port(self, port: int) -> None:
        check_port(self, port)
        if not form_of(self._engine).has_port:
            raise ConfigurationError(
                self, f"Endpoint(port={port}) is given, and a {self._engine.value} URL has no port; leave it out"
            )
