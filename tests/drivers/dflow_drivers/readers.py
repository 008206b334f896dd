"""The drivers that are tried, and what is written for each."""

from __future__ import annotations

from dflow_drivers.connection import Reader, Trust
from dflow_drivers.protocols.clickhouse import ClickHouse
from dflow_drivers.protocols.mongodb import MongoDb
from dflow_drivers.protocols.mysql import MySql
from dflow_drivers.protocols.postgres import Postgres
from dflow_drivers.protocols.redis import Redis

from dflow_constructs import DatabaseVariables, Engine, ExternalEngine, TlsMode

URL = DatabaseVariables.url("DATABASE_URL")
NODE = DatabaseVariables.node()
PRISMA = DatabaseVariables.prisma()
DJANGO = DatabaseVariables.django()
MONGODB_URI = DatabaseVariables.url("MONGODB_URI")
REDIS_URL = DatabaseVariables.url("REDIS_URL")
CLICKHOUSE_URL = DatabaseVariables.url("CLICKHOUSE_URL")

PLAIN = "orders-2_a.b~c"
MONGODB = "o+r&d%@:ü"
"""Every awkward character that MongoDB has in a database's name."""

BY_NAME = (Trust.NAMED,)
BY_SYSTEM = (Trust.SYSTEM,)
"""The URL cannot name an authority, so it is one of the system's, or added to them by `NODE_EXTRA_CA_CERTS`."""

ALL_OR_NOTHING = (TlsMode.VERIFY_FULL, TlsMode.DISABLED)
WITHOUT_VERIFY_CA = (TlsMode.VERIFY_FULL, TlsMode.REQUIRE, TlsMode.DISABLED)

READERS = [
    Reader("libpq.py", Engine.POSTGRES, Postgres(), URL),
    Reader("libpq.py", Engine.POSTGRES, Postgres(), DatabaseVariables.libpq()),
    Reader("libpq.py", ExternalEngine.COCKROACHDB, Postgres(), URL, trusts=BY_NAME),
    Reader("asyncpg_url.py", Engine.POSTGRES, Postgres(), URL, trusts=BY_NAME),
    Reader("sqlalchemy_url.py", Engine.POSTGRES, Postgres(), URL, trusts=BY_NAME),
    Reader("django_url.py", Engine.POSTGRES, Postgres(), DJANGO),
    Reader("pg.mjs", Engine.POSTGRES, Postgres(), NODE, "o r%ü-_.~"),
    Reader("pg.mjs", ExternalEngine.COCKROACHDB, Postgres(), NODE, PLAIN, trusts=BY_NAME),
    Reader("mysql2.mjs", Engine.MYSQL, MySql(), NODE, trusts=BY_SYSTEM, modes=WITHOUT_VERIFY_CA),
    Reader("mysql2.mjs", Engine.MARIADB, MySql(), NODE, trusts=BY_SYSTEM, modes=WITHOUT_VERIFY_CA),
    Reader("mariadb.mjs", Engine.MYSQL, MySql(), PRISMA, trusts=BY_SYSTEM, modes=ALL_OR_NOTHING),
    Reader("mariadb.mjs", Engine.MARIADB, MySql(), PRISMA, trusts=BY_SYSTEM, modes=ALL_OR_NOTHING),
    Reader("pymongo_url.py", Engine.MONGODB, MongoDb(), MONGODB_URI, MONGODB),
    Reader("mongodb.mjs", Engine.MONGODB, MongoDb(), NODE, MONGODB),
    Reader("redis_url.py", Engine.REDIS, Redis(), REDIS_URL, "2", modes=ALL_OR_NOTHING),
    Reader("redis_url.py", ExternalEngine.VALKEY, Redis(), REDIS_URL, "2", trusts=BY_NAME, modes=ALL_OR_NOTHING),
    Reader("valkey_url.py", ExternalEngine.VALKEY, Redis(), REDIS_URL, "2", modes=ALL_OR_NOTHING),
    Reader("node_redis.mjs", Engine.REDIS, Redis(), NODE, "2", trusts=BY_SYSTEM, modes=ALL_OR_NOTHING),
    Reader("node_redis.mjs", ExternalEngine.VALKEY, Redis(), URL, "2", trusts=BY_SYSTEM, modes=ALL_OR_NOTHING),
    Reader("ioredis.mjs", Engine.REDIS, Redis(), NODE, "2", trusts=BY_SYSTEM, modes=ALL_OR_NOTHING),
    Reader("ioredis.mjs", ExternalEngine.VALKEY, Redis(), URL, "2", trusts=BY_SYSTEM, modes=ALL_OR_NOTHING),
    Reader(
        "clickhouse_url.py",
        Engine.CLICKHOUSE,
        ClickHouse(),
        CLICKHOUSE_URL,
        PLAIN,
        trusts=BY_NAME,
        modes=ALL_OR_NOTHING,
    ),
]

SPRING = DatabaseVariables.spring()
JDBC = [
    Reader("Jdbc.java", Engine.POSTGRES, Postgres(), SPRING),
    Reader("Jdbc.java", ExternalEngine.COCKROACHDB, Postgres(), SPRING, trusts=BY_NAME),
    Reader("Jdbc.java", Engine.MARIADB, MySql(), SPRING, PLAIN),
]
"""The drivers of Java, which a machine has or has not."""
