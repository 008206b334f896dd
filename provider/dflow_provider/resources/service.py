"""`data.dflow_service`: a service of any type that exists already."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.database_service import internal_host
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.git_host import GitHost
from dflow_provider.resources.import_ids import service_for
from dflow_provider.resources.record_lookup import check_one_of, record_with_id
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import NUMBER, STRING, Attribute, ListOf, Nested, NestingMode, Presence, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.services import ServiceDocument
    from dflow_provider.schema import Call, Report, Type, Value, Values


def _learnt(name: str, type_: Type | Nested, description: str) -> Attribute:
    return Attribute(name, type_, Presence.COMPUTED, description)


class Service:
    """One service."""

    schema: ClassVar[Schema] = Schema(
        "A service that exists already, made in the dashboard or by another configuration. Its variables, tokens and "
        "passwords are not part of it; for those of a database use the ephemeral `dflow_database_credentials`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The service's id in dFlow. Give this, or `name` together with `environment`.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "name",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The service's full name in dFlow (`shop-production-web`), together with `environment`.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "environment",
                STRING,
                Presence.OPTIONAL,
                "Name or id of the Environment that the service of that `name` is in. Its id comes back as "
                "`environment_id`.",
                validators=(NotBlank(),),
            ),
            _learnt("environment_id", STRING, "Id of the Environment the service is in."),
            _learnt("type", STRING, "What it is: `app`, `docker` or `database`; that decides which part below is set."),
            _learnt("description", STRING, "Free text beside the name; null where there is none."),
            _learnt(
                "app",
                Nested(
                    NestingMode.SINGLE,
                    (
                        _learnt("builder", STRING, "What turns the code into an image."),
                        _learnt("port", NUMBER, "The port that the application listens on inside its container."),
                        _learnt(
                            "provider",
                            STRING,
                            "Who hosts the repository; null, as all below, while no source was chosen.",
                        ),
                        _learnt("repository", STRING, "The repository: for `github` its name, else the clone URL."),
                        _learnt("owner", STRING, "Who owns the repository."),
                        _learnt("branch", STRING, "The branch that is built."),
                        _learnt("build_path", STRING, "The folder inside the repository that is built."),
                        _learnt("git_provider_id", STRING, "Id of the GitHub App that reads it; null without one."),
                    ),
                ),
                "What an App service is built from; null for every other type.",
            ),
            _learnt(
                "docker",
                Nested(
                    NestingMode.SINGLE,
                    (
                        _learnt("image", STRING, "The image with its registry and tag."),
                        _learnt("docker_registry_id", STRING, "Id of the account that pulls it; null for none."),
                        _learnt(
                            "ports",
                            Nested(
                                NestingMode.LIST,
                                (
                                    _learnt("host_port", NUMBER, "The port of the Worker Node."),
                                    _learnt("container_port", NUMBER, "The port inside the container."),
                                    _learnt("scheme", STRING, "`http` or `https`."),
                                ),
                            ),
                            "Ports that the proxy forwards; empty for none.",
                        ),
                    ),
                ),
                "What a Docker service runs; null for every other type.",
            ),
            _learnt(
                "database",
                Nested(
                    NestingMode.SINGLE,
                    (
                        _learnt("engine", STRING, "What kind of database it is."),
                        _learnt("internal_host", STRING, "The host name on the Worker Node's own network."),
                        _learnt("username", STRING, "The user name; null, as all below, before the first deployment."),
                        _learnt("port", STRING, "The port on `internal_host`."),
                        _learnt("version", STRING, "The engine's image and version."),
                        _learnt("status", STRING, "`running`, `missing` or `exited`, as of the last deployment."),
                        _learnt("exposed_ports", ListOf(STRING), "Ports open to the internet; empty for none."),
                    ),
                ),
                "What a Database service is; null for every other type.",
            ),
            _learnt("created_at", STRING, "When dFlow made the service, as an RFC 3339 time in UTC."),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a question about no service, about two, and by half a name."""
        check_one_of(config, report, ("id", "name"), "which service is meant")
        if (config["name"] is None) != (config["environment"] is None):
            there, missing = ("name", "environment") if config["environment"] is None else ("environment", "name")
            report.error(
                "Service is named by half",
                f"{there} is set and {missing} is not. A service is found by both together, or by its id alone.",
                (missing,),
            )

    @explaining()
    def read(self, config: Values, call: Call) -> Values:
        """Find the service."""
        dflow = self._backend.control_plane.during(call.stop.wait)
        if config["id"] is not None:
            document = record_with_id(dflow, dflow.services, str(config["id"]), ("id",))
        else:
            document = service_for(dflow, f"{config['environment']}/{config['name']}")
        type_ = document["type"]
        return {
            "id": document["id"],
            "name": document["name"],
            "environment": config["environment"],
            "environment_id": document.get("project"),
            "type": type_,
            "description": document.get("description"),
            "app": _app(document) if type_ == "app" else None,
            "docker": _docker(document) if type_ == "docker" else None,
            "database": _database(document) if type_ == "database" else None,
            "created_at": document["createdAt"],
        }


def _app(document: ServiceDocument) -> Values:
    host = GitHost.of(document)
    settings = host.settings(document) if host is not None else {}
    return {
        "builder": document.get("builder"),
        "port": settings.get("port"),
        "provider": host.value if host is not None else None,
        "repository": settings.get("repository"),
        "owner": settings.get("owner"),
        "branch": settings.get("branch"),
        "build_path": settings.get("buildPath"),
        "git_provider_id": document.get("provider"),
    }


def _docker(document: ServiceDocument) -> Values:
    details = document.get("dockerDetails") or {}
    ports: list[Value] = [
        {"host_port": port["hostPort"], "container_port": port["containerPort"], "scheme": port.get("scheme", "http")}
        for port in details.get("ports") or []
    ]
    return {"image": details.get("url"), "docker_registry_id": details.get("account"), "ports": ports}


def _database(document: ServiceDocument) -> Values:
    details = document.get("databaseDetails") or {}
    engine = details.get("type")
    return {
        "engine": engine,
        "internal_host": internal_host(engine, document["name"]) if engine is not None else None,
        "username": details.get("username"),
        "port": details.get("port"),
        "version": details.get("version"),
        "status": details.get("status"),
        "exposed_ports": [*(details.get("exposedPorts") or ())],
    }
