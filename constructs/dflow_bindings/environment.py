# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


EnvironmentInputs = _typing.TypedDict(
    'EnvironmentInputs',
    {
        'description': 'str',
        'hard_delete': 'bool | _cdk.IResolvable',
        'name': 'str',
        'worker_nodes': '_abc.Sequence[str] | _cdk.IResolvable',
    },
    total=False,
)


class Environment(_element.Resource):
    """The managed resource `dflow_environment` of Terraform.

    An Environment: the place, on one Worker Node, that services live in. In the public control plane it is what the dashboard calls a project.

    Import by id or by name: `terraform import dflow_environment.production shop-production`.

    Args:
        name: `string`, required. The Environment's name, unique within the organisation. Changing it renames the Environment in place; the names of its services stay as they are.
        worker_nodes: `list(string)`, required. Ids of the Worker Nodes that run the Environment's services, from `data.dflow_worker_node.….id`. The public control plane attaches exactly one Worker Node, so the list has exactly one id, and dFlow does not move services: a changed node on an existing Environment is refused at plan. Make a new Environment on the other node and move the services there.
        description: `string`, optional. Free text that dFlow's dashboard shows beside the name. Left out, there is none.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. An Environment that still has services is not removed; make an end of those first.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_environment'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'description': _inputs.Kind.STRING,
        'hard_delete': _inputs.Kind.BOOL,
        'name': _inputs.Kind.STRING,
        'worker_nodes': _inputs.Kind.LIST,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        name: str,
        worker_nodes: _abc.Sequence[str] | _cdk.IResolvable,
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
            inputs={'name': name, 'worker_nodes': worker_nodes, 'description': description, 'hard_delete': hard_delete},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> EnvironmentInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(EnvironmentInputs, self._inputs)

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow made the Environment, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        Free text that dFlow's dashboard shows beside the name. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. An Environment that still has services is not removed; make an end of those first.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The Environment's id in dFlow; services refer to it as `environment_id`.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The Environment's name, unique within the organisation. Changing it renames the Environment in place; the names of its services stay as they are.
        """
        return self.get_string_attribute('name')

    @property
    def worker_nodes(self) -> list[str]:
        """A reference to `worker_nodes`: `list(string)`, required.

        Ids of the Worker Nodes that run the Environment's services, from `data.dflow_worker_node.….id`. The public control plane attaches exactly one Worker Node, so the list has exactly one id, and dFlow does not move services: a changed node on an existing Environment is refused at plan. Make a new Environment on the other node and move the services there.
        """
        return self.get_list_attribute('worker_nodes')
