"""An account at a registry, with which dFlow pulls private images."""

from __future__ import annotations

from enum import Enum

import constructs

from dflow_bindings import DockerRegistry as DockerRegistryResource
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.secret import Secret
from dflow_constructs.secret_version import secret_version
from dflow_constructs.variable_value import SecretPiece


class Registry(Enum):
    """A registry that dFlow knows; there are no others."""

    DOCKER_HUB = "docker"
    GITHUB = "github"
    DIGITALOCEAN = "digitalocean"
    QUAY = "quay"

    @property
    def host(self) -> str:
        """What the names of its images begin with."""
        return _HOSTS[self]


_HOSTS = {
    Registry.DOCKER_HUB: "docker.io",
    Registry.GITHUB: "ghcr.io",
    Registry.DIGITALOCEAN: "registry.digitalocean.com",
    Registry.QUAY: "quay.io",
}


class RegistryAccount(constructs.Construct):
    """An account at a registry.

    dFlow stores it without trying it: a wrong password shows as a failed deployment.

    Args:
        scope: a `DflowStack`, or a construct in one.
        id: its name in the program.
        registry: the registry.
        username: the user name there.
        password: the password, or better a token that may only pull.
        name: the name in dFlow; the id unless given.
        hard_delete: remove the account for good on destroy; unless set, dFlow keeps it in its trash.
    """

    def __init__(
        self,
        scope: constructs.Construct,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        registry: Registry,
        username: str,
        password: Secret,
        name: str | None = None,
        hard_delete: bool = False,
    ) -> None:
        super().__init__(scope, id)
        self.stack = DflowStack.around(self, scope)
        self.registry = registry
        if not isinstance(password, Secret):
            raise ConfigurationError(  # a program without a type checker gets here
                self,
                "password is not a Secret, and would be readable in the program, its output and the state; "
                'put it in an environment variable and pass password=Secret.from_environment("REGISTRY_TOKEN")',
            )
        self._resource = DockerRegistryResource(
            self,
            "Default",
            name=id if name is None else name,
            type=registry.value,
            username=username,
            password_wo=self.stack.reveal(SecretPiece(password)),
            password_wo_version=secret_version(password),
            hard_delete=hard_delete or None,
        )

    @property
    def account_id(self) -> str:
        """The account's id in dFlow, known once Terraform has created it."""
        return self._resource.id

    def serves(self, image: str) -> bool:
        """Say whether an image of that name comes from the account's registry."""
        first, slash, _ = image.partition("/")
        named = bool(slash) and ("." in first or ":" in first or first == "localhost")
        return (first if named else Registry.DOCKER_HUB.host) == self.registry.host
