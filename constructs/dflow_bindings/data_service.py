# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs
from dflow_cdk import reference as _reference


class DataServiceAppReference(_reference.ObjectReference):
    """A reference to `app`."""

    @property
    def branch(self) -> str:
        """A reference to `branch`: `string`, computed.

        The branch that is built.
        """
        return self.get_string_attribute('branch')

    @property
    def build_path(self) -> str:
        """A reference to `build_path`: `string`, computed.

        The folder inside the repository that is built.
        """
        return self.get_string_attribute('build_path')

    @property
    def builder(self) -> str:
        """A reference to `builder`: `string`, computed.

        What turns the code into an image.
        """
        return self.get_string_attribute('builder')

    @property
    def git_provider_id(self) -> str:
        """A reference to `git_provider_id`: `string`, computed.

        Id of the GitHub App that reads it; null without one.
        """
        return self.get_string_attribute('git_provider_id')

    @property
    def owner(self) -> str:
        """A reference to `owner`: `string`, computed.

        Who owns the repository.
        """
        return self.get_string_attribute('owner')

    @property
    def port(self) -> float:
        """A reference to `port`: `number`, computed.

        The port that the application listens on inside its container.
        """
        return self.get_number_attribute('port')

    @property
    def provider(self) -> str:
        """A reference to `provider`: `string`, computed.

        Who hosts the repository; null, as all below, while no source was chosen.
        """
        return self.get_string_attribute('provider')

    @property
    def repository(self) -> str:
        """A reference to `repository`: `string`, computed.

        The repository: for `github` its name, else the clone URL.
        """
        return self.get_string_attribute('repository')


class DataServiceDatabaseReference(_reference.ObjectReference):
    """A reference to `database`."""

    @property
    def engine(self) -> str:
        """A reference to `engine`: `string`, computed.

        What kind of database it is.
        """
        return self.get_string_attribute('engine')

    @property
    def exposed_ports(self) -> list[str]:
        """A reference to `exposed_ports`: `list(string)`, computed.

        Ports open to the internet; empty for none.
        """
        return self.get_list_attribute('exposed_ports')

    @property
    def internal_host(self) -> str:
        """A reference to `internal_host`: `string`, computed.

        The host name on the Worker Node's own network.
        """
        return self.get_string_attribute('internal_host')

    @property
    def port(self) -> str:
        """A reference to `port`: `string`, computed.

        The port on `internal_host`.
        """
        return self.get_string_attribute('port')

    @property
    def status(self) -> str:
        """A reference to `status`: `string`, computed.

        `running`, `missing` or `exited`, as of the last deployment.
        """
        return self.get_string_attribute('status')

    @property
    def username(self) -> str:
        """A reference to `username`: `string`, computed.

        The user name; null, as all below, before the first deployment.
        """
        return self.get_string_attribute('username')

    @property
    def version(self) -> str:
        """A reference to `version`: `string`, computed.

        The engine's image and version.
        """
        return self.get_string_attribute('version')


class DataServiceDockerReference(_reference.ObjectReference):
    """A reference to `docker`."""

    @property
    def docker_registry_id(self) -> str:
        """A reference to `docker_registry_id`: `string`, computed.

        Id of the account that pulls it; null for none.
        """
        return self.get_string_attribute('docker_registry_id')

    @property
    def image(self) -> str:
        """A reference to `image`: `string`, computed.

        The image with its registry and tag.
        """
        return self.get_string_attribute('image')

    @property
    def ports(self) -> _reference.ListReference[DataServiceDockerPortsReference]:
        """A reference to `ports`: `list(object)`, computed.

        Ports that the proxy forwards; empty for none.
        """
        return _reference.ListReference(self, 'ports', DataServiceDockerPortsReference)


class DataServiceDockerPortsReference(_reference.ObjectReference):
    """A reference to `docker.ports`."""

    @property
    def container_port(self) -> float:
        """A reference to `container_port`: `number`, computed.

        The port inside the container.
        """
        return self.get_number_attribute('container_port')

    @property
    def host_port(self) -> float:
        """A reference to `host_port`: `number`, computed.

        The port of the Worker Node.
        """
        return self.get_number_attribute('host_port')

    @property
    def scheme(self) -> str:
        """A reference to `scheme`: `string`, computed.

        `http` or `https`.
        """
        return self.get_string_attribute('scheme')


DataServiceInputs = _typing.TypedDict(
    'DataServiceInputs',
    {'environment': 'str', 'id': 'str', 'name': 'str'},
    total=False,
)


class DataService(_element.DataSource):
    """The data source `dflow_service` of Terraform.

    A service that exists already, made in the dashboard or by another configuration. Its variables, tokens and passwords are not part of it; for those of a database use the ephemeral `dflow_database_credentials`.

    Args:
        environment: `string`, optional. Name or id of the Environment that the service of that `name` is in. Its id comes back as `environment_id`.
        id: `string`, optional, computed if not given. The service's id in dFlow. Give this, or `name` together with `environment`.
        name: `string`, optional, computed if not given. The service's full name in dFlow (`shop-production-web`), together with `environment`.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_service'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'environment': _inputs.Kind.STRING,
        'id': _inputs.Kind.STRING,
        'name': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        environment: str | None = None,
        id: str | None = None,
        name: str | None = None,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'environment': environment, 'id': id, 'name': name},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataServiceInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataServiceInputs, self._inputs)

    @property
    def app(self) -> DataServiceAppReference:
        """A reference to `app`: `object`, computed.

        What an App service is built from; null for every other type.
        """
        return DataServiceAppReference(self, 'app')

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow made the service, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def database(self) -> DataServiceDatabaseReference:
        """A reference to `database`: `object`, computed.

        What a Database service is; null for every other type.
        """
        return DataServiceDatabaseReference(self, 'database')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, computed.

        Free text beside the name; null where there is none.
        """
        return self.get_string_attribute('description')

    @property
    def docker(self) -> DataServiceDockerReference:
        """A reference to `docker`: `object`, computed.

        What a Docker service runs; null for every other type.
        """
        return DataServiceDockerReference(self, 'docker')

    @property
    def environment(self) -> str:
        """A reference to `environment`: `string`, optional.

        Name or id of the Environment that the service of that `name` is in. Its id comes back as `environment_id`.
        """
        return self.get_string_attribute('environment')

    @property
    def environment_id(self) -> str:
        """A reference to `environment_id`: `string`, computed.

        Id of the Environment the service is in.
        """
        return self.get_string_attribute('environment_id')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, optional, computed if not given.

        The service's id in dFlow. Give this, or `name` together with `environment`.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, optional, computed if not given.

        The service's full name in dFlow (`shop-production-web`), together with `environment`.
        """
        return self.get_string_attribute('name')

    @property
    def type(self) -> str:
        """A reference to `type`: `string`, computed.

        What it is: `app`, `docker` or `database`; that decides which part below is set.
        """
        return self.get_string_attribute('type')
