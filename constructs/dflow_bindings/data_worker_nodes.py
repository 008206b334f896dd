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


class DataWorkerNodesNodesReference(_reference.ObjectReference):
    """A reference to `nodes`."""

    @property
    def cloud_provider(self) -> str:
        """A reference to `cloud_provider`: `string`, computed.

        Whose machine it is: `aws`, `azure`, `gcp`, `digitalocean`, `dflow` or `other`.
        """
        return self.get_string_attribute('cloud_provider')

    @property
    def connection_type(self) -> str:
        """A reference to `connection_type`: `string`, computed.

        How dFlow reaches the node: `ssh` or `tailscale`.
        """
        return self.get_string_attribute('connection_type')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The Worker Node's id in dFlow.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, computed.

        The Worker Node's name; not always unique.
        """
        return self.get_string_attribute('name')

    @property
    def outbound_ip(self) -> str:
        """A reference to `outbound_ip`: `string`, computed.

        The public address its outgoing connections come from; null where dFlow knows none.
        """
        return self.get_string_attribute('outbound_ip')

    @property
    def outbound_ip_source(self) -> str:
        """A reference to `outbound_ip_source`: `string`, computed.

        Which of dFlow's fields the address stood in: `aws_ec2_public_ip`, `ip` or `public_ip`.
        """
        return self.get_string_attribute('outbound_ip_source')


DataWorkerNodesInputs = _typing.TypedDict('DataWorkerNodesInputs', {}, total=False)


class DataWorkerNodes(_element.DataSource):
    """The data source `dflow_worker_nodes` of Terraform.

    All Worker Nodes of the organisation, in the order of their names. For one of them, with more detail and with an error where its address is not known, use `dflow_worker_node`.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_worker_nodes'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {}
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataWorkerNodesInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataWorkerNodesInputs, self._inputs)

    @property
    def nodes(self) -> _reference.ListReference[DataWorkerNodesNodesReference]:
        """A reference to `nodes`: `list(object)`, computed.

        The Worker Nodes. Address one by its name rather than by its place, which shifts as nodes come and go.
        """
        return _reference.ListReference(self, 'nodes', DataWorkerNodesNodesReference)
