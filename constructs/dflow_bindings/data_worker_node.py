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


class DataWorkerNodeOutboundIpsReference(_reference.ObjectReference):
    """A reference to `outbound_ips`."""

    @property
    def address(self) -> str:
        """A reference to `address`: `string`, computed.

        The address.
        """
        return self.get_string_attribute('address')

    @property
    def cidr(self) -> str:
        """A reference to `cidr`: `string`, computed.

        The address as a network of one address.
        """
        return self.get_string_attribute('cidr')

    @property
    def source(self) -> str:
        """A reference to `source`: `string`, computed.

        As `outbound_ip_source`.
        """
        return self.get_string_attribute('source')


DataWorkerNodeInputs = _typing.TypedDict(
    'DataWorkerNodeInputs',
    {'id': 'str', 'name': 'str', 'require_outbound_ip': 'bool | _cdk.IResolvable'},
    total=False,
)


class DataWorkerNode(_element.DataSource):
    """The data source `dflow_worker_node` of Terraform.

    A Worker Node: a server that runs the services of an Environment, with the public address its outgoing connections come from as far as dFlow knows it. For all of them use `dflow_worker_nodes`.

    Args:
        id: `string`, optional, computed if not given. The Worker Node's id in dFlow. Give this or `name`, not both.
        name: `string`, optional, computed if not given. The Worker Node's name in dFlow. Give this or `id`; two nodes of one name are an error that lists their ids.
        require_outbound_ip: `bool`, optional. With `true`, a node whose public address dFlow does not know is an error that says why and what to do. By default the `outbound_…` attributes are then null.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_worker_node'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'id': _inputs.Kind.STRING,
        'name': _inputs.Kind.STRING,
        'require_outbound_ip': _inputs.Kind.BOOL,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        id: str | None = None,
        name: str | None = None,
        require_outbound_ip: bool | _cdk.IResolvable | None = None,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'id': id, 'name': name, 'require_outbound_ip': require_outbound_ip},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataWorkerNodeInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataWorkerNodeInputs, self._inputs)

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
    def hostname(self) -> str:
        """A reference to `hostname`: `string`, computed.

        The node's name in the tailnet; null on a node reached by plain SSH.
        """
        return self.get_string_attribute('hostname')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, optional, computed if not given.

        The Worker Node's id in dFlow. Give this or `name`, not both.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, optional, computed if not given.

        The Worker Node's name in dFlow. Give this or `id`; two nodes of one name are an error that lists their ids.
        """
        return self.get_string_attribute('name')

    @property
    def outbound_cidr(self) -> str:
        """A reference to `outbound_cidr`: `string`, computed.

        `outbound_ip` as a network of one address (`203.0.113.7/32`), as most firewalls want it.
        """
        return self.get_string_attribute('outbound_cidr')

    @property
    def outbound_ip(self) -> str:
        """A reference to `outbound_ip`: `string`, computed.

        The public address that outgoing connections of the node's services come from. dFlow learns it when the node is added and does not follow later changes; a node behind NAT has none here.
        """
        return self.get_string_attribute('outbound_ip')

    @property
    def outbound_ip_source(self) -> str:
        """A reference to `outbound_ip_source`: `string`, computed.

        Which of dFlow's fields the address stood in: `aws_ec2_public_ip` (as launched on EC2), `ip` (the address dFlow connects to by SSH) or `public_ip` (as observed on a Tailscale node).
        """
        return self.get_string_attribute('outbound_ip_source')

    @property
    def outbound_ips(self) -> _reference.ListReference[DataWorkerNodeOutboundIpsReference]:
        """A reference to `outbound_ips`: `list(object)`, computed.

        All known outgoing addresses. The public control plane knows at most one, the same as `outbound_ip`; empty where it knows none.
        """
        return _reference.ListReference(self, 'outbound_ips', DataWorkerNodeOutboundIpsReference)

    @property
    def require_outbound_ip(self) -> _cdk.IResolvable:
        """A reference to `require_outbound_ip`: `bool`, optional.

        With `true`, a node whose public address dFlow does not know is an error that says why and what to do. By default the `outbound_…` attributes are then null.
        """
        return self.get_boolean_attribute('require_outbound_ip')
