# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


DataEnvironmentInputs = _typing.TypedDict('DataEnvironmentInputs', {'id': 'str', 'name': 'str'}, total=False)


class DataEnvironment(_element.DataSource):
    """The data source `dflow_environment` of Terraform.

    An Environment that exists already, made in the dashboard or by another configuration. To make one use the resource of the same name.

    Args:
        id: `string`, optional, computed if not given. The Environment's id in dFlow. Give this or `name`, not both.
        name: `string`, optional, computed if not given. The Environment's name. Give this or `id`; two Environments of one name are an error that lists their ids.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_environment'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {'id': _inputs.Kind.STRING, 'name': _inputs.Kind.STRING}
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
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
            inputs={'id': id, 'name': name},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataEnvironmentInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataEnvironmentInputs, self._inputs)

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow made it, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, computed.

        Free text beside the name; null where there is none.
        """
        return self.get_string_attribute('description')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, optional, computed if not given.

        The Environment's id in dFlow. Give this or `name`, not both.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, optional, computed if not given.

        The Environment's name. Give this or `id`; two Environments of one name are an error that lists their ids.
        """
        return self.get_string_attribute('name')

    @property
    def worker_nodes(self) -> list[str]:
        """A reference to `worker_nodes`: `list(string)`, computed.

        Ids of the Worker Nodes that run its services; in the public control plane exactly one.
        """
        return self.get_list_attribute('worker_nodes')
