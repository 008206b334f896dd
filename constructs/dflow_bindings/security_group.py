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
class SecurityGroupInboundRules(_inputs.Nested):
    """A nested object of `inbound_rules`.

    Who may connect to the machines. Left out, nobody.

    Args:
        cidr: `string`, required. Who may connect, as an IPv4 network; everybody is `0.0.0.0/0`. dFlow cannot sync IPv6.
        description: `string`, optional. What the rule is for, in characters that AWS takes. Left out, there is none.
        from_port: `number`, optional, computed if not given. The first port, for `tcp` and `udp` where `type` stands for none; -1 for protocols without ports.
        protocol: `string`, optional, computed if not given. The protocol, where `type` is left out.
        to_port: `number`, optional, computed if not given. The last port. Left out, the rule is for `from_port` alone.
        type: `string`, optional, computed if not given. dFlow's word for what the rule is for; it stands for a protocol and, but for `custom-tcp` and `custom-udp`, for ports. Left out, it follows from `protocol`. dFlow's `icmpv6` and `custom-protocol` lose their protocol in a sync and are refused.
    """

    cidr: str
    description: str | None = None
    from_port: float | None = None
    protocol: str | None = None
    to_port: float | None = None
    type: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'cidr': ('cidr', _inputs.Kind.STRING),
        'description': ('description', _inputs.Kind.STRING),
        'from_port': ('from_port', _inputs.Kind.NUMBER),
        'protocol': ('protocol', _inputs.Kind.STRING),
        'to_port': ('to_port', _inputs.Kind.NUMBER),
        'type': ('type', _inputs.Kind.STRING),
    }


@_dataclasses.dataclass(frozen=True, kw_only=True)
class SecurityGroupOutboundRules(_inputs.Nested):
    """A nested object of `outbound_rules`.

    Whom the machines may connect to. Left out, nobody: a synced group without any lets nothing out. Everything is one rule, `{ type = "all-traffic", cidr = "0.0.0.0/0" }`.

    Args:
        cidr: `string`, required. Who may be connected to, as an IPv4 network; everybody is `0.0.0.0/0`. dFlow cannot sync IPv6.
        description: `string`, optional. What the rule is for, in characters that AWS takes. Left out, there is none.
        from_port: `number`, optional, computed if not given. The first port, for `tcp` and `udp` where `type` stands for none; -1 for protocols without ports.
        protocol: `string`, optional, computed if not given. The protocol, where `type` is left out.
        to_port: `number`, optional, computed if not given. The last port. Left out, the rule is for `from_port` alone.
        type: `string`, optional, computed if not given. dFlow's word for what the rule is for; it stands for a protocol and, but for `custom-tcp` and `custom-udp`, for ports. Left out, it follows from `protocol`. dFlow's `icmpv6` and `custom-protocol` lose their protocol in a sync and are refused.
    """

    cidr: str
    description: str | None = None
    from_port: float | None = None
    protocol: str | None = None
    to_port: float | None = None
    type: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'cidr': ('cidr', _inputs.Kind.STRING),
        'description': ('description', _inputs.Kind.STRING),
        'from_port': ('from_port', _inputs.Kind.NUMBER),
        'protocol': ('protocol', _inputs.Kind.STRING),
        'to_port': ('to_port', _inputs.Kind.NUMBER),
        'type': ('type', _inputs.Kind.STRING),
    }


class SecurityGroupInboundRulesReference(_reference.ObjectReference):
    """A reference to `inbound_rules`."""

    @property
    def cidr(self) -> str:
        """A reference to `cidr`: `string`, required.

        Who may connect, as an IPv4 network; everybody is `0.0.0.0/0`. dFlow cannot sync IPv6.
        """
        return self.get_string_attribute('cidr')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        What the rule is for, in characters that AWS takes. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def from_port(self) -> float:
        """A reference to `from_port`: `number`, optional, computed if not given.

        The first port, for `tcp` and `udp` where `type` stands for none; -1 for protocols without ports.
        """
        return self.get_number_attribute('from_port')

    @property
    def protocol(self) -> str:
        """A reference to `protocol`: `string`, optional, computed if not given.

        The protocol, where `type` is left out.
        """
        return self.get_string_attribute('protocol')

    @property
    def to_port(self) -> float:
        """A reference to `to_port`: `number`, optional, computed if not given.

        The last port. Left out, the rule is for `from_port` alone.
        """
        return self.get_number_attribute('to_port')

    @property
    def type(self) -> str:
        """A reference to `type`: `string`, optional, computed if not given.

        dFlow's word for what the rule is for; it stands for a protocol and, but for `custom-tcp` and `custom-udp`, for ports. Left out, it follows from `protocol`. dFlow's `icmpv6` and `custom-protocol` lose their protocol in a sync and are refused.
        """
        return self.get_string_attribute('type')


