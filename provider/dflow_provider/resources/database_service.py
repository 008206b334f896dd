"""`dflow_database_service`: a database that dFlow itself runs on a Worker Node."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources import service_attributes
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.import_ids import service_for
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.relations import Relation, naming_wrong_ids
from dflow_provider.resources.service_life import create_service, delete_service, of_type, read_service, update_service
from dflow_provider.resources.validators import OneOf
from dflow_provider.schema import STRING, Attribute, ListOf, OnChange, Presence, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.services import ServiceDocument
    from dflow_provider.schema import Call, Path, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "name": ("name",),
        "description": ("description",),
        "project": ("environment_id",),
        "databaseDetails.type": ("engine",),
    }
)
_RELATIONS = MappingProxyType(
    {
        "project": Relation("Environment", ("environment_id",)),
    }
)


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

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Foretell the host name, so that whoever uses it is planned with it."""
        engine, name = planned["engine"], planned["name"]
        if isinstance(engine, str) and isinstance(name, str):
            planned["internal_host"] = internal_host(engine, name)
        return ()

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the service as it is now; one in dFlow's trash is gone."""
        document = read_service(self._backend, state, call)
        return None if document is None else _DatabaseService.from_api(document).to_values(state["hard_delete"])

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Make the service, or finish what an interrupted create of it began."""
        request = {
            "type": "database",
            "project": plan["environment_id"],
            "name": plan["name"],
            "description": plan["description"],
            "databaseDetails": {"type": plan["engine"]},
        }
        with naming_wrong_ids(self._backend.control_plane, plan, _RELATIONS, _PATHS):
            document = create_service(self._backend, plan, request, call)
        return settled(self.schema, plan, _DatabaseService.from_api(document).to_values(plan["hard_delete"]), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Describe the service anew; everything else about a database is fixed or learnt."""
        document = update_service(self._backend, prior, {"description": plan["description"]}, call)
        return settled(self.schema, plan, _DatabaseService.from_api(document).to_values(plan["hard_delete"]), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the service into dFlow's trash, or with `hard_delete` remove it."""
        delete_service(self._backend, state, call)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the service by its id or by `<environment name>/<service name>`."""
        document = of_type("database", service_for(self._backend.control_plane.during(call.stop.wait), import_id))
        return _DatabaseService.from_api(document).to_values(hard_delete=False)


@dataclass(frozen=True)
class _DatabaseService:
    id: str
    environment_id: str | None
    name: str
    description: str | None
    engine: str | None
    username: str | None
    port: str | None
    version: str | None
    status: str | None
    exposed_ports: tuple[str, ...]
    created_at: str

    @classmethod
    def from_api(cls, document: ServiceDocument) -> Self:
        details = document.get("databaseDetails") or {}
        return cls(
            id=document["id"],
            environment_id=document.get("project"),
            name=document["name"],
            description=document.get("description"),
            engine=details.get("type"),
            username=details.get("username"),
            port=details.get("port"),
            version=details.get("version"),
            status=details.get("status"),
            exposed_ports=tuple(details.get("exposedPorts") or ()),
            created_at=document["createdAt"],
        )

    def to_values(self, hard_delete: Value) -> Values:
        return {
            "id": self.id,
            "environment_id": self.environment_id,
            "name": self.name,
            "description": self.description,
            "engine": self.engine,
            "internal_host": internal_host(self.engine, self.name) if self.engine is not None else None,
            "username": self.username,
            "port": self.port,
            "version": self.version,
            "status": self.status,
            "exposed_ports": list(self.exposed_ports),
            "hard_delete": hard_delete,
            "created_at": self.created_at,
        }


def internal_host(engine: str, name: str) -> str:
    """Return the name that the node's network gives a database's container."""
    return f"dokku-{engine}-{name}"
