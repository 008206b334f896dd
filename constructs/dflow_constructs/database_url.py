"""Connection URLs the way each engine's clients read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.engine import Engine
from dflow_constructs.tls import TlsMode
from dflow_constructs.variable_value import Encoding, SecretPiece, VariableValue, percent_encoded

if TYPE_CHECKING:
    from dflow_constructs.secret import Secret

_SCHEMES = {
    Engine.POSTGRES: "postgresql",
    Engine.MYSQL: "mysql",
    Engine.MARIADB: "mysql",
    Engine.MONGODB: "mongodb",
    Engine.REDIS: "redis",
    Engine.CLICKHOUSE: "clickhouse",
}
_PORTS = {
    Engine.POSTGRES: 5432,
    Engine.MYSQL: 3306,
    Engine.MARIADB: 3306,
    Engine.MONGODB: 27017,
    Engine.REDIS: 6379,
    Engine.CLICKHOUSE: 9440,
}
_MYSQL = {
    TlsMode.VERIFY_FULL: "ssl-mode=VERIFY_IDENTITY",
    TlsMode.VERIFY_CA: "ssl-mode=VERIFY_CA",
    TlsMode.REQUIRE: "ssl-mode=REQUIRED",
    TlsMode.DISABLED: "ssl-mode=DISABLED",
}
_QUERIES: dict[Engine, dict[TlsMode, str]] = {
    Engine.POSTGRES: {
        TlsMode.VERIFY_FULL: "sslmode=verify-full",
        TlsMode.VERIFY_CA: "sslmode=verify-ca",
        TlsMode.REQUIRE: "sslmode=require",
        TlsMode.DISABLED: "sslmode=disable",
    },
    Engine.MYSQL: _MYSQL,
    Engine.MARIADB: _MYSQL,
    Engine.MONGODB: {
        TlsMode.VERIFY_FULL: "tls=true",
        TlsMode.VERIFY_CA: "tls=true&tlsAllowInvalidHostnames=true",
        TlsMode.REQUIRE: "tls=true&tlsInsecure=true",
        TlsMode.DISABLED: "tls=false",
    },
    Engine.REDIS: {TlsMode.VERIFY_FULL: "", TlsMode.DISABLED: ""},
    Engine.CLICKHOUSE: {TlsMode.VERIFY_FULL: "secure=true", TlsMode.DISABLED: "secure=false"},
}


def default_port(engine: Engine, mode: TlsMode) -> int:
    """Return the port the engine listens on unless told otherwise."""
    if engine is Engine.CLICKHOUSE and mode is TlsMode.DISABLED:
        return 9000
    return _PORTS[engine]


def modes_of(engine: Engine) -> tuple[TlsMode, ...]:
    """Return the protections that a URL of the engine can ask for."""
    return tuple(_QUERIES[engine])


def tls_word(engine: Engine, mode: TlsMode) -> str:
    """Return the protection in the word that stands in the engine's URL, or in ours where the URL has none."""
    match engine:
        case Engine.POSTGRES | Engine.MYSQL | Engine.MARIADB:
            return _QUERIES[engine][mode].partition("=")[2]
        case _:
            return mode.value


def connection_url(
    engine: Engine,
    mode: TlsMode,
    *,
    username: str | None,
    password: Secret,
    host: str,
    port: str,
    database: str | None,
) -> VariableValue:
    """Put a URL together: every part percent-encoded, the protection asked for in the engine's own words."""
    scheme = "rediss" if engine is Engine.REDIS and mode is not TlsMode.DISABLED else _SCHEMES[engine]
    query = _QUERIES[engine][mode]
    tail = f"@{_host(host)}:{port}"
    if database is not None or query:
        tail += "/"
    if database is not None:
        tail += percent_encoded(database)
    if query:
        tail += f"?{query}"
    return VariableValue.of(
        f"{scheme}://{percent_encoded(username or '')}:",
        SecretPiece(password, Encoding.PERCENT),
        tail,
    )


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
