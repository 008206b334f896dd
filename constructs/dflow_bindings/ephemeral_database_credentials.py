# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import ephemeral as _ephemeral
from dflow_cdk import inputs as _inputs


EphemeralDatabaseCredentialsInputs = _typing.TypedDict(
    'EphemeralDatabaseCredentialsInputs',
    {'service_id': 'str'},
    total=False,
)


class EphemeralDatabaseCredentials(_ephemeral.EphemeralResource):
    """The ephemeral resource `dflow_database_credentials` of Terraform.

    The credentials of a Database service, for write-only arguments and provider settings. They exist for one run and stand in no plan and no state. dFlow learns them when it deploys the database; before that, opening this is an error. Services of the same Environment need none of it: they use reference variables.

    Args:
        service_id: `string`, required. Id of the Database service.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'ephemeral.dflow_database_credentials'
    TF_EPHEMERAL_TYPE: _typing.ClassVar[str] = 'dflow_database_credentials'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {'service_id': _inputs.Kind.STRING}
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        service_id: str,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'service_id': service_id},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> EphemeralDatabaseCredentialsInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(EphemeralDatabaseCredentialsInputs, self._inputs)

    @property
    def connection_url(self) -> str:
        """A reference to `connection_url`: `string`, computed, sensitive.

        The URL with user name, password, `host` and `port`, as dFlow built it.
        """
        return self.get_string_attribute('connection_url')

    @property
    def engine(self) -> str:
        """A reference to `engine`: `string`, computed.

        What kind of database it is.
        """
        return self.get_string_attribute('engine')

    @property
    def host(self) -> str:
        """A reference to `host`: `string`, computed.

        The host name on the Worker Node's own network, where linked services alone reach it.
        """
        return self.get_string_attribute('host')

    @property
    def password(self) -> str:
        """A reference to `password`: `string`, computed, sensitive.

        The password.
        """
        return self.get_string_attribute('password')

    @property
    def port(self) -> str:
        """A reference to `port`: `string`, computed.

        The port on `host`.
        """
        return self.get_string_attribute('port')

    @property
    def public_connection_url(self) -> str:
        """A reference to `public_connection_url`: `string`, computed, sensitive.

        `connection_url` with `public_host` and `public_port`; null where one of them is.
        """
        return self.get_string_attribute('public_connection_url')

    @property
    def public_host(self) -> str:
        """A reference to `public_host`: `string`, computed.

        The Worker Node's public address; null unless somebody exposed the database in dFlow's dashboard, and null with a warning where dFlow does not know the address.
        """
        return self.get_string_attribute('public_host')

    @property
    def public_port(self) -> str:
        """A reference to `public_port`: `string`, computed.

        The port on `public_host`, open to the whole internet; null unless the database is exposed.
        """
        return self.get_string_attribute('public_port')

    @property
    def service_id(self) -> str:
        """A reference to `service_id`: `string`, required.

        Id of the Database service.
        """
        return self.get_string_attribute('service_id')

    @property
    def username(self) -> str:
        """A reference to `username`: `string`, computed.

        The user name; empty where the engine has none.
        """
        return self.get_string_attribute('username')
