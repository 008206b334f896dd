"""`dflow_database_service`: a database that dFlow itself runs on a Worker Node."""

from __future__ import annotations

from typing import ClassVar

from dflow_provider.resources import service_attributes
from dflow_provider.resources.validators import OneOf
from dflow_provider.schema import STRING, Attribute, ListOf, OnChange, Presence, Schema


class DatabaseService:
    """A database on the Environment's Worker Node."""

    schema: ClassVar[Schema] = Schema(
        "A Database service: a database that dFlow runs on the Environment's Worker Node. A database elsewhere is "
        "none of these; services reach it through their variables and its own firewall. Services of the same "
        "Environment use it through reference variables (`{{ <name>.POSTGRES_URI }}`). Its password and connection "
        "URL are never read into the state.\n\n"
        "Import by id or by `<environment name>/<service name>`: "
        "`terraform import dflow_database_service.cache shop-production/shop-production-cache`.",
        (
            service_attributes.ID,
            service_attributes.ENVIRONMENT_ID,
            service_attributes.NAME,
            service_attributes.DESCRIPTION,
            Attribute(
                "engine",
                STRING,
                Presence.REQUIRED,
                "What kind of database it is. It also decides the names of its reference variables (`MONGO_…` for "
                "`mongo`, `POSTGRES_…` for `postgres`). Another engine means a new, empty database.",
                on_change=OnChange.REPLACE,
                validators=(OneOf(("postgres", "mongo", "mysql", "mariadb", "redis", "clickhouse")),),
            ),
            Attribute(
                "internal_host",
                STRING,
                Presence.COMPUTED,
                "The host name that linked services on the same Worker Node reach it by, `dokku-<engine>-<name>`. "
                "Known at plan as soon as the name is.",
            ),
            Attribute(
                "username",
                STRING,
                Presence.COMPUTED,
                "The user name dFlow learnt when it deployed the database; null before the first deployment.",
            ),
            Attribute(
                "port",
                STRING,
                Presence.COMPUTED,
                "The port on `internal_host`, as dFlow learnt it when it deployed the database; null before the first "
                "deployment. Ports open to the internet are `exposed_ports`.",
            ),
            Attribute(
                "version",
                STRING,
                Presence.COMPUTED,
                "The engine's image and version, as dFlow learnt it when it deployed the database; null before the "
                "first deployment.",
            ),
            Attribute(
                "status",
                STRING,
                Presence.COMPUTED,
                "`running`, `missing` or `exited`, as of the last deployment, restart or stop; null before the first "
                "deployment.",
            ),
            Attribute(
                "exposed_ports",
                ListOf(STRING),
                Presence.COMPUTED,
                "Ports of the Worker Node on which the database answers the whole internet; empty unless somebody "
                "exposed it in dFlow's dashboard.",
            ),
            service_attributes.HARD_DELETE,
            service_attributes.CREATED_AT,
        ),
    )
