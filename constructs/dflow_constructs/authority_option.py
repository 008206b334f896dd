"""How a connection URL names the certificate authority, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.dialect import Dialect
from dflow_constructs.engine import Engine, ExternalEngine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.certificate_authority import CertificateAuthority
    from dflow_constructs.engine import AnyEngine

SYSTEM_FILE = "/etc/ssl/certs/ca-certificates.crt"
"""Where Debian, Ubuntu and Alpine keep the authorities they trust."""

_POSTGRES = (Engine.POSTGRES, ExternalEngine.COCKROACHDB)
_MYSQL = (Engine.MYSQL, Engine.MARIADB)
_MONGODB = (Engine.MONGODB, ExternalEngine.MONGODB_SRV)

_FILE: Mapping[tuple[AnyEngine, Dialect], str] = {
    **{
        (engine, dialect): "sslrootcert"
        for engine in _POSTGRES
        for dialect in (Dialect.NATIVE, Dialect.DJANGO, Dialect.RAILS, Dialect.NODE, Dialect.JDBC)
    },
    **{(engine, Dialect.PRISMA): "sslcert" for engine in (*_POSTGRES, *_MYSQL)},
    **{(engine, Dialect.NATIVE): "ssl-ca" for engine in _MYSQL},
    **{(engine, Dialect.DJANGO): "ssl-ca" for engine in _MYSQL},
    **{(engine, Dialect.RAILS): "sslca" for engine in _MYSQL},
    (Engine.MARIADB, Dialect.JDBC): "serverSslCert",
    **{
        (engine, dialect): "tlsCAFile"
        for engine in _MONGODB
        for dialect in (Dialect.NATIVE, Dialect.NODE, Dialect.PRISMA)
    },
}
# The others look there by themselves.
_SYSTEM: Mapping[tuple[AnyEngine, Dialect], tuple[str, str]] = {
    **{
        (engine, dialect): ("sslrootcert", "system")
        for engine in _POSTGRES
        for dialect in (Dialect.NATIVE, Dialect.DJANGO, Dialect.RAILS)
    },
    **{(engine, Dialect.JDBC): ("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory") for engine in _POSTGRES},
    **{
        (engine, dialect): (_FILE[engine, dialect], SYSTEM_FILE)
        for engine in _MYSQL
        for dialect in (Dialect.NATIVE, Dialect.DJANGO, Dialect.RAILS)
    },
}


def authority_options(engine: AnyEngine, dialect: Dialect, authority: CertificateAuthority | None) -> dict[str, str]:
    """Return what a URL says behind the `?` so that its readers trust an authority; nothing where they cannot be told.

    Args:
        engine: the engine.
        dialect: who reads the URL.
        authority: the authority.
    """
    if authority is None:
        return {}
    if authority.is_system:
        found = _SYSTEM.get((engine, dialect))
        return {} if found is None else {found[0]: found[1]}
    option = _FILE.get((engine, dialect))
    return {} if option is None or authority.file is None else {option: authority.file}


def has_to_be_told(engine: AnyEngine) -> bool:
    """Say whether an engine's own clients look for no authority unless told which."""
    return (engine, Dialect.NATIVE) in _SYSTEM
