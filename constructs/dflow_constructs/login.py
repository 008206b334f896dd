"""Who logs in to which database, and where: what a URL is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dflow_cdk import cdk
from dflow_constructs.authority_option import authority_options
from dflow_constructs.database import DatabaseField
from dflow_constructs.database_url import connection_url, default_port, host_and_port, tls_word
from dflow_constructs.dialect import Dialect
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token, is_token
from dflow_constructs.url_form import dialect_form, engines_of, form_of
from dflow_constructs.variable_value import VariableValue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import IConstruct

    from dflow_constructs.allowlist import Allowlist
    from dflow_constructs.certificate_authority import CertificateAuthority
    from dflow_constructs.engine import AnyEngine
    from dflow_constructs.secret import Secret
    from dflow_constructs.tls import TlsMode
    from dflow_constructs.url_form import UrlForm


_OPTION = re.compile(r"[A-Za-z0-9_.-]+")
_PROTECTION = re.compile(r"ssl|tls|encrypt|certificate|^secure$|^verify$|libpqcompat")
_LOGIN = frozenset({"host", "hostaddr", "port", "user", "username", "password", "dbname", "database", "databasename"})


@dataclass(frozen=True)
class Endpoint:
    """A further host and port of a database: a pooler, a read replica.

    Args:
        host: the host name services connect to.
        port: the port; the database's own unless given.
        options: what its URLs say besides, `{"pgbouncer": "true"}`; not who logs in where, nor how that is protected.
        allowlist: where its firewall entries are kept, if that is not where the database's are.
    """

    host: str
    port: int | None = None
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    allowlist: Allowlist | None = field(default=None, hash=False)

    def __post_init__(self) -> None:
        call = f"Endpoint({self.host!r}, options=…)"
        for name, value in self.options.items():
            if not _OPTION.fullmatch(name) or not isinstance(value, str):
                raise ConfigurationError(
                    call, f'option {name!r} is no name with a text; write options={{"pgbouncer": "true"}}'
                )
            plain = re.sub(r"[^a-z]", "", name.lower())
            if plain in _LOGIN or _PROTECTION.search(plain):
                # Most readers take the last of two, so this one would undo what the database asks for.
                raise ConfigurationError(
                    call,
                    f"option {name!r} is about who logs in where, or how that is protected, which the database says "
                    "for all of its places; leave it out, and give the database its tls=…, username=… and so on",
                )


@dataclass(frozen=True)
class Places:
    """The place that is asked, and the two that some fields ask for whatever place that is."""

    here: Endpoint
    direct: Endpoint
    pooler: Endpoint


DIALECTS = {
    DatabaseField.URL: Dialect.NATIVE,
    DatabaseField.POOLED_URL: Dialect.NATIVE,
    DatabaseField.DJANGO_URL: Dialect.DJANGO,
    DatabaseField.NODE_URL: Dialect.NODE,
    DatabaseField.PRISMA_URL: Dialect.PRISMA,
    DatabaseField.PRISMA_DIRECT_URL: Dialect.PRISMA,
    DatabaseField.RAILS_URL: Dialect.RAILS,
    DatabaseField.JDBC_URL: Dialect.JDBC,
}
"""Who reads the URL in a field."""


@dataclass(frozen=True)
class Login:
    """What is the same at every place of a database."""

    where: IConstruct = field(hash=False)
    engine: AnyEngine
    mode: TlsMode
    username: str | None
    password: Secret
    database: str | None
    authority: CertificateAuthority | None = None

    def value_of(self, asked: DatabaseField, places: Places) -> VariableValue | None:
        """Return a fact as the value of a variable, or nothing if the database has none.

        Raises:
            ConfigurationError: it is a URL for somebody who reads none of this engine, or would read something else.
        """
        dialect = DIALECTS.get(asked)
        if dialect is not None:
            return self._url(dialect, _place_of(asked, places))
        if asked is DatabaseField.PASSWORD:
            return VariableValue.of(self.password)
        facts = {
            DatabaseField.HOST: places.here.host,
            DatabaseField.PORT: self.port_text(places.here) if form_of(self.engine).has_port else None,
            DatabaseField.NAME: self.database,
            DatabaseField.USERNAME: self.username,
            DatabaseField.TLS: tls_word(self.engine, self.mode),
            DatabaseField.AUTHORITY_FILE: self.authority.file if self.authority else None,
            DatabaseField.LIBPQ_AUTHORITY: authority_options(self.engine, Dialect.NATIVE, self.authority).get(
                "sslrootcert"
            ),
            DatabaseField.AUTHORITY: self.authority.encoded if self.authority else None,
        }
        fact = facts[asked]
        return None if fact is None else VariableValue.of(fact)

    def port_of(self, place: Endpoint) -> int:
        """Return the port of a place."""
        return default_port(self.engine, self.mode) if place.port is None else place.port

    def port_text(self, place: Endpoint) -> str:
        """Return the port of a place as text."""
        port = self.port_of(place)
        return cdk.Token.as_string(port) if is_token(port) else str(port)

    def _url(self, dialect: Dialect, place: Endpoint) -> VariableValue:
        form = dialect_form(self.engine, dialect)
        if form is None:
            engines = ", ".join(dict.fromkeys(engine.value for engine in engines_of(dialect)))
            raise ConfigurationError(
                self.where,
                f"{dialect.value} reads URLs of {engines}, and this is {self.engine.value}; choose other variables, "
                "variables=DatabaseVariables.separate()",
            )
        if self.mode not in form.queries:
            allowed = ", ".join(mode.name for mode in form.queries)
            raise ConfigurationError(
                self.where,
                f"tls is {self.mode.name}, which a {self.engine.value} URL for {dialect.value} cannot ask for "
                f"({allowed} can be); change tls, or choose other variables",
            )
        port = self.port_text(place)
        authority = authority_options(self.engine, dialect, self.authority)
        self._check_what_arrives(form, dialect, names_authority=bool(authority))
        options = {**authority, **place.options}
        if dialect is Dialect.JDBC:
            return VariableValue.of(host_and_port(form, self.mode, place.host, port, self.database, options))
        return connection_url(
            form,
            self.mode,
            username=self.username,
            password=self.password,
            host=place.host,
            port=port,
            database=self.database,
            options=options,
        )

    def _check_what_arrives(self, form: UrlForm, dialect: Dialect, *, names_authority: bool) -> None:
        url = f"a {self.engine.value} URL" + ("" if dialect is Dialect.NATIVE else f" for {dialect.value}")
        if self.mode in form.named_authority and not names_authority:
            raise ConfigurationError(
                self.where,
                f"tls is {self.mode.name}, and no file with the authority is named; readers of {url} would refuse "
                "every certificate, or take one that any authority of the system signed for any host; name a file, "
                f'tls=Tls.{self.mode.name}.trusting(CertificateAuthority.in_file("/etc/ssl/orders.pem")), or the one '
                'that the service writes, file="/tmp/orders.pem"',
            )
        if form.undecoded is None or self.database is None or has_token(self.database):
            return
        kept = form.undecoded.search(self.database)
        if kept is not None:
            raise ConfigurationError(
                self.where,
                f"database is {self.database!r}, and not every reader of {url} decodes the {kept[0]!r} in it; choose "
                "other variables, variables=DatabaseVariables.separate(), or another name",
            )


def _place_of(asked: DatabaseField, places: Places) -> Endpoint:
    if asked is DatabaseField.PRISMA_DIRECT_URL:
        return places.direct
    if asked in {DatabaseField.POOLED_URL, DatabaseField.PRISMA_URL}:
        return places.pooler
    return places.here
