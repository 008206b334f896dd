"""The form of every engine's connection URLs, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dflow_constructs.dialect import Dialect
from dflow_constructs.engine import AnyEngine, CustomEngine, Engine, ExternalEngine
from dflow_constructs.tls import TlsMode

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        account_domain: what is left out at the end of the host, because clients put it there.
        separator: what stands in front of each option; the first one follows a `?` where it is a `&`.
        database_option: the name of the option that holds the database, where it is one.
        undecoded: what stays percent-encoded of a database's name when clients read it; nothing if they decode it all.
        named_authority: the protections under which clients would take a certificate for any host from any authority of
            the system, or nothing at all, unless the URL names a file with the authority.
        has_bare_slashes: whether its readers decode no options, so that a path has to stand there as it is.
    """

    scheme: str
    port: int
    queries: Mapping[TlsMode, str]
    tls_scheme: str | None = None
    plain_port: int | None = None
    has_port: bool = True
    has_word: bool = False
    needs_user: bool = True
    account_domain: str = ""
    separator: str = "&"
    database_option: str | None = None
    undecoded: re.Pattern[str] | None = None
    named_authority: frozenset[TlsMode] = frozenset()
    has_bare_slashes: bool = False


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
_ENCODED = re.compile(r"[^A-Za-z0-9_.~-]")
_VERIFY_CA = frozenset({TlsMode.VERIFY_CA})
_BY_SCHEME = {TlsMode.VERIFY_FULL: "", TlsMode.DISABLED: ""}

_REDIS = UrlForm("redis", 6379, _BY_SCHEME, tls_scheme="rediss", needs_user=False)
_FORMS: Mapping[Engine | ExternalEngine, UrlForm] = {
    Engine.POSTGRES: UrlForm("postgresql", 5432, _SSLMODE, has_word=True),
    Engine.MYSQL: UrlForm("mysql", 3306, _MYSQL, has_word=True),
    Engine.MARIADB: UrlForm("mysql", 3306, _MYSQL, has_word=True),
    Engine.MONGODB: UrlForm("mongodb", 27017, _MONGODB, named_authority=_VERIFY_CA),
    Engine.REDIS: _REDIS,
    Engine.CLICKHOUSE: UrlForm(
        "clickhouse",
        9440,
        {TlsMode.VERIFY_FULL: "secure=true", TlsMode.DISABLED: "secure=false"},
        plain_port=9000,
        undecoded=_ENCODED,  # by clickhouse-driver; other clients decode it
    ),
    ExternalEngine.MONGODB_SRV: UrlForm("mongodb+srv", 27017, _MONGODB, has_port=False, named_authority=_VERIFY_CA),
    # Clients of Redis and Valkey read the same URLs, but valkey-py looks at the host name only if it is told to.
    ExternalEngine.VALKEY: replace(_REDIS, queries=_BY_SCHEME | {TlsMode.VERIFY_FULL: "ssl_check_hostname=true"}),
    ExternalEngine.COCKROACHDB: UrlForm("postgresql", 26257, _SSLMODE, has_word=True),
    ExternalEngine.SQL_SERVER: UrlForm(
        "sqlserver",
        1433,
        {
            TlsMode.VERIFY_FULL: "encrypt=true&trustServerCertificate=false",
            TlsMode.REQUIRE: "encrypt=true&trustServerCertificate=true",
            TlsMode.DISABLED: "encrypt=disable",
        },
        database_option="database",
    ),
    ExternalEngine.SNOWFLAKE: UrlForm(
        "snowflake", 443, {TlsMode.VERIFY_FULL: ""}, has_port=False, account_domain=".snowflakecomputing.com"
    ),
}


