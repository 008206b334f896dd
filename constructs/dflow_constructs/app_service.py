"""A Service that dFlow builds from source code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_bindings import AppService as AppServiceResource
from dflow_bindings import AppServiceSource, DataService
from dflow_constructs.builder import Builder
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.existing import look_up_service
from dflow_constructs.port import check_port
from dflow_constructs.secret_version import secret_version
from dflow_constructs.service import Service
from dflow_constructs.source import Source
from dflow_constructs.variable_value import SecretPiece

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.environment import Environment
    from dflow_constructs.variable import Variable


class AppService(Service):
    """A Service built from a Git repository.

    Args:
        environment: where it runs.
        id: its name within the Environment, at most 10 characters; in dFlow it is `<environment>-<id>`.
        source: the branch to build: `GitHub`, `GitLab`, `Bitbucket`, `AzureDevOps` or `Gitea`.
        builder: how an image is made of it.
        port: the port the program listens on.
        variables: variables of the service, besides those of its connections.
        name: the name to use in dFlow instead of the id.
        description: a note that dFlow shows; the stack's unless given, or who keeps it; empty text is for none.
        hard_delete: remove the Service for good on destroy; unless set, dFlow keeps it in its trash.
    """

    _resource: AppServiceResource | DataService

    def __init__(  # noqa: PLR0913 - a Service has these settings
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        *,
        source: Source,
        builder: Builder = Builder.BUILDPACKS,
        port: int = 3000,
        variables: Mapping[str, Variable] | None = None,
        name: str | None = None,
        description: str | None = None,
        hard_delete: bool = False,
    ) -> None:
        super().__init__(environment, id, name=name)
        check_port(self, port)
        if not isinstance(builder, Builder):  # a program without a type checker gets here
            raise ConfigurationError(
                self, f"builder is {builder!r}; choose from {', '.join(f'Builder.{each.name}' for each in Builder)}"
            )
        if not isinstance(source, Source):
            raise ConfigurationError(
                self, f'source is {source!r}; say where the code is, source=GitHub("acme/shop", branch="main")'
            )
        token = source.token
        self._resource = AppServiceResource(
            self,
            "Default",
            environment_id=environment.environment_id,
            name=self.name,
            description=environment.stack.description_of(self, description),
            source=AppServiceSource(
                provider=source.provider,
                owner=source.owner,
                repository=source.repository,
                branch=source.branch,
                build_path=source.build_path,
                git_provider_id=source.git_provider_id,
            ),
            builder=builder.value,
            port=port,
            git_token_wo=None if token is None else environment.stack.reveal(SecretPiece(token)),
            git_token_wo_version=None if token is None else secret_version(token),
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
    ) -> AppService:
        """Take a Service that exists in an Environment, made in the dashboard or by another stack.

        It is left as it is but for its variables, and connects to databases as any other.

        Args:
            environment: where it runs.
            id: its name in the program.
            name: its full name in dFlow: `shop-production-web`; a Service of another type is an error when Terraform
                plans.
            variables: variables of the service, besides those of its connections and those it has already.
        """
        return _ExistingAppService(environment, id, name, variables or {})

    @property
    def service_id(self) -> str:
        """The Service's id in dFlow, known once Terraform has created it."""
        return self._resource.id


class _ExistingAppService(AppService):
    def __init__(
        self,
        environment: Environment,
        id: str,  # noqa: A002 - the CDK's name for it
        name: str,
        variables: Mapping[str, Variable],
    ) -> None:
        Service.__init__(self, environment, id, name=None, full_name=name)
        self._resource = look_up_service(self, environment, name, "app")
        self.add_variables(variables)