class SecurityGroupOutboundRulesReference(_reference.ObjectReference):
    """A reference to `outbound_rules`."""

    @property
    def cidr(self) -> str:
        """A reference to `cidr`: `string`, required.

        Who may be connected to, as an IPv4 network; everybody is `0.0.0.0/0`. dFlow cannot sync IPv6.
        """
        return self.get_string_attribute('cidr')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        What the rule is for, in characters that AWS takes. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def from_port(self) -> float:
        """A reference to `from_port`: `number`, optional, computed if not given.

        The first port, for `tcp` and `udp` where `type` stands for none; -1 for protocols without ports.
        """
        return self.get_number_attribute('from_port')

    @property
    def protocol(self) -> str:
        """A reference to `protocol`: `string`, optional, computed if not given.

        The protocol, where `type` is left out.
        """
        return self.get_string_attribute('protocol')

    @property
    def to_port(self) -> float:
        """A reference to `to_port`: `number`, optional, computed if not given.

        The last port. Left out, the rule is for `from_port` alone.
        """
        return self.get_number_attribute('to_port')

    @property
    def type(self) -> str:
        """A reference to `type`: `string`, optional, computed if not given.

        dFlow's word for what the rule is for; it stands for a protocol and, but for `custom-tcp` and `custom-udp`, for ports. Left out, it follows from `protocol`. dFlow's `icmpv6` and `custom-protocol` lose their protocol in a sync and are refused.
        """
        return self.get_string_attribute('type')


SecurityGroupInputs = _typing.TypedDict(
    'SecurityGroupInputs',
    {
        'cloud_provider': 'str',
        'cloud_provider_account_id': 'str',
        'description': 'str',
        'hard_delete': 'bool | _cdk.IResolvable',
        'inbound_rules': '_abc.Sequence[SecurityGroupInboundRules | _cdk.IResolvable] | _cdk.IResolvable',
        'name': 'str',
        'outbound_rules': '_abc.Sequence[SecurityGroupOutboundRules | _cdk.IResolvable] | _cdk.IResolvable',
        'sync': 'bool | _cdk.IResolvable',
        'tags': '_abc.Mapping[str, str] | _cdk.IResolvable',
    },
    total=False,
)


