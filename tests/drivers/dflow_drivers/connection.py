"""A service's connection to a stand-in: the variables that `connect_to` would set, and what a driver made of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import quote

from dflow_drivers.authorities import HOST
from dflow_drivers.outcome import Outcome, Server
from dflow_drivers.stand_in import Account, StandIn

from dflow_constructs import CertificateAuthority, DflowStack, ExternalDatabase, Manual, Secret, Tls, TlsMode
from dflow_constructs.variable_value import Encoding

if TYPE_CHECKING:
    import ssl

    from dflow_drivers.authorities import Authority
    from dflow_drivers.client import Client
    from dflow_drivers.stand_in import Login, Speaks

    from dflow_constructs import DatabaseVariables, Engine, ExternalEngine
    from dflow_constructs.variable_value import SecretPiece

ACCOUNT = Account(user="sh@p:/?#[]%&+ ü", password="p@ss:/?#[]%&+ ü")
_NUMBERS = itertools.count()


@dataclass(frozen=True)
class Authorities:
    """Whom services trust by name, whom their system trusts, and whom nobody trusts."""

    named: Authority
    system: Authority
    stranger: Authority

    def side(self, server: Server, trust: Trust | None) -> ssl.SSLContext | None:
        """Return what a server shows to a client that trusts in some way."""
        trusted = self.system if trust is Trust.SYSTEM else self.named
        sides = {
            Server.RIGHT: trusted.for_host,
            Server.ANOTHER_HOST: trusted.for_another_host,
            Server.ANOTHER_AUTHORITY: self.stranger.for_host,
            Server.SYSTEM_AUTHORITY: self.system.for_another_host,
        }
        return sides.get(server)


class Trust(Enum):
    """How the authority is found that a client has to trust."""

    NAMED = "a file that the service's variables name"
    SYSTEM = "those that the system trusts"


@dataclass(frozen=True)
class Reader:
    """A driver, and what is written for it.

    Attributes:
        program: the program in `clients/` that uses it.
        engine: the engine.
        speaks: the beginning of the engine's protocol.
        variables: which variables its service gets.
        database: the database, with every character that its names can have.
        trusts: how it can be told which authority to trust.
        modes: which protections it can be asked for.
    """

    program: str
    engine: Engine | ExternalEngine
    speaks: Speaks
    variables: DatabaseVariables
    database: str = "o/r?d#e r&s+ü%:@"
    trusts: tuple[Trust, ...] = (Trust.NAMED, Trust.SYSTEM)
    modes: tuple[TlsMode, ...] = tuple(TlsMode)

    def __str__(self) -> str:
        """Return what a test calls it."""
        (first, *_) = self.variables.names
        return f"{self.program.partition('.')[0]} {self.engine.value} {first.value}"


@dataclass(frozen=True)
class Service:
    """A service with a driver, whose stack is written with the library."""

    stack: DflowStack
    client: Client
    reader: Reader
    authorities: Authorities

    def meets(self, server: Server, mode: TlsMode, trust: Trust | None = None) -> Outcome:
        """Connect to a server, and return what it saw."""
        logins, said = self.logins(server, mode, trust)
        if not logins:
            assert said is not None, "the driver says that it has logged in"
            return Outcome.REFUSED
        assert said is None, said
        return Outcome.ENCRYPTED if all(login.encrypted for login in logins) else Outcome.CLEAR

    def logins(self, server: Server, mode: TlsMode, trust: Trust | None = None) -> tuple[list[Login], str | None]:
        """Connect to a server; return the logins it saw, and what the driver said if it failed."""
        side = self.authorities.side(server, trust)
        with StandIn(self.reader.speaks, side, ACCOUNT) as stand_in:
            said = self.client.tries(self.variables(stand_in.port, mode, trust))
            return stand_in.logins(), said

    def variables(self, port: int, mode: TlsMode, trust: Trust | None) -> dict[str, str]:
        """Return what `connect_to` sets for the service, secrets filled in as Terraform does."""
        authority = {
            Trust.NAMED: CertificateAuthority.in_file(str(self.authorities.named.file)),
            Trust.SYSTEM: CertificateAuthority.of_system(),
        }
        database = ExternalDatabase(
            self.stack,
            f"d{next(_NUMBERS)}",
            engine=self.reader.engine,
            host=HOST,
            port=port,
            username=ACCOUNT.user,
            password=Secret.from_environment("PASSWORD"),
            database=self.reader.database,
            tls=Tls(mode, "a test" if mode is TlsMode.DISABLED else None, authority[trust] if trust else None),
            allowlist=Manual("Nobody asks."),
        )
        values = self.reader.variables.values(database)
        return {name: value.rendered(_as_terraform_does) for name, value in values.items()}


def _as_terraform_does(piece: SecretPiece) -> str:
    return quote(ACCOUNT.password, safe="") if piece.encoding is Encoding.PERCENT else ACCOUNT.password