_PRISMA_POSTGRES = UrlForm(
    "postgresql",
    5432,
    {
        TlsMode.VERIFY_FULL: "sslmode=require&sslaccept=strict",
        TlsMode.REQUIRE: "sslmode=require&sslaccept=accept_invalid_certs",
        TlsMode.DISABLED: "sslmode=disable",
    },
)
_PRISMA_MYSQL = UrlForm(
    "mysql",
    3306,
    # `ssl=true` is what the driver of Prisma's adapter knows; without it, that one would connect in clear text.
    {
        TlsMode.VERIFY_FULL: "sslaccept=strict&ssl=true",
        TlsMode.REQUIRE: "sslaccept=accept_invalid_certs&ssl=true",
        TlsMode.DISABLED: "",
    },
)
_RAILS_MYSQL = UrlForm(
    "mysql2",
    3306,
    {
        TlsMode.VERIFY_FULL: "ssl_mode=verify_identity",
        # Built with MariaDB's library, as on Debian, the gem takes `required` for a wish, and most versions of it
        # warn of `verify_ca` and then check nothing.
        TlsMode.DISABLED: "ssl_mode=disabled",
    },
)
_DJANGO_MYSQL = UrlForm(
    "mysql",
    3306,
    {
        TlsMode.VERIFY_FULL: "ssl_mode=VERIFY_IDENTITY",
        TlsMode.VERIFY_CA: "ssl_mode=VERIFY_CA",
        # Not REQUIRED: built with MariaDB's library, mysqlclient logs in without TLS where the server offers none.
        TlsMode.DISABLED: "ssl_mode=DISABLED",
    },
)
_NODE_POSTGRES = UrlForm(
    "postgresql",
    5432,
    # Without being asked to do as libpq does, `pg` looks at the host name under VERIFY_CA and REQUIRE as well.
    {**_SSLMODE, TlsMode.VERIFY_CA: "uselibpqcompat=true&sslmode=verify-ca", TlsMode.REQUIRE: "sslmode=no-verify"},
    undecoded=re.compile(r"[;,/?:@&=+$#]"),
    named_authority=_VERIFY_CA,
)
_NODE_MYSQL = UrlForm(
    "mysql",
    3306,
    {
        TlsMode.VERIFY_FULL: "ssl=%7B%22rejectUnauthorized%22%3Atrue%2C%22verifyIdentity%22%3Atrue%7D",
        # Not VERIFY_CA: the URL cannot name an authority, and those of the system sign for everybody.
        TlsMode.REQUIRE: "ssl=%7B%22rejectUnauthorized%22%3Afalse%7D",
        TlsMode.DISABLED: "",
    },
)
# Version 2 of the driver takes no notice of `sslMode` and would connect in clear text; version 3 knows its words too.
_JDBC_MARIADB = UrlForm(
    "jdbc:mariadb",
    3306,
    {
        TlsMode.VERIFY_FULL: "sslMode=verify-full&useSsl=true",
        TlsMode.VERIFY_CA: "sslMode=verify-ca&useSsl=true&disableSslHostnameVerification=true",
        TlsMode.REQUIRE: "sslMode=trust&useSsl=true&trustServerCertificate=true",
        TlsMode.DISABLED: "sslMode=disable",
    },
    undecoded=_ENCODED,
    named_authority=_VERIFY_CA,
    has_bare_slashes=True,
)
_JDBC_MYSQL = UrlForm(
    "jdbc:mysql",
    3306,
    {
        TlsMode.VERIFY_FULL: "sslMode=VERIFY_IDENTITY",
        # Not VERIFY_CA: the URL cannot name an authority in PEM, and those of the system sign for everybody.
        TlsMode.REQUIRE: "sslMode=REQUIRED",
        TlsMode.DISABLED: "sslMode=DISABLED",
    },
)
_DIALECTS: Mapping[tuple[AnyEngine, Dialect], UrlForm] = {
    (Engine.POSTGRES, Dialect.PRISMA): _PRISMA_POSTGRES,
    (ExternalEngine.COCKROACHDB, Dialect.PRISMA): _PRISMA_POSTGRES,
    (Engine.MYSQL, Dialect.PRISMA): _PRISMA_MYSQL,
    (Engine.MARIADB, Dialect.PRISMA): _PRISMA_MYSQL,
    (Engine.MONGODB, Dialect.PRISMA): _FORMS[Engine.MONGODB],
    (ExternalEngine.MONGODB_SRV, Dialect.PRISMA): _FORMS[ExternalEngine.MONGODB_SRV],
    (Engine.POSTGRES, Dialect.RAILS): _FORMS[Engine.POSTGRES],
    (ExternalEngine.COCKROACHDB, Dialect.RAILS): replace(_FORMS[ExternalEngine.COCKROACHDB], scheme="cockroachdb"),
    (Engine.MYSQL, Dialect.RAILS): _RAILS_MYSQL,
    (Engine.MARIADB, Dialect.RAILS): _RAILS_MYSQL,
    (Engine.POSTGRES, Dialect.DJANGO): _FORMS[Engine.POSTGRES],
    (ExternalEngine.COCKROACHDB, Dialect.DJANGO): replace(_FORMS[ExternalEngine.COCKROACHDB], scheme="cockroach"),
    (Engine.MYSQL, Dialect.DJANGO): _DJANGO_MYSQL,
    (Engine.MARIADB, Dialect.DJANGO): _DJANGO_MYSQL,
    (Engine.POSTGRES, Dialect.NODE): _NODE_POSTGRES,
    (ExternalEngine.COCKROACHDB, Dialect.NODE): _NODE_POSTGRES,
    (Engine.MYSQL, Dialect.NODE): _NODE_MYSQL,
    (Engine.MARIADB, Dialect.NODE): _NODE_MYSQL,
    (Engine.MONGODB, Dialect.NODE): _FORMS[Engine.MONGODB],
    (ExternalEngine.MONGODB_SRV, Dialect.NODE): _FORMS[ExternalEngine.MONGODB_SRV],
    (Engine.REDIS, Dialect.NODE): _REDIS,
    (ExternalEngine.VALKEY, Dialect.NODE): _REDIS,
    (Engine.POSTGRES, Dialect.JDBC): UrlForm("jdbc:postgresql", 5432, _SSLMODE),
    (ExternalEngine.COCKROACHDB, Dialect.JDBC): UrlForm("jdbc:postgresql", 26257, _SSLMODE),
    (Engine.MYSQL, Dialect.JDBC): _JDBC_MYSQL,
    (Engine.MARIADB, Dialect.JDBC): _JDBC_MARIADB,
    (ExternalEngine.SQL_SERVER, Dialect.JDBC): UrlForm(
        "jdbc:sqlserver",
        1433,
        {
            TlsMode.VERIFY_FULL: "encrypt=true;trustServerCertificate=false",
            TlsMode.REQUIRE: "encrypt=true;trustServerCertificate=true",
            TlsMode.DISABLED: "encrypt=false",
        },
        separator=";",
        database_option="databaseName",
    ),
}


def form_of(engine: AnyEngine) -> UrlForm:
    """Return the form of the URLs that an engine's own clients read."""
    if isinstance(engine, CustomEngine):
        return UrlForm(engine.scheme, engine.port, dict(engine.tls))
    return _FORMS[engine]


def dialect_form(engine: AnyEngine, dialect: Dialect) -> UrlForm | None:
    """Return the form of the URLs that somebody else reads, or nothing where they read none of the engine's."""
    return form_of(engine) if dialect is Dialect.NATIVE else _DIALECTS.get((engine, dialect))


def engines_of(dialect: Dialect) -> tuple[AnyEngine, ...]:
    """Return the engines that a reader of URLs reads."""
    return tuple(engine for engine, read_by in _DIALECTS if read_by is dialect)