class SecurityGroup(_element.Resource):
    """The managed resource `dflow_security_group` of Terraform.

    A security group: firewall rules for Worker Nodes on AWS. dFlow keeps them and, with `sync`, writes them to AWS within the same apply: always to the region **ap-south-1** and its default VPC, because dFlow knows no other. There the group has exactly these rules and tags; rules that somebody added at AWS, and AWS's own rule that lets everything out, are removed. dFlow says whether a sync went well and never why not. The next apply repeats one that failed, for the same group. A sync that fails is an error, except right after the group was made: there it is a warning, because Terraform would replace what an error left behind. The example's `postcondition` ends such an apply with an error too, and leaves the group as it is. dFlow does not notice what is changed at AWS afterwards. To attach the group to a machine, use dFlow's dashboard. A group that a Worker Node has is not removed.

    To let a Worker Node into a database, use `dflow_aws_security_group_allowlist`, which knows every region and leaves foreign rules alone.

    Import by id or by name: `terraform import dflow_security_group.web web`.

    Args:
        description: `string`, required. What the group is for; AWS demands it. Another description means another group.
        name: `string`, required. The group's name, in dFlow and at AWS, which takes it once per VPC. dFlow never changes it, so another name means another group.
        cloud_provider: `string`, optional. The cloud the group is for. dFlow can sync `aws` alone. Another cloud means another group.
        cloud_provider_account_id: `string`, optional. Id of the `dflow_cloud_provider_account`, of the same type as `cloud_provider`, with which dFlow works at the cloud. Another account means another group.
        hard_delete: `bool`, optional, computed if not given. What destroying does. By default (`true`, unlike other resources) dFlow deletes the group at AWS and removes its record for good; `false` puts the record into dFlow's trash and leaves the group at AWS as it is.
        inbound_rules: `list(object)`, optional. Who may connect to the machines. Left out, nobody.
        outbound_rules: `list(object)`, optional. Whom the machines may connect to. Left out, nobody: a synced group without any lets nothing out. Everything is one rule, `{ type = "all-traffic", cidr = "0.0.0.0/0" }`.
        sync: `bool`, optional, computed if not given. Whether dFlow writes the group to AWS. By default `true`, which needs `cloud_provider = "aws"` and `cloud_provider_account_id`; with `false` it is a record in dFlow alone.
        tags: `map(string)`, optional. Tags of the group at AWS; others are removed there. Left out, there are none.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_security_group'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'cloud_provider': _inputs.Kind.STRING,
        'cloud_provider_account_id': _inputs.Kind.STRING,
        'description': _inputs.Kind.STRING,
        'hard_delete': _inputs.Kind.BOOL,
        'inbound_rules': _inputs.Kind.LIST,
        'name': _inputs.Kind.STRING,
        'outbound_rules': _inputs.Kind.LIST,
        'sync': _inputs.Kind.BOOL,
        'tags': _inputs.Kind.MAP,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        description: str,
        name: str,
        cloud_provider: str | None = None,
        cloud_provider_account_id: str | None = None,
        hard_delete: bool | _cdk.IResolvable | None = None,
        inbound_rules: _abc.Sequence[SecurityGroupInboundRules | _cdk.IResolvable] | _cdk.IResolvable | None = None,
        outbound_rules: _abc.Sequence[SecurityGroupOutboundRules | _cdk.IResolvable] | _cdk.IResolvable | None = None,
        sync: bool | _cdk.IResolvable | None = None,
        tags: _abc.Mapping[str, str] | _cdk.IResolvable | None = None,
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
                'description': description,
                'name': name,
                'cloud_provider': cloud_provider,
                'cloud_provider_account_id': cloud_provider_account_id,
                'hard_delete': hard_delete,
                'inbound_rules': inbound_rules,
                'outbound_rules': outbound_rules,
                'sync': sync,
                'tags': tags,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> SecurityGroupInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(SecurityGroupInputs, self._inputs)

    @property
    def cloud_provider(self) -> str:
        """A reference to `cloud_provider`: `string`, optional.

        The cloud the group is for. dFlow can sync `aws` alone. Another cloud means another group.
        """
        return self.get_string_attribute('cloud_provider')

    @property
    def cloud_provider_account_id(self) -> str:
        """A reference to `cloud_provider_account_id`: `string`, optional.

        Id of the `dflow_cloud_provider_account`, of the same type as `cloud_provider`, with which dFlow works at the cloud. Another account means another group.
        """
        return self.get_string_attribute('cloud_provider_account_id')

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow stored it, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, required.

        What the group is for; AWS demands it. Another description means another group.
        """
        return self.get_string_attribute('description')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does. By default (`true`, unlike other resources) dFlow deletes the group at AWS and removes its record for good; `false` puts the record into dFlow's trash and leaves the group at AWS as it is.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The group's id in dFlow; AWS's own is `security_group_id`.
        """
        return self.get_string_attribute('id')

    @property
    def inbound_rules(self) -> _reference.ListReference[SecurityGroupInboundRulesReference]:
        """A reference to `inbound_rules`: `list(object)`, optional.

        Who may connect to the machines. Left out, nobody.
        """
        return _reference.ListReference(self, 'inbound_rules', SecurityGroupInboundRulesReference)

    @property
    def last_synced_at(self) -> str:
        """A reference to `last_synced_at`: `string`, computed.

        When the last sync went well, as an RFC 3339 time in UTC; null before.
        """
        return self.get_string_attribute('last_synced_at')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The group's name, in dFlow and at AWS, which takes it once per VPC. dFlow never changes it, so another name means another group.
        """
        return self.get_string_attribute('name')

    @property
    def outbound_rules(self) -> _reference.ListReference[SecurityGroupOutboundRulesReference]:
        """A reference to `outbound_rules`: `list(object)`, optional.

        Whom the machines may connect to. Left out, nobody: a synced group without any lets nothing out. Everything is one rule, `{ type = "all-traffic", cidr = "0.0.0.0/0" }`.
        """
        return _reference.ListReference(self, 'outbound_rules', SecurityGroupOutboundRulesReference)

    @property
    def security_group_id(self) -> str:
        """A reference to `security_group_id`: `string`, computed.

        The group's id at AWS (`sg-…`); null until a sync made it.
        """
        return self.get_string_attribute('security_group_id')

    @property
    def sync(self) -> _cdk.IResolvable:
        """A reference to `sync`: `bool`, optional, computed if not given.

        Whether dFlow writes the group to AWS. By default `true`, which needs `cloud_provider = "aws"` and `cloud_provider_account_id`; with `false` it is a record in dFlow alone.
        """
        return self.get_boolean_attribute('sync')

    @property
    def sync_status(self) -> str:
        """A reference to `sync_status`: `string`, computed.

        `in-sync` after a sync that went well, `failed` after one that did not, `pending` before the first and after a change without `sync`.
        """
        return self.get_string_attribute('sync_status')

    @property
    def tags(self) -> _cdk.StringMap:
        """A reference to `tags`: `map(string)`, optional.

        Tags of the group at AWS; others are removed there. Left out, there are none.
        """
        return _cdk.StringMap(self, 'tags')
