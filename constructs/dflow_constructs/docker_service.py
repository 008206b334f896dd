"""A Service that runs an image from a registry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dflow_bindings import DockerService as DockerServiceResource
from dflow_bindings import DockerServicePorts
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.port import check_port
from dflow_constructs.service import Service

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_constructs.environment import Environment
    from dflow_constructs.secret import Secret


class Scheme(Enum):
    """What is spoken on a published port."""

    HTTP = "http"
    HTTPS = "https"


@dataclass(frozen=True)
class PublishedPort:
    """A port of the container that the node's proxy answers on."""

    host_port: int
    container_port: int
    scheme: Scheme = Scheme.HTTP

    def __post_init__(self) -> None:
        for port in (self.host_port, self.container_port):
            check_port(f"PublishedPort({self.host_port}, {self.container_port})", port)


class DockerService(Service):
    """A Service that runs an image.

    Args:
        environment: where it runs.
        id: its name within the Environment, at most 10 characters; in dFlow it is `<environment>-<id>`.
        image: the image with its tag, `ghcr.io/acme/worker:1.4.2`.
        ports: the ports the node's proxy answers on; a worker that nobody calls needs none.
        docker_registry_id: the dFlow id of the registry account that may pull the image; a public one needs none.
        variables: variables of the service, besides those of its connections.
        name: the name to use in dFlow instead of the id.
        description: a note that dFlow shows.
        hard_delete: remove the Service for good on destroy; unless set, dFlow keeps it in its trash.
    """

    def __init__(  # noqa: PLR0913 - a Service has these settings
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        image: str,
        ports: Sequence[PublishedPort] = (),
        docker_registry_id: str | None = None,
        variables: Mapping[str, str | Secret] | None = None,
        name: str | None = None,
        description: str | None = None,
        hard_delete: bool = False,
    ) -> None:
        super().__init__(environment, id, name=name)
        if not image.strip() or any(character.isspace() for character in image):
            raise ConfigurationError(
                self, f'image {image!r} is no image name; write one with its tag, image="ghcr.io/acme/worker:1.4.2"'
            )
        self._resource = DockerServiceResource(
            self,
            "Default",
            environment_id=environment.environment_id,
            name=self.name,
            description=description,
            image=image,
            docker_registry_id=docker_registry_id,
            ports=[
                DockerServicePorts(
                    host_port=port.host_port, container_port=port.container_port, scheme=port.scheme.value
                )
                for port in ports
            ]
            or None,
            hard_delete=hard_delete or None,
        )
        self.add_variables(variables or {})

    @property
    def service_id(self) -> str:
        """The Service's id in dFlow, known once Terraform has created it."""
        return self._resource.id
