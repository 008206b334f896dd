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
class WorkerNodeAwsEc2(_inputs.Nested):
    """A nested object of `aws_ec2`.

    What dFlow knows of the machine on EC2. dFlow fills it in for machines that it launched; give it for a machine from elsewhere. Left out, it stays as dFlow has it.

    Args:
        instance_id: `string`, optional. The instance's id (`i-…`).
        instance_type: `string`, optional. Its type (`t3.large`).
        public_ip_address: `string`, optional. The public address its outgoing connections come from; dFlow does not follow changes.
        region: `string`, optional. The region it runs in.
        security_group_ids: `list(string)`, optional. Ids of the `dflow_security_group`s it has. A note only: writing it changes nothing at AWS.
    """

    instance_id: str | None = None
    instance_type: str | None = None
    public_ip_address: str | None = None
    region: str | None = None
    security_group_ids: _abc.Sequence[str] | _cdk.IResolvable | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'instance_id': ('instance_id', _inputs.Kind.STRING),
        'instance_type': ('instance_type', _inputs.Kind.STRING),
        'public_ip_address': ('public_ip_address', _inputs.Kind.STRING),
        'region': ('region', _inputs.Kind.STRING),
        'security_group_ids': ('security_group_ids', _inputs.Kind.LIST),
    }


class WorkerNodeAwsEc2Reference(_reference.ObjectReference):
    """A reference to `aws_ec2`."""

    @property
    def instance_id(self) -> str:
        """A reference to `instance_id`: `string`, optional.

        The instance's id (`i-…`).
        """
        return self.get_string_attribute('instance_id')

    @property
    def instance_type(self) -> str:
        """A reference to `instance_type`: `string`, optional.

        Its type (`t3.large`).
        """
        return self.get_string_attribute('instance_type')

    @property
    def public_ip_address(self) -> str:
        """A reference to `public_ip_address`: `string`, optional.

        The public address its outgoing connections come from; dFlow does not follow changes.
        """
        return self.get_string_attribute('public_ip_address')

    @property
    def region(self) -> str:
        """A reference to `region`: `string`, optional.

        The region it runs in.
        """
        return self.get_string_attribute('region')

    @property
    def security_group_ids(self) -> list[str]:
        """A reference to `security_group_ids`: `list(string)`, optional.

        Ids of the `dflow_security_group`s it has. A note only: writing it changes nothing at AWS.
        """
        return self.get_list_attribute('security_group_ids')


WorkerNodeInputs = _typing.TypedDict(
    'WorkerNodeInputs',
    {
        'aws_ec2': 'WorkerNodeAwsEc2 | _cdk.IResolvable',
        'cloud_provider': 'str',
        'cloud_provider_account_id': 'str',
        'connection_type': 'str',
        'default_cpu_limit': 'str',
        'default_memory_limit': 'str',
        'description': 'str',
        'global_build_path': 'str',
        'hard_delete': 'bool | _cdk.IResolvable',
        'hostname': 'str',
        'ip': 'str',
        'name': 'str',
        'port': 'float',
        'ssh_key_id': 'str',
        'username': 'str',
    },
    total=False,
)


