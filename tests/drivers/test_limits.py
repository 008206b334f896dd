"""What the guide warns of: URLs that a driver reads otherwise than one would think."""

from __future__ import annotations

from collections.abc import Callable

import dj_database_url
import pytest
from dflow_drivers.connection import ACCOUNT, HOST, Reader, Service, Trust
from dflow_drivers.outcome import Outcome, Server
from dflow_drivers.protocols.mysql import MySql
from dflow_drivers.protocols.postgres import Postgres
from dflow_drivers.readers import DJANGO, NODE, PRISMA, READERS, URL

from dflow_constructs import DatabaseVariables, Engine, TlsMode

MakeService = Callable[[Reader], Service]
(ASYNCPG,) = (reader for reader in READERS if reader.program == "asyncpg_url.py")
(CLICKHOUSE,) = (reader for reader in READERS if reader.program == "clickhouse_url.py")


@pytest.mark.parametrize(("program", "variables"), [("mysql2.mjs", URL), ("mariadb.mjs", URL), ("mariadb.mjs", NODE)])
def test_a_driver_of_node_takes_the_url_of_another_reader_of_mysql_for_clear_text(
    service: MakeService, program: str, variables: DatabaseVariables
):
    """`DatabaseVariables.node()` is for mysql2, `.prisma()` for mariadb: neither knows the other's words."""
    reader = service(Reader(program, Engine.MYSQL, MySql(), variables))

    assert reader.meets(Server.RIGHT, TlsMode.VERIFY_FULL, Trust.NAMED) is Outcome.CLEAR


def test_mariadb_checks_everything_where_prisma_is_told_to_trust_whoever_answers(service: MakeService):
    mariadb = service(Reader("mariadb.mjs", Engine.MYSQL, MySql(), PRISMA))

    assert mariadb.meets(Server.ANOTHER_HOST, TlsMode.REQUIRE) is Outcome.REFUSED


@pytest.mark.parametrize("reader", [ASYNCPG, CLICKHOUSE], ids=str)
def test_a_driver_that_does_not_look_among_the_systems_authorities_takes_no_certificate(
    service: MakeService, reader: Reader
):
    """The one takes `sslrootcert=system` for a file, the other looks among those of `certifi`."""
    assert service(reader).meets(Server.RIGHT, TlsMode.VERIFY_FULL, Trust.SYSTEM) is Outcome.REFUSED


@pytest.mark.parametrize(
    ("mode", "server", "outcome"),
    [
        (TlsMode.VERIFY_FULL, Server.RIGHT, Outcome.ENCRYPTED),
        (TlsMode.VERIFY_FULL, Server.ANOTHER_HOST, Outcome.REFUSED),
        (TlsMode.REQUIRE, Server.ANOTHER_HOST, Outcome.REFUSED),
    ],
)
def test_prismas_url_checks_everything_where_an_adapter_hands_it_to_pg(
    service: MakeService, mode: TlsMode, server: Server, outcome: Outcome
):
    pg = service(Reader("pg.mjs", Engine.POSTGRES, Postgres(), PRISMA, "orders"))

    assert pg.meets(server, mode, None if mode is TlsMode.REQUIRE else Trust.SYSTEM) is outcome


def test_djangos_settings_for_mysql_are_what_mysqlclient_takes(service: MakeService):
    """It comes as source alone, so the settings have to do: `ssl_mode` and `ssl` are arguments of its `connect`."""
    django = service(Reader("django_url.py", Engine.MYSQL, MySql(), DJANGO))
    url = django.variables(3306, TlsMode.VERIFY_FULL, Trust.NAMED)["DATABASE_URL"]

    assert dj_database_url.parse(url) == {
        "ENGINE": "django.db.backends.mysql",
        "HOST": HOST,
        "PORT": 3306,
        "USER": ACCOUNT.user,
        "PASSWORD": ACCOUNT.password,
        "NAME": django.reader.database,
        "OPTIONS": {"ssl_mode": "VERIFY_IDENTITY", "ssl": {"ca": str(django.authorities.named.file)}},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
