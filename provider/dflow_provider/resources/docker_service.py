"""`dflow_docker_service`: an application that dFlow runs from a ready-made image."""

from __future__ import annotations

from typing import ClassVar

from dflow_provider.resources import service_attributes
from dflow_provider.resources.validators import NotBlank, OneOf, PortNumber
from dflow_provider.schema import NUMBER, STRING, Attribute, Nested, NestingMode, Presence, Schema


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
                validators=(NotBlank(),),
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
