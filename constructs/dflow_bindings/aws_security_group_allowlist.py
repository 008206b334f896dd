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
class AwsSecurityGroupAllowlistEntries(_inputs.Nested):
    """A nested object of `entries`.

    The entries by the name of the Worker Node they let in. Two nodes with one address share one rule.

    Args:
        cidr: `string`, required. The address or range to let in, IPv4 or IPv6: `203.0.113.7/32`; an address without a prefix length is that one address. Not public, or everybody: refused.
        description: `string`, optional. The rule's description, at most 255 characters. Left out, it names database, node and owner.
        expires_at: `string`, optional. When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. AWS's rules never end by themselves: the next plan after that moment warns, and its apply removes the rule. Left out, it never ends.
    """

    cidr: str
    description: str | None = None
    expires_at: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'cidr': ('cidr', _inputs.Kind.STRING),
        'description': ('description', _inputs.Kind.STRING),
        'expires_at': ('expires_at', _inputs.Kind.STRING),
    }


class AwsSecurityGroupAllowlistEntriesReference(_reference.ObjectReference):
    """A reference to `entries`."""

    @property
    def cidr(self) -> str:
        """A reference to `cidr`: `string`, required.

        The address or range to let in, IPv4 or IPv6: `203.0.113.7/32`; an address without a prefix length is that one address. Not public, or everybody: refused.
        """
        return self.get_string_attribute('cidr')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        The rule's description, at most 255 characters. Left out, it names database, node and owner.
        """
        return self.get_string_attribute('description')

    @property
    def expires_at(self) -> str:
        """A reference to `expires_at`: `string`, optional.

        When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. AWS's rules never end by themselves: the next plan after that moment warns, and its apply removes the rule. Left out, it never ends.
        """
        return self.get_string_attribute('expires_at')


AwsSecurityGroupAllowlistInputs = _typing.TypedDict(
    'AwsSecurityGroupAllowlistInputs',
    {
        'database': 'str',
        'entries': '_abc.Mapping[str, AwsSecurityGroupAllowlistEntries | _cdk.IResolvable] | _cdk.IResolvable',
        'open_to_world_reason': 'str',
        'owner': 'str',
        'port': 'float',
        'region': 'str',
        'rule_quota': 'float',
        'security_group_id': 'str',
    },
    total=False,
)


class AwsSecurityGroupAllowlist(_element.Resource):
    """The managed resource `dflow_aws_security_group_allowlist` of Terraform.

    The entries of dFlow Worker Nodes among the inbound rules of an AWS security group, which guards an RDS, Aurora, ElastiCache or Redshift database. It owns only the rules it added, each marked with a tag: every other rule of the group survives create, update and destroy. One object holds all entries of one database and one owner. Unlike `aws_vpc_security_group_ingress_rule`, an address that another owner has already let in is shared, and an address that somebody let in by hand is used and left as it is. Needs `ec2:DescribeSecurityGroupRules`, `ec2:DescribeSecurityGroups`, `ec2:AuthorizeSecurityGroupIngress`, `ec2:RevokeSecurityGroupIngress`, `ec2:UpdateSecurityGroupRuleDescriptionsIngress`, `ec2:CreateTags` and `ec2:DeleteTags`; credentials come from the usual `AWS_*` variables. Import id: `<security group id>/<owner>`, `<region>/<security group id>/<owner>`, and `@<port>` after the owner where it has rules on several ports.

    Args:
        entries: `map(object)`, required. The entries by the name of the Worker Node they let in. Two nodes with one address share one rule.
        owner: `string`, required. Who owns these entries, as a mark on each rule: stable, and different for each stack and database, for example `shop/orders`. Two owners that want the same address share one rule; the last one to leave removes it.
        port: `number`, required. The TCP port of the database.
        security_group_id: `string`, required. The security group whose inbound rules are the allowlist, for example `sg-0123456789abcdef0`.
        database: `string`, optional. The name of the database in the rules' descriptions. Left out, descriptions name node and owner only.
        open_to_world_reason: `string`, optional. Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is refused.
        region: `string`, optional. The region of the security group. Left out, it is the one of `AWS_REGION` or `AWS_DEFAULT_REGION` when the object is created. Another region means a new object; naming the one it is in changes nothing.
        rule_quota: `number`, optional, computed if not given. How many inbound rules the account allows for each security group and address family. Left out, it is 60, as in an account that never asked for more.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_aws_security_group_allowlist'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'database': _inputs.Kind.STRING,
        'entries': _inputs.Kind.MAP,
        'open_to_world_reason': _inputs.Kind.STRING,
        'owner': _inputs.Kind.STRING,
        'port': _inputs.Kind.NUMBER,
        'region': _inputs.Kind.STRING,
        'rule_quota': _inputs.Kind.NUMBER,
        'security_group_id': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        entries: _abc.Mapping[str, AwsSecurityGroupAllowlistEntries | _cdk.IResolvable] | _cdk.IResolvable,
        owner: str,
        port: float,
        security_group_id: str,
        database: str | None = None,
        open_to_world_reason: str | None = None,
        region: str | None = None,
        rule_quota: float | None = None,
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
                'entries': entries,
                'owner': owner,
                'port': port,
                'security_group_id': security_group_id,
                'database': database,
                'open_to_world_reason': open_to_world_reason,
                'region': region,
                'rule_quota': rule_quota,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> AwsSecurityGroupAllowlistInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(AwsSecurityGroupAllowlistInputs, self._inputs)

    @property
    def active_entries(self) -> _cdk.StringMap:
        """A reference to `active_entries`: `map(string)`, computed.

        The CIDR that each node is let in by, by the node's name; expired entries are left out.
        """
        return _cdk.StringMap(self, 'active_entries')

    @property
    def database(self) -> str:
        """A reference to `database`: `string`, optional.

        The name of the database in the rules' descriptions. Left out, descriptions name node and owner only.
        """
        return self.get_string_attribute('database')

    @property
    def entries(self) -> _reference.MapReference[AwsSecurityGroupAllowlistEntriesReference]:
        """A reference to `entries`: `map(object)`, required.

        The entries by the name of the Worker Node they let in. Two nodes with one address share one rule.
        """
        return _reference.MapReference(self, 'entries', AwsSecurityGroupAllowlistEntriesReference)

    @property
    def foreign_entries(self) -> list[str]:
        """A reference to `foreign_entries`: `list(string)`, computed.

        What else reaches the port: CIDRs, security groups and prefix lists of rules that are not this owner's.
        """
        return self.get_list_attribute('foreign_entries')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        `<region>/<security group id>/<owner>`.
        """
        return self.get_string_attribute('id')

    @property
    def open_to_world(self) -> _cdk.IResolvable:
        """A reference to `open_to_world`: `bool`, computed.

        Whether any rule, of this owner or not, lets everybody or a good part of the internet reach the port.
        """
        return self.get_boolean_attribute('open_to_world')

    @property
    def open_to_world_reason(self) -> str:
        """A reference to `open_to_world_reason`: `string`, optional.

        Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is refused.
        """
        return self.get_string_attribute('open_to_world_reason')

    @property
    def owner(self) -> str:
        """A reference to `owner`: `string`, required.

        Who owns these entries, as a mark on each rule: stable, and different for each stack and database, for example `shop/orders`. Two owners that want the same address share one rule; the last one to leave removes it.
        """
        return self.get_string_attribute('owner')

    @property
    def port(self) -> float:
        """A reference to `port`: `number`, required.

        The TCP port of the database.
        """
        return self.get_number_attribute('port')

    @property
    def region(self) -> str:
        """A reference to `region`: `string`, optional.

        The region of the security group. Left out, it is the one of `AWS_REGION` or `AWS_DEFAULT_REGION` when the object is created. Another region means a new object; naming the one it is in changes nothing.
        """
        return self.get_string_attribute('region')

    @property
    def rule_ids(self) -> _cdk.StringMap:
        """A reference to `rule_ids`: `map(string)`, computed.

        The id of the rule (`sgr-…`) that lets a node in, by the node's name.
        """
        return _cdk.StringMap(self, 'rule_ids')

    @property
    def rule_quota(self) -> float:
        """A reference to `rule_quota`: `number`, optional, computed if not given.

        How many inbound rules the account allows for each security group and address family. Left out, it is 60, as in an account that never asked for more.
        """
        return self.get_number_attribute('rule_quota')

    @property
    def security_group_id(self) -> str:
        """A reference to `security_group_id`: `string`, required.

        The security group whose inbound rules are the allowlist, for example `sg-0123456789abcdef0`.
        """
        return self.get_string_attribute('security_group_id')

    @property
    def shared_with(self) -> _cdk.StringMap:
        """A reference to `shared_with`: `map(string)`, computed.

        The other owners of an entry, separated by commas, by its CIDR; entries of one owner are left out.
        """
        return _cdk.StringMap(self, 'shared_with')
