"""`dflow_docker_service`: an application that dFlow runs from a ready-made image."""

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
from dflow_provider.resources.validators import ImageReference, NotBlank, OneOf, PortNumber
from dflow_provider.schema import NUMBER, STRING, Attribute, Nested, NestingMode, Presence, Schema, is_known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.services import ServiceDocument
    from dflow_provider.schema import Call, Path, Report, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "name": ("name",),
        "description": ("description",),
        "project": ("environment_id",),
        "dockerDetails.url": ("image",),
        "dockerDetails.account": ("docker_registry_id",),
        "dockerDetails.ports": ("ports",),
    }
)
_RELATIONS = MappingProxyType(
    {
        "project": Relation("Environment", ("environment_id",)),
        "dockerDetails.account": Relation("docker registry", ("docker_registry_id",)),
    }
)


class DockerService:
    """A service run from an image."""

    schema: ClassVar[Schema] = Schema(
        "A Docker service: dFlow pulls a ready-made image and runs it on the Environment's Worker Node. To build "
        "from a Git repository use `dflow_app_service`. Its variables are `dflow_service_variables`; a deployment "
        "still starts from dFlow's dashboard.\n\n"
        "Import by id or by `<environment name>/<service name>`: "
        "`terraform import dflow_docker_service.worker shop-production/shop-production-worker`.",
        (
            service_attributes.ID,
            service_attributes.ENVIRONMENT_ID,
            service_attributes.NAME,
            service_attributes.DESCRIPTION,
            Attribute(
                "image",
                STRING,
                Presence.REQUIRED,
                "The image with its registry and tag or digest, as `docker pull` takes it "
                "(`ghcr.io/acme/worker:1.4.2`).",
                validators=(ImageReference(),),
            ),
            Attribute(
                "docker_registry_id",
                STRING,
                Presence.OPTIONAL,
                "Id of the docker registry account in dFlow that may pull the image. Left out, the image is public.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "ports",
                Nested(
                    NestingMode.LIST,
                    (
                        Attribute(
                            "host_port",
                            NUMBER,
                            Presence.REQUIRED,
                            "The port that dFlow's proxy opens on the Worker Node.",
                            validators=(PortNumber(),),
                        ),
                        Attribute(
                            "container_port",
                            NUMBER,
                            Presence.REQUIRED,
                            "The port that the program listens on inside its container.",
                            validators=(PortNumber(),),
                        ),
                        Attribute(
                            "scheme",
                            STRING,
                            Presence.OPTIONAL_COMPUTED,
                            "What the proxy speaks on `host_port`. By default `http`.",
                            default="http",
                            validators=(OneOf(("http", "https")),),
                        ),
                    ),
                ),
                Presence.OPTIONAL,
                "Ports that the proxy forwards to the container. Left out, the service is reached by nobody from "
                "outside, as fits a worker.",
            ),
            service_attributes.HARD_DELETE,
            service_attributes.CREATED_AT,
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse two forwards of one port, of which the node's proxy takes the last."""
        seen: dict[tuple[Value, Value], int] = {}
        for index, port in enumerate(config["ports"] if isinstance(config["ports"], list) else []):
            if not isinstance(port, dict) or not is_known([port["scheme"], port["host_port"]]):
                continue
            scheme = "http" if port["scheme"] is None else port["scheme"]
            if (first := seen.setdefault((scheme, port["host_port"]), index)) != index:
                report.error(
                    "Port is forwarded twice",
                    f"The ports {first} and {index} both have the host_port {port['host_port']} for {scheme}. The "
                    f"Worker Node's proxy can forward it to one port of the container; remove one or change its "
                    f"host_port.",
                    ("ports", index, "host_port"),
                )

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the service as it is now; one in dFlow's trash is gone."""
        document = read_service(self._backend, state, call)
        return None if document is None else _DockerService.from_api(document).to_values(state)

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Make the service, or finish what an interrupted create of it began."""
        request = _DockerService.from_plan(plan).to_create_request()
        with naming_wrong_ids(self._backend.control_plane, plan, _RELATIONS, _PATHS):
            document = create_service(self._backend, plan, request, call)
        return settled(self.schema, plan, _DockerService.from_api(document).to_values(plan), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Change the service in place; the next deployment runs it."""
        request = _DockerService.from_plan(plan).to_update_request()
        with naming_wrong_ids(self._backend.control_plane, plan, _RELATIONS, _PATHS):
            document = update_service(self._backend, prior, request, call)
        return settled(self.schema, plan, _DockerService.from_api(document).to_values(plan), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the service into dFlow's trash, or with `hard_delete` remove it."""
        delete_service(self._backend, state, call)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the service by its id or by `<environment name>/<service name>`."""
        document = of_type("docker", service_for(self._backend.control_plane.during(call.stop.wait), import_id))
        return _DockerService.from_api(document).to_values({"hard_delete": False, "ports": None})


@dataclass(frozen=True)
class _DockerService:
    id: Value
    environment_id: Value
    name: Value
    description: Value
    image: Value
    docker_registry_id: Value
    ports: tuple[Values, ...]
    created_at: Value

    @classmethod
    def from_api(cls, document: ServiceDocument) -> Self:
        details = document.get("dockerDetails") or {}
        return cls(
            id=document["id"],
            environment_id=document.get("project"),
            name=document["name"],
            description=document.get("description"),
            image=details.get("url"),
            docker_registry_id=details.get("account"),
            ports=tuple(
                {
                    "host_port": port["hostPort"],
                    "container_port": port["containerPort"],
                    "scheme": port.get("scheme", "http"),
                }
                for port in details.get("ports") or []
            ),
            created_at=document["createdAt"],
        )

    @classmethod
    def from_plan(cls, plan: Values) -> Self:
        ports = plan["ports"]
        return cls(
            id=plan["id"],
            environment_id=plan["environment_id"],
            name=plan["name"],
            description=plan["description"],
            image=plan["image"],
            docker_registry_id=plan["docker_registry_id"],
            ports=tuple(port for port in ports if isinstance(port, dict)) if isinstance(ports, list) else (),
            created_at=plan["created_at"],
        )

    def to_create_request(self) -> dict[str, object]:
        return {"type": "docker", "project": self.environment_id, "name": self.name, **self.to_update_request()}

    def to_update_request(self) -> dict[str, object]:
        return {
            "description": self.description,
            "dockerDetails": {
                "url": self.image,
                "account": self.docker_registry_id,
                "ports": [
                    {
                        "hostPort": port["host_port"],
                        "containerPort": port["container_port"],
                        "scheme": port["scheme"],
                    }
                    for port in self.ports
                ],
            },
        }

    def to_values(self, beside: Values) -> Values:
        """Return the state; `beside` has what dFlow does not keep, and whether no ports is null or an empty list."""
        return {
            "id": self.id,
            "environment_id": self.environment_id,
            "name": self.name,
            "description": self.description,
            "image": self.image,
            "docker_registry_id": self.docker_registry_id,
            "ports": list(self.ports) if self.ports or beside["ports"] == [] else None,
            "hard_delete": beside["hard_delete"],
            "created_at": self.created_at,
        }
