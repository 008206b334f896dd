"""The database engines dFlow knows, and what their clients expect."""

from __future__ import annotations

from enum import Enum


class Engine(Enum):
    """A database engine; the value is dFlow's word for it."""

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


_DEFAULT_VARIABLES = {
    Engine.MONGODB: "MONGODB_URI",
    Engine.REDIS: "REDIS_URL",
    Engine.CLICKHOUSE: "CLICKHOUSE_URL",
}
