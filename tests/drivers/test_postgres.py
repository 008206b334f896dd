"""A real PostgreSQL, which lets the service's user in with the right password and encrypted, or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from dflow_drivers.connection import ACCOUNT, Authorities, Reader, Service, Trust
from dflow_drivers.protocols.postgres import Postgres
from dflow_drivers.readers import READERS
from psycopg import sql

from dflow_constructs import TlsMode

sys.path.append(str(Path(__file__).resolve().parent.parent / "acceptance"))

from typing import TYPE_CHECKING

from dflow_acceptance.postgres import PostgresMissingError, postgres
from dflow_acceptance.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OURS = [reader for reader in READERS if isinstance(reader.speaks, Postgres)]
ENTRIES = f"""
hostssl all "{ACCOUNT.user}" all scram-sha-256
host    all "{ACCOUNT.user}" all reject
"""


@pytest.fixture(scope="module")
def port(authorities: Authorities) -> Iterator[int]:
    """The port of a server with the service's user and databases, and a certificate of the named authority."""
    with ExitStack() as running:
        try:
            url = running.enter_context(postgres())
        except PostgresMissingError as missing:
            pytest.skip(str(missing))
        server = running.enter_context(psycopg.connect(url, autocommit=True))
        role = sql.Identifier(ACCOUNT.user)
        server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(ACCOUNT.password)))
        for name in {reader.database for reader in OURS}:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        encrypt(server, authorities.named.file.with_name("named-localhost.pem"))
        yield server.info.port


def encrypt(server: psycopg.Connection, certificate: Path) -> None:
    """Give the server its certificate, and let nobody in as the service's user without."""
    data = Path(server.execute("SHOW data_directory").fetchone()[0])
    mine = data / "server.pem"
    mine.write_bytes(certificate.read_bytes())
    mine.chmod(0o600)
    os.chown(mine, data.stat().st_uid, data.stat().st_gid)
    entries = data / "pg_hba.conf"
    entries.write_text(ENTRIES + entries.read_text())
    for name, value in {"ssl": "on", "ssl_cert_file": "server.pem", "ssl_key_file": "server.pem"}.items():
        server.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
    server.execute("SELECT pg_reload_conf()")
    wait_until(lambda: server.execute("SHOW ssl").fetchone() == ("on",), "PostgreSQL speaks TLS")


@pytest.mark.slow
@pytest.mark.parametrize("reader", OURS, ids=str)
def test_a_real_server_lets_in_who_encrypts(port: int, service: Callable[[Reader], Service], reader: Reader):
    ours = service(reader)

    def said(mode: TlsMode, trust: Trust | None) -> str | None:
        return ours.client.tries(ours.variables(port, mode, trust))

    assert said(TlsMode.VERIFY_FULL, Trust.NAMED) is None
    assert said(TlsMode.VERIFY_CA, Trust.NAMED) is None
    assert said(TlsMode.REQUIRE, None) is None
    assert "pg_hba.conf" in (said(TlsMode.DISABLED, None) or "let in")
