"""`provider::dflow::connection_url`: a database URL whose parts may hold any character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.schema import (
    NUMBER,
    STRING,
    Accepts,
    Exposure,
    FunctionError,
    MapOf,
    Parameter,
    Signature,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_provider.schema import Value


@dataclass(frozen=True)
class _Engine:
    """How URLs of one engine look.

    Args:
        scheme: what stands before `://`.
        needs_user: whether a password without a user makes no sense to its clients.
        finds_port: whether clients learn the port, and the servers, from DNS.
        numbers_databases: whether databases have numbers instead of names.
    """

    scheme: str
    needs_user: bool = False
    finds_port: bool = False
    numbers_databases: bool = False


_ENGINES: Mapping[str, _Engine] = MappingProxyType(
    {
        "postgres": _Engine("postgresql"),
        "mysql": _Engine("mysql"),
        "mariadb": _Engine("mysql"),
        "mongodb": _Engine("mongodb", needs_user=True),
        "mongo": _Engine("mongodb", needs_user=True),
        "mongodb+srv": _Engine("mongodb+srv", needs_user=True, finds_port=True),
        "redis": _Engine("redis", numbers_databases=True),
        "rediss": _Engine("rediss", numbers_databases=True),
        "clickhouse": _Engine("clickhouse"),
    }
)
_HOST_NAME = r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?"


class _Argument(IntEnum):
    """Positions of the arguments."""

    ENGINE = 0
    HOST = 1
    PORT = 2
    DATABASE = 3
    USER = 4
    PASSWORD = 5
    OPTIONS = 6


class ConnectionUrl:
    """A connection URL with every part percent-encoded."""

    signature: ClassVar[Signature] = Signature(
        "A database connection URL with every part percent-encoded.",
        "Puts a connection URL together in the form that the engine's clients read. User, password, database and "
        "options are percent-encoded, so that a `@`, `/` or `%` in a password changes nothing; an IPv6 host is "
        "bracketed; parts that are null are left out. The result is sensitive or ephemeral whenever an argument is.\n\n"
        "Terraform starts one more provider process in each plan and apply that calls a provider function.",
        (
            Parameter(
                "engine",
                STRING,
                f"What listens there: {', '.join(f'`{name}`' for name in _ENGINES)}. `mongo` is dFlow's own word for "
                "`mongodb`; `mongodb+srv` finds servers and ports in DNS; `rediss` is Redis over TLS. MariaDB's "
                "clients read the scheme `mysql`.",
            ),
            Parameter(
                "host",
                STRING,
                "One host name or IP address, without scheme and port. IPv6 with or without brackets.",
            ),
            Parameter(
                "port",
                NUMBER,
                "TCP port from 1 to 65535. Null leaves it out, and clients use the engine's own. Must be null for "
                "`mongodb+srv`.",
                accepts=Accepts.NULL,
            ),
            Parameter(
                "database",
                STRING,
                "Name of the database, for Redis its number. Null leaves it out.",
                accepts=Accepts.NULL,
            ),
            Parameter(
                "user",
                STRING,
                "Name of the user. Null leaves it out; MongoDB takes no password without one.",
                accepts=Accepts.NULL,
            ),
            Parameter(
                "password",
                STRING,
                "The password as it is, not encoded. Null leaves it out.",
                accepts=Accepts.NULL,
                exposure=Exposure.SENSITIVE,
            ),
            Parameter(
                "options",
                MapOf(STRING),
                'Parameters behind the `?`, in the client\'s own words (`{ sslmode = "verify-full" }`); written in '
                "the order of their names, nulls left out. Null for none.",
                accepts=Accepts.NULL,
                exposure=Exposure.SENSITIVE,
            ),
        ),
        STRING,
    )

    def call(self, arguments: Sequence[Value]) -> Value:
        """Return the URL."""
        name, host, port, database, user, password, options = arguments
        engine = _engine(str(name))
        authority = f"{_user_part(engine, user, password)}{_host(engine, str(host))}{_port(engine, port)}"
        path = _database(engine, database)
        query = _query(options)
        return f"{engine.scheme}://{authority}{'/' if path or query else ''}{path}{query}"


def _engine(name: str) -> _Engine:
    if name not in _ENGINES:
        raise FunctionError(
            f"{name[:40]!r} is no engine known here; use one of {', '.join(_ENGINES)}.", _Argument.ENGINE
        )
    return _ENGINES[name]


def _host(engine: _Engine, host: str) -> str:
    if not host:
        raise FunctionError("The host is empty; give a host name or an IP address.", _Argument.HOST)
    if "@" in host or "/" in host:  # a whole URL may hold a password, so it is not repeated
        raise FunctionError(
            "The host holds `@` or `/`. Give the host alone; scheme, user, port and database are arguments of their "
            "own.",
            _Argument.HOST,
        )
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    version = _ip_version(bare)
    if version is not None and engine.finds_port:
        raise FunctionError(
            f"{host!r} is an IP address, and {engine.scheme} looks its servers up in DNS. Give the host name, or use "
            f"the engine mongodb.",
            _Argument.HOST,
        )
    if version == 6:
        return f"[{bare}]"
    if version is None and re.fullmatch(_HOST_NAME, host) is None:
        hint = "the port is an argument of its own" if ":" in host else "one name of ASCII letters, digits, `-` and `.`"
        raise FunctionError(f"{host[:80]!r} is no host name and no IP address: {hint}.", _Argument.HOST)
    return host


def _ip_version(text: str) -> int | None:
    import ipaddress  # noqa: PLC0415 (schemas need none)

    if "%" in text:  # a zone belongs to one machine's interface
        return None
    try:
        return ipaddress.ip_address(text).version
    except ValueError:
        return None


def _port(engine: _Engine, port: Value) -> str:
    if port is None:
        return ""
    if engine.finds_port:
        raise FunctionError(
            f"{engine.scheme} finds its ports in DNS and takes none; use null, or the engine mongodb.", _Argument.PORT
        )
    if not isinstance(port, int) or not 1 <= port <= 65535:
        raise FunctionError(f"{port} is no TCP port; use a whole number from 1 to 65535, or null.", _Argument.PORT)
    return f":{port}"


def _database(engine: _Engine, database: Value) -> str:
    if database is None:
        return ""
    text = _filled(database, "database", _Argument.DATABASE)
    if engine.numbers_databases and not (text.isascii() and text.isdecimal()):
        raise FunctionError(
            f"{text[:40]!r} is no database of Redis, which numbers them; use 0, 1, … or null.", _Argument.DATABASE
        )
    return _encoded(text)


def _user_part(engine: _Engine, user: Value, password: Value) -> str:
    name = "" if user is None else _encoded(_filled(user, "user", _Argument.USER))
    if password is None:
        return f"{name}@" if name else ""
    if not name and engine.needs_user:
        raise FunctionError(
            f"{engine.scheme} takes no password without a user; give one, or null for both.", _Argument.USER
        )
    return f"{name}:{_encoded(_filled(password, 'password', _Argument.PASSWORD))}@"


def _query(options: Value) -> str:
    given = options if isinstance(options, dict) else {}
    if "" in given:
        raise FunctionError("An option has an empty name.", _Argument.OPTIONS)
    pairs = [f"{_encoded(key)}={_encoded(str(given[key]))}" for key in sorted(given) if given[key] is not None]
    return f"?{'&'.join(pairs)}" if pairs else ""


def _filled(value: Value, name: str, argument: _Argument) -> str:
    text = str(value)
    if not text:
        raise FunctionError(f"The {name} is empty. Use null to leave it out.", argument)
    return text


def _encoded(text: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 (schemas need none)

    return quote(text, safe="")