class WorkerNode(_element.Resource):
    """The managed resource `dflow_worker_node` of Terraform.

    dFlow's record of a Worker Node: a server that runs the services of Environments, and how dFlow reaches it. **Creating the record installs nothing.** It neither makes a machine nor connects to one: Dokku, its plugins and the build tools come onto the server with the onboarding in dFlow's dashboard, which has to be gone through before services are deployed. Destroying the record leaves the machine and what runs on it alone; a node that still has Environments is not removed. Another address in place means the same machine elsewhere: dFlow moves no services. To look a node up, and for its outbound address, use the data source of the same name.

    Import by id, by name or by `<organisation>/<name>`: `terraform import dflow_worker_node.fra acme/fra-1`.

    Args:
        name: `string`, required. The Worker Node's name. dFlow would take it twice; here it is unique within the organisation, because nodes are looked up and allowed into databases by it.
        username: `string`, required. The user that dFlow logs in as, over either connection: `ubuntu` on EC2, `root` on most others.
        aws_ec2: `object`, optional, computed if not given. What dFlow knows of the machine on EC2. dFlow fills it in for machines that it launched; give it for a machine from elsewhere. Left out, it stays as dFlow has it.
        cloud_provider: `string`, optional, computed if not given. Whose machine it is. By default `other`. With `aws`, the outbound address is taken from `aws_ec2` where that has one.
        cloud_provider_account_id: `string`, optional. Id of the `dflow_cloud_provider_account` the machine belongs to. Left out, dFlow can do nothing with the machine at its cloud.
        connection_type: `string`, optional, computed if not given. How dFlow reaches the node. By default `tailscale`, which needs `hostname`; `ssh` needs `ssh_key_id`, `ip` and `port`.
        default_cpu_limit: `string`, optional, computed if not given. How many cores a new App or Docker service may use, as a decimal number (`0.5`). Applied once, when the dashboard makes the service. Left out, dFlow's own limit.
        default_memory_limit: `string`, optional, computed if not given. How much memory a new App or Docker service may use, with a lower-case unit (`512m`). Applied once, like `default_cpu_limit`. Left out, dFlow's own limit.
        description: `string`, optional. Free text that dFlow's dashboard shows beside the name. Left out, there is none.
        global_build_path: `string`, optional, computed if not given. The folder that builds start from where a service names none. By default `/`. On the server it takes effect only when it is set in the dashboard.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good.
        hostname: `string`, optional. The node's name in the tailnet, for `tailscale`.
        ip: `string`, optional. The address that dFlow connects to over `ssh`, unique within the organisation. It usually is also the address that the node's outgoing connections come from.
        port: `number`, optional. The port of the node's SSH server.
        ssh_key_id: `string`, optional. Id of the `dflow_ssh_key` that dFlow logs in with over `ssh`; its public half must be in `authorized_keys` of `username`.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_worker_node'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'aws_ec2': _inputs.Kind.OBJECT,
        'cloud_provider': _inputs.Kind.STRING,
        'cloud_provider_account_id': _inputs.Kind.STRING,
        'connection_type': _inputs.Kind.STRING,
        'default_cpu_limit': _inputs.Kind.STRING,
        'default_memory_limit': _inputs.Kind.STRING,
        'description': _inputs.Kind.STRING,
        'global_build_path': _inputs.Kind.STRING,
        'hard_delete': _inputs.Kind.BOOL,
        'hostname': _inputs.Kind.STRING,
        'ip': _inputs.Kind.STRING,
        'name': _inputs.Kind.STRING,
        'port': _inputs.Kind.NUMBER,
        'ssh_key_id': _inputs.Kind.STRING,
        'username': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        name: str,
        username: str,
        aws_ec2: WorkerNodeAwsEc2 | _cdk.IResolvable | None = None,
        cloud_provider: str | None = None,
        cloud_provider_account_id: str | None = None,
        connection_type: str | None = None,
        default_cpu_limit: str | None = None,
        default_memory_limit: str | None = None,
        description: str | None = None,
        global_build_path: str | None = None,
        hard_delete: bool | _cdk.IResolvable | None = None,
        hostname: str | None = None,
        ip: str | None = None,
        port: float | None = None,
        ssh_key_id: str | None = None,
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
                'name': name,
                'username': username,
                'aws_ec2': aws_ec2,
                'cloud_provider': cloud_provider,
                'cloud_provider_account_id': cloud_provider_account_id,
                'connection_type': connection_type,
                'default_cpu_limit': default_cpu_limit,
                'default_memory_limit': default_memory_limit,
                'description': description,
                'global_build_path': global_build_path,
                'hard_delete': hard_delete,
                'hostname': hostname,
                'ip': ip,
                'port': port,
                'ssh_key_id': ssh_key_id,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> WorkerNodeInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(WorkerNodeInputs, self._inputs)

    @property
    def aws_ec2(self) -> WorkerNodeAwsEc2Reference:
        """A reference to `aws_ec2`: `object`, optional, computed if not given.

        What dFlow knows of the machine on EC2. dFlow fills it in for machines that it launched; give it for a machine from elsewhere. Left out, it stays as dFlow has it.
        """
        return WorkerNodeAwsEc2Reference(self, 'aws_ec2')

    @property
    def cloud_provider(self) -> str:
        """A reference to `cloud_provider`: `string`, optional, computed if not given.

        Whose machine it is. By default `other`. With `aws`, the outbound address is taken from `aws_ec2` where that has one.
        """
        return self.get_string_attribute('cloud_provider')

    @property
    def cloud_provider_account_id(self) -> str:
        """A reference to `cloud_provider_account_id`: `string`, optional.

        Id of the `dflow_cloud_provider_account` the machine belongs to. Left out, dFlow can do nothing with the machine at its cloud.
        """
        return self.get_string_attribute('cloud_provider_account_id')

    @property
    def connection_status(self) -> str:
        """A reference to `connection_status`: `string`, computed.

        How dFlow's last attempt to connect went: `success`, `failed` or `not-checked-yet`.
        """
        return self.get_string_attribute('connection_status')

    @property
    def connection_type(self) -> str:
        """A reference to `connection_type`: `string`, optional, computed if not given.

        How dFlow reaches the node. By default `tailscale`, which needs `hostname`; `ssh` needs `ssh_key_id`, `ip` and `port`.
        """
        return self.get_string_attribute('connection_type')

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow stored it, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def default_cpu_limit(self) -> str:
        """A reference to `default_cpu_limit`: `string`, optional, computed if not given.

        How many cores a new App or Docker service may use, as a decimal number (`0.5`). Applied once, when the dashboard makes the service. Left out, dFlow's own limit.
        """
        return self.get_string_attribute('default_cpu_limit')

    @property
    def default_memory_limit(self) -> str:
        """A reference to `default_memory_limit`: `string`, optional, computed if not given.

        How much memory a new App or Docker service may use, with a lower-case unit (`512m`). Applied once, like `default_cpu_limit`. Left out, dFlow's own limit.
        """
        return self.get_string_attribute('default_memory_limit')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        Free text that dFlow's dashboard shows beside the name. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def global_build_path(self) -> str:
        """A reference to `global_build_path`: `string`, optional, computed if not given.

        The folder that builds start from where a service names none. By default `/`. On the server it takes effect only when it is set in the dashboard.
        """
        return self.get_string_attribute('global_build_path')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def hostname(self) -> str:
        """A reference to `hostname`: `string`, optional.

        The node's name in the tailnet, for `tailscale`.
        """
        return self.get_string_attribute('hostname')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The Worker Node's id in dFlow; Environments refer to it in `worker_nodes`.
        """
        return self.get_string_attribute('id')

    @property
    def ip(self) -> str:
        """A reference to `ip`: `string`, optional.

        The address that dFlow connects to over `ssh`, unique within the organisation. It usually is also the address that the node's outgoing connections come from.
        """
        return self.get_string_attribute('ip')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The Worker Node's name. dFlow would take it twice; here it is unique within the organisation, because nodes are looked up and allowed into databases by it.
        """
        return self.get_string_attribute('name')

    @property
    def onboarded(self) -> _cdk.IResolvable:
        """A reference to `onboarded`: `bool`, computed.

        Whether the onboarding in the dashboard is finished.
        """
        return self.get_boolean_attribute('onboarded')

    @property
    def port(self) -> float:
        """A reference to `port`: `number`, optional.

        The port of the node's SSH server.
        """
        return self.get_number_attribute('port')

    @property
    def public_ip(self) -> str:
        """A reference to `public_ip`: `string`, computed.

        The public address dFlow saw on a Tailscale node; null until it looked, and `999.999.999.999` behind NAT.
        """
        return self.get_string_attribute('public_ip')

    @property
    def ssh_key_id(self) -> str:
        """A reference to `ssh_key_id`: `string`, optional.

        Id of the `dflow_ssh_key` that dFlow logs in with over `ssh`; its public half must be in `authorized_keys` of `username`.
        """
        return self.get_string_attribute('ssh_key_id')

    @property
    def tailscale_private_ip(self) -> str:
        """A reference to `tailscale_private_ip`: `string`, computed.

        The node's address in the tailnet; null until dFlow looked.
        """
        return self.get_string_attribute('tailscale_private_ip')

    @property
    def username(self) -> str:
        """A reference to `username`: `string`, required.

        The user that dFlow logs in as, over either connection: `ubuntu` on EC2, `root` on most others.
        """
        return self.get_string_attribute('username')
