"""A Service that runs an image from a registry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dflow_bindings import DataService, DockerServicePorts
from dflow_bindings import DockerService as DockerServiceResource
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.existing import look_up_service
from dflow_constructs.port import check_port
from dflow_constructs.service import Service
from dflow_constructs.tokens import has_token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_constructs.environment import Environment
    from dflow_constructs.registry_account import RegistryAccount
    from dflow_constructs.variable import Variable


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


_COMPONENT = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_IMAGE = re.compile(
    rf"(?:[A-Za-z0-9.-]+(?::\d+)?/)?{_COMPONENT}(?:/{_COMPONENT})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?"
    r"(?:@sha256:[0-9a-f]{64})?"
)


class DockerService(Service):
    """A Service that runs an image.

    Args:
        environment: where it runs.
        id: its name within the Environment, at most 10 characters; in dFlow it is `<environment>-<id>`.
        image: the image with its tag, `ghcr.io/acme/worker:1.4.2`, or its digest, `ghcr.io/acme/worker@sha256:…`.
        ports: the ports the node's proxy answers on; a worker that nobody calls needs none.
        registry: the account that may pull the image; a public one needs none.
        docker_registry_id: the same as the dFlow id of an account that the program does not make.
        variables: variables of the service, besides those of its connections.
        name: the name to use in dFlow instead of the id.
        description: a note that dFlow shows; the stack's unless given, or who keeps it; empty text is for none.
        hard_delete: remove the Service for good on destroy; unless set, dFlow keeps it in its trash.
    """

    _resource: DockerServiceResource | DataService

    def __init__(  # noqa: PLR0913 - a Service has these settings
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        image: str,
        ports: Sequence[PublishedPort] = (),
        registry: RegistryAccount | None = None,
        docker_registry_id: str | None = None,
        variables: Mapping[str, Variable] | None = None,
        name: str | None = None,
        description: str | None = None,
        hard_delete: bool = False,
    ) -> None:
        super().__init__(environment, id, name=name)
        self._check_image(image)
        self._check_ports(ports)
        if registry is not None:
            docker_registry_id = self._account(image, registry, docker_registry_id)
        self._resource = DockerServiceResource(
            self,
            "Default",
            environment_id=environment.environment_id,
            name=self.name,
            description=environment.stack.description_of(self, description),
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
        self._begin_with(variables)

    @staticmethod
    def from_name(
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        name: str,
        *,
        variables: Mapping[str, Variable] | None = None,
    ) -> DockerService:
        """Take a Service that exists in an Environment, made in the dashboard or by another stack.

        It is left as it is but for its variables, and connects to databases as any other.

        Args:
            environment: where it runs.
            id: its name in the program.
            name: its full name in dFlow: `shop-production-web`; a Service of another type is an error when Terraform
                plans.
            variables: variables of the service, besides those of its connections and those it has already.
        """
        return _ExistingDockerService(environment, id, name, variables or {})

    @property
    def service_id(self) -> str:
        """The Service's id in dFlow, known once Terraform has created it."""
        return self._resource.id

    def _check_image(self, image: str) -> None:
        if has_token(image) or _IMAGE.fullmatch(image):
            return
        if "://" in image:
            raise ConfigurationError(
                self, f"image {image!r} is an address; leave the scheme out, image={image.partition('://')[2]!r}"
            )
        raise ConfigurationError(
            self,
            f"image {image!r} is no image name; write one with its tag, or with a digest of 64 digits, "
            'image="ghcr.io/acme/worker:1.4.2"; capital letters may stand in a tag only',
        )

    def _check_ports(self, ports: Sequence[PublishedPort]) -> None:
        taken: dict[int, PublishedPort] = {}
        for port in ports:
            if not isinstance(port, PublishedPort):
                raise ConfigurationError(  # a program without a type checker gets here
                    self, f"ports holds {port!r}; write the node's port and the container's, PublishedPort(80, 8080)"
                )
            other = taken.setdefault(port.host_port, port)
            if other is not port:
                raise ConfigurationError(
                    self,
                    f"the node's port {port.host_port} leads to both {other.container_port} and {port.container_port}; "
                    "give one of them another port of the node",
                )

    def _account(self, image: str, registry: RegistryAccount, docker_registry_id: str | None) -> str:
        if docker_registry_id is not None:
            raise ConfigurationError(
                self, "registry and docker_registry_id both name the account that pulls the image; leave one out"
            )
        if registry.stack is not self.environment.stack:
            raise ConfigurationError(
                self,
                f"{registry.node.path} is made in another stack; hand its id over as docker_registry_id, "
                "or make the account here",
            )
        if not has_token(image) and not registry.serves(image):
            raise ConfigurationError(
                self,
                f"image {image!r} does not come from {registry.registry.host}, where {registry.node.path} is an "
                f'account; write the registry into the name, image="{registry.registry.host}/…", or leave registry out',
            )
        return registry.account_id


class _ExistingDockerService(DockerService):
    def __init__(
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        name: str,
        variables: Mapping[str, Variable],
    ) -> None:
        Service.__init__(self, environment, id, name=None, full_name=name)
        self._resource = look_up_service(self, environment, name, "docker")
        self.add_variables(variables)
