# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import dataclasses as _dataclasses
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs
from dflow_cdk import reference as _reference


@_dataclasses.dataclass(frozen=True, kw_only=True)
class DockerServicePorts(_inputs.Nested):
    """A nested object of `ports`.

    Ports that the proxy forwards to the container. Left out, the service is reached by nobody from outside, as fits a worker.

    Args:
        container_port: `number`, required. The port that the program listens on inside its container.
        host_port: `number`, required. The port that dFlow's proxy opens on the Worker Node.
        scheme: `string`, optional, computed if not given. What the proxy speaks on `host_port`. By default `http`.
    """

    container_port: float
    host_port: float
    scheme: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'container_port': ('container_port', _inputs.Kind.NUMBER),
        'host_port': ('host_port', _inputs.Kind.NUMBER),
        'scheme': ('scheme', _inputs.Kind.STRING),
    }


class DockerServicePortsReference(_reference.ObjectReference):
    """A reference to `ports`."""

    @property
    def container_port(self) -> float:
        """A reference to `container_port`: `number`, required.

        The port that the program listens on inside its container.
        """
        return self.get_number_attribute('container_port')

    @property
    def host_port(self) -> float:
        """A reference to `host_port`: `number`, required.

        The port that dFlow's proxy opens on the Worker Node.
        """
        return self.get_number_attribute('host_port')

    @property
    def scheme(self) -> str:
        """A reference to `scheme`: `string`, optional, computed if not given.

        What the proxy speaks on `host_port`. By default `http`.
        """
        return self.get_string_attribute('scheme')


DockerServiceInputs = _typing.TypedDict(
    'DockerServiceInputs',
    {
        'description': 'str',
        'docker_registry_id': 'str',
        'environment_id': 'str',
        'hard_delete': 'bool | _cdk.IResolvable',
        'image': 'str',
        'name': 'str',
        'ports': '_abc.Sequence[DockerServicePorts | _cdk.IResolvable] | _cdk.IResolvable',
    },
    total=False,
)


class DockerService(_element.Resource):
    """The managed resource `dflow_docker_service` of Terraform.

    A Docker service: dFlow pulls a ready-made image and runs it on the Environment's Worker Node. To build from a Git repository use `dflow_app_service`. Its variables are `dflow_service_variables`; a deployment still starts from dFlow's dashboard.

    Import by id or by `<environment name>/<service name>`: `terraform import dflow_docker_service.worker shop-production/shop-production-worker`.

    Args:
        environment_id: `string`, required. Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service runs. dFlow keeps a service where it was made, so another Environment means a new service.
        image: `string`, required. The image with its registry and tag or digest, as `docker pull` takes it (`ghcr.io/acme/worker:1.4.2`).
        name: `string`, required. The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it (`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name (`shop-production-web`). The name is also the application's name on the node, so another name means a new service.
        description: `string`, optional. Free text that dFlow's dashboard shows beside the service. Left out, there is none.
        docker_registry_id: `string`, optional. Id of the docker registry account in dFlow that may pull the image. Left out, the image is public.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. Neither stops what already runs on the Worker Node.
        ports: `list(object)`, optional. Ports that the proxy forwards to the container. Left out, the service is reached by nobody from outside, as fits a worker.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_docker_service'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'description': _inputs.Kind.STRING,
        'docker_registry_id': _inputs.Kind.STRING,
        'environment_id': _inputs.Kind.STRING,
        'hard_delete': _inputs.Kind.BOOL,
        'image': _inputs.Kind.STRING,
        'name': _inputs.Kind.STRING,
        'ports': _inputs.Kind.LIST,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        environment_id: str,
        image: str,
        name: str,
        description: str | None = None,
        docker_registry_id: str | None = None,
        hard_delete: bool | _cdk.IResolvable | None = None,
        ports: _abc.Sequence[DockerServicePorts | _cdk.IResolvable] | _cdk.IResolvable | None = None,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={
                'environment_id': environment_id,
                'image': image,
                'name': name,
                'description': description,
                'docker_registry_id': docker_registry_id,
                'hard_delete': hard_delete,
                'ports': ports,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DockerServiceInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DockerServiceInputs, self._inputs)

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow made the service, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        Free text that dFlow's dashboard shows beside the service. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def docker_registry_id(self) -> str:
        """A reference to `docker_registry_id`: `string`, optional.

        Id of the docker registry account in dFlow that may pull the image. Left out, the image is public.
        """
        return self.get_string_attribute('docker_registry_id')

    @property
    def environment_id(self) -> str:
        """A reference to `environment_id`: `string`, required.

        Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service runs. dFlow keeps a service where it was made, so another Environment means a new service.
        """
        return self.get_string_attribute('environment_id')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. Neither stops what already runs on the Worker Node.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The service's id in dFlow. It stays the same while the service exists; references between services use `name`.
        """
        return self.get_string_attribute('id')

    @property
    def image(self) -> str:
        """A reference to `image`: `string`, required.

        The image with its registry and tag or digest, as `docker pull` takes it (`ghcr.io/acme/worker:1.4.2`).
        """
        return self.get_string_attribute('image')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it (`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name (`shop-production-web`). The name is also the application's name on the node, so another name means a new service.
        """
        return self.get_string_attribute('name')

    @property
    def ports(self) -> _reference.ListReference[DockerServicePortsReference]:
        """A reference to `ports`: `list(object)`, optional.

        Ports that the proxy forwards to the container. Left out, the service is reached by nobody from outside, as fits a worker.
        """
        return _reference.ListReference(self, 'ports', DockerServicePortsReference)
