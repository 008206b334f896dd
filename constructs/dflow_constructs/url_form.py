"""The form of every engine's connection URLs, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dflow_constructs.engine import CustomEngine, Engine, ExternalEngine
from dflow_constructs.tls import TlsMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.engine import AnyEngine


class DatabasePlace(Enum):
    """Where a URL names the database."""

    PATH = "path"
    QUERY = "query"


@dataclass(frozen=True)
class UrlForm:
    """How an engine's clients read a URL.

    Attributes:
        scheme: what stands in front of `://`.
        port: the port unless another is given.
        queries: for each protection that can be asked for, what the URL says behind the `?`.
        tls_scheme: the scheme where a connection is protected, if that is another one.
        plain_port: the port where a connection is not protected, if that is another one.
        has_port: whether the URL names the port; where it does not, DNS does.
        has_word: whether the protection is one word, `verify-full`, that a variable of its own can hold.
        needs_user: whether somebody without a user name gets nowhere.
        place: where the database stands.
        account_domain: what is left out at the end of the host, because clients put it there.
    """

    scheme: str
    port: int
    queries: Mapping[TlsMode, str]
    tls_scheme: str | None = None
    plain_port: int | None = None
    has_port: bool = True
    has_word: bool = False
    needs_user: bool = True
    place: DatabasePlace = DatabasePlace.PATH
    account_domain: str = ""


_SSLMODE = {
    TlsMode.VERIFY_FULL: "sslmode=verify-full",
    TlsMode.VERIFY_CA: "sslmode=verify-ca",
    TlsMode.REQUIRE: "sslmode=require",
    TlsMode.DISABLED: "sslmode=disable",
}
_MYSQL = {
    TlsMode.VERIFY_FULL: "ssl-mode=VERIFY_IDENTITY",
    TlsMode.VERIFY_CA: "ssl-mode=VERIFY_CA",
    TlsMode.REQUIRE: "ssl-mode=REQUIRED",
    TlsMode.DISABLED: "ssl-mode=DISABLED",
}
_MONGODB = {
    TlsMode.VERIFY_FULL: "tls=true",
    TlsMode.VERIFY_CA: "tls=true&tlsAllowInvalidHostnames=true",
    TlsMode.REQUIRE: "tls=true&tlsInsecure=true",
    TlsMode.DISABLED: "tls=false",
}
_BY_SCHEME = {TlsMode.VERIFY_FULL: "", TlsMode.DISABLED: ""}

_FORMS: Mapping[Engine | ExternalEngine, UrlForm] = {
    Engine.POSTGRES: UrlForm("postgresql", 5432, _SSLMODE, has_word=True),
    Engine.MYSQL: UrlForm("mysql", 3306, _MYSQL, has_word=True),
    Engine.MARIADB: UrlForm("mysql", 3306, _MYSQL, has_word=True),
    Engine.MONGODB: UrlForm("mongodb", 27017, _MONGODB),
    Engine.REDIS: UrlForm("redis", 6379, _BY_SCHEME, tls_scheme="rediss", needs_user=False),
    Engine.CLICKHOUSE: UrlForm(
        "clickhouse",
        9440,
        {TlsMode.VERIFY_FULL: "secure=true", TlsMode.DISABLED: "secure=false"},
        plain_port=9000,
    ),
    ExternalEngine.MONGODB_SRV: UrlForm("mongodb+srv", 27017, _MONGODB, has_port=False),
    # Clients of Redis and Valkey read the same URLs.
    ExternalEngine.VALKEY: UrlForm("redis", 6379, _BY_SCHEME, tls_scheme="rediss", needs_user=False),
    ExternalEngine.COCKROACHDB: UrlForm("postgresql", 26257, _SSLMODE, has_word=True),
    ExternalEngine.SQL_SERVER: UrlForm(
        "sqlserver",
        1433,
        {
            TlsMode.VERIFY_FULL: "encrypt=true&trustServerCertificate=false",
            TlsMode.REQUIRE: "encrypt=true&trustServerCertificate=true",
            TlsMode.DISABLED: "encrypt=disable",
        },
        place=DatabasePlace.QUERY,
    ),
    ExternalEngine.SNOWFLAKE: UrlForm(
        "snowflake", 443, {TlsMode.VERIFY_FULL: ""}, has_port=False, account_domain=".snowflakecomputing.com"
    ),
}


def form_of(engine: AnyEngine) -> UrlForm:
    """Return the form of an engine's URLs."""
    if isinstance(engine, CustomEngine):
        return UrlForm(engine.scheme, engine.port, dict(engine.tls))
    return _FORMS[engine]
