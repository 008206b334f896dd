# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


DatabaseServiceInputs = _typing.TypedDict(
    'DatabaseServiceInputs',
    {
        'description': 'str',
        'engine': 'str',
        'environment_id': 'str',
        'hard_delete': 'bool | _cdk.IResolvable',
        'name': 'str',
    },
    total=False,
)


class DatabaseService(_element.Resource):
    """The managed resource `dflow_database_service` of Terraform.

    A Database service: a database that dFlow runs on the Environment's Worker Node. A database elsewhere is none of these; services reach it through their variables and its own firewall. Services of the same Environment use it through reference variables (`{{ <name>.POSTGRES_URI }}`). Its password and connection URL are never read into the state.

    Import by id or by `<environment name>/<service name>`: `terraform import dflow_database_service.cache shop-production/shop-production-cache`.

    Args:
        engine: `string`, required. What kind of database it is. It also decides the names of its reference variables (`MONGO_…` for `mongo`, `POSTGRES_…` for `postgres`). Another engine means a new, empty database.
        environment_id: `string`, required. Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service runs. dFlow keeps a service where it was made, so another Environment means a new service.
        name: `string`, required. The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it (`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name (`shop-production-web`). The name is also the application's name on the node, so another name means a new service.
        description: `string`, optional. Free text that dFlow's dashboard shows beside the service. Left out, there is none.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. Neither stops what already runs on the Worker Node.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_database_service'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'description': _inputs.Kind.STRING,
        'engine': _inputs.Kind.STRING,
        'environment_id': _inputs.Kind.STRING,
        'hard_delete': _inputs.Kind.BOOL,
        'name': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        engine: str,
        environment_id: str,
        name: str,
        description: str | None = None,
        hard_delete: bool | _cdk.IResolvable | None = None,
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
                'engine': engine,
                'environment_id': environment_id,
                'name': name,
                'description': description,
                'hard_delete': hard_delete,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DatabaseServiceInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DatabaseServiceInputs, self._inputs)

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
    def engine(self) -> str:
        """A reference to `engine`: `string`, required.

        What kind of database it is. It also decides the names of its reference variables (`MONGO_…` for `mongo`, `POSTGRES_…` for `postgres`). Another engine means a new, empty database.
        """
        return self.get_string_attribute('engine')

    @property
    def environment_id(self) -> str:
        """A reference to `environment_id`: `string`, required.

        Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service runs. dFlow keeps a service where it was made, so another Environment means a new service.
        """
        return self.get_string_attribute('environment_id')

    @property
    def exposed_ports(self) -> list[str]:
        """A reference to `exposed_ports`: `list(string)`, computed.

        Ports of the Worker Node on which the database answers the whole internet; empty unless somebody exposed it in dFlow's dashboard.
        """
        return self.get_list_attribute('exposed_ports')

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
    def internal_host(self) -> str:
        """A reference to `internal_host`: `string`, computed.

        The host name that linked services on the same Worker Node reach it by, `dokku-<engine>-<name>`. Known at plan as soon as the name is.
        """
        return self.get_string_attribute('internal_host')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it (`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name (`shop-production-web`). The name is also the application's name on the node, so another name means a new service.
        """
        return self.get_string_attribute('name')

    @property
    def port(self) -> str:
        """A reference to `port`: `string`, computed.

        The port on `internal_host`, as dFlow learnt it when it deployed the database; null before the first deployment. Ports open to the internet are `exposed_ports`.
        """
        return self.get_string_attribute('port')

    @property
    def status(self) -> str:
        """A reference to `status`: `string`, computed.

        `running`, `missing` or `exited`, as of the last deployment, restart or stop; null before the first deployment.
        """
        return self.get_string_attribute('status')

    @property
    def username(self) -> str:
        """A reference to `username`: `string`, computed.

        The user name dFlow learnt when it deployed the database; null before the first deployment.
        """
        return self.get_string_attribute('username')

    @property
    def version(self) -> str:
        """A reference to `version`: `string`, computed.

        The engine's image and version, as dFlow learnt it when it deployed the database; null before the first deployment.
        """
        return self.get_string_attribute('version')
