"""The database engines dFlow runs, those that run elsewhere, and what their clients expect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.port import check_port

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.tls import TlsMode

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")


class Engine(Enum):
    """A database engine that dFlow runs too; the value is dFlow's word for it.

    What runs elsewhere only is an `ExternalEngine`, or made with `Engine.custom(…)`.
    """

    POSTGRES = "postgres"
    MYSQL = "mysql"
    MARIADB = "mariadb"
    MONGODB = "mongo"
    REDIS = "redis"
    CLICKHOUSE = "clickhouse"

    @property
    def reference_prefix(self) -> str:
        """What dFlow's reference variables of this engine begin with: `REDIS` in `{{ shop-cache.REDIS_URI }}`."""
        return self.value.upper()

    @property
    def default_variable(self) -> str:
        """The variable a service gets the connection URL in, unless it asks for another."""
        return _DEFAULT_VARIABLES.get(self, "DATABASE_URL")

    @staticmethod
    def custom(
        name: str, *, scheme: str, port: int, tls: Mapping[TlsMode, str], default_variable: str = "DATABASE_URL"
    ) -> CustomEngine:
        """Describe an engine that has no name here, for an `ExternalDatabase`.

        Args:
            name: what to call it.
            scheme: what its URLs begin with: `oracle`.
            port: the port it listens on unless a database says otherwise.
            tls: for every protection that its URLs can ask for, what they say behind the `?`:
                `{TlsMode.VERIFY_FULL: "ssl_server_dn_match=true"}`.
            default_variable: the variable a service gets the URL in, unless it asks for another.
        """
        return CustomEngine(name, scheme, port, tuple(tls.items()), default_variable)


class ExternalEngine(Enum):
    """A database engine that dFlow does not run; the value is its clients' word for it."""

    MONGODB_SRV = "mongodb+srv"
    """MongoDB that is found through DNS, as Atlas has it; without a port."""

    VALKEY = "valkey"
    COCKROACHDB = "cockroachdb"
    SQL_SERVER = "sqlserver"
    SNOWFLAKE = "snowflake"

    @property
    def default_variable(self) -> str:
        """The variable a service gets the connection URL in, unless it asks for another."""
        return _DEFAULT_VARIABLES.get(self, "DATABASE_URL")


@dataclass(frozen=True)
class CustomEngine:
    """An engine as the program describes it; use `Engine.custom(…)`."""

    name: str
    scheme: str
    port: int
    tls: tuple[tuple[TlsMode, str], ...]
    default_variable: str = "DATABASE_URL"

    def __post_init__(self) -> None:
        call = f"Engine.custom({self.name!r})"
        if not _SCHEME.fullmatch(self.scheme):
            raise ConfigurationError(
                call, f'scheme {self.scheme!r} is none; write what stands in front of ://, scheme="oracle"'
            )
        check_port(call, self.port)
        if not self.tls:
            raise ConfigurationError(
                call,
                "tls is empty, and nobody could connect; say what its URLs write for each protection, "
                'tls={TlsMode.VERIFY_FULL: "ssl_server_dn_match=true"}, or {TlsMode.DISABLED: ""} if it has none',
            )

    @property
    def value(self) -> str:
        """The name, as the other engines have it."""
        return self.name


AnyEngine: TypeAlias = Engine | ExternalEngine | CustomEngine
"""What an external database can be."""

_DEFAULT_VARIABLES: Mapping[Engine | ExternalEngine, str] = {
    Engine.MONGODB: "MONGODB_URI",
    Engine.REDIS: "REDIS_URL",
    Engine.CLICKHOUSE: "CLICKHOUSE_URL",
    ExternalEngine.MONGODB_SRV: "MONGODB_URI",
    ExternalEngine.VALKEY: "REDIS_URL",
}
