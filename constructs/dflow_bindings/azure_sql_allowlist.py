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
class AzureSqlAllowlistEntries(_inputs.Nested):
    """A nested object of `entries`.

    The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.

    Args:
        cidr: `string`, required. The address or range to let in, IPv4 only: `203.0.113.7/32`; an address without a prefix length is that one address. Not public, or everybody: refused.
        description: `string`, optional. What the entry is for. This vendor's entries have no note: it stays in Terraform.
        expires_at: `string`, optional. When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. The vendor's entries never end by themselves: the next plan after that moment warns, and its apply removes the entry. Left out, it never ends.
    """

    cidr: str
    description: str | None = None
    expires_at: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'cidr': ('cidr', _inputs.Kind.STRING),
        'description': ('description', _inputs.Kind.STRING),
        'expires_at': ('expires_at', _inputs.Kind.STRING),
    }


class AzureSqlAllowlistEntriesReference(_reference.ObjectReference):
    """A reference to `entries`."""

    @property
    def cidr(self) -> str:
        """A reference to `cidr`: `string`, required.

        The address or range to let in, IPv4 only: `203.0.113.7/32`; an address without a prefix length is that one address. Not public, or everybody: refused.
        """
        return self.get_string_attribute('cidr')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        What the entry is for. This vendor's entries have no note: it stays in Terraform.
        """
        return self.get_string_attribute('description')

    @property
    def expires_at(self) -> str:
        """A reference to `expires_at`: `string`, optional.

        When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. The vendor's entries never end by themselves: the next plan after that moment warns, and its apply removes the entry. Left out, it never ends.
        """
        return self.get_string_attribute('expires_at')


AzureSqlAllowlistInputs = _typing.TypedDict(
    'AzureSqlAllowlistInputs',
    {
        'allow_empty': 'bool | _cdk.IResolvable',
        'allow_first': 'bool | _cdk.IResolvable',
        'database': 'str',
        'entries': '_abc.Mapping[str, AzureSqlAllowlistEntries | _cdk.IResolvable] | _cdk.IResolvable',
        'entry_quota': 'float',
        'open_to_world_reason': 'str',
        'owner': 'str',
        'resource_group': 'str',
        'server_name': 'str',
        'subscription_id': 'str',
        'timeout_minutes': 'float',
    },
    total=False,
)


class AzureSqlAllowlist(_element.Resource):
    """The managed resource `dflow_azure_sql_allowlist` of Terraform.

    The entries of dFlow Worker Nodes on an allowlist: Azure SQL firewall rules. It owns only the entries it added; every other one survives create, update and destroy byte for byte. One object holds all entries of one database and one owner. An entry opens the whole database. Credentials come from the environment: `ARM_CLIENT_ID` or `AZURE_CLIENT_ID`, `ARM_TENANT_ID` or `AZURE_TENANT_ID`, `ARM_CLIENT_SECRET` or `AZURE_CLIENT_SECRET`, `ARM_OIDC_TOKEN`. The service principal needs read, write and delete on Microsoft.Sql/servers/firewallRules. The rule from 0.0.0.0 to 0.0.0.0 lets in all Azure services of all customers; it is left alone. Rules of single databases, made in SQL, are not seen. ARM_ENVIRONMENT names the cloud: public (unless given), usgovernment or china; AZURE_AUTHORITY_HOST and AZURE_RESOURCE_MANAGER_ENDPOINT name other addresses. Managed identities and the Azure CLI's login are not used. Import id: `<subscription_id>/<resource_group>/<server_name>/<owner>`.

    Args:
        entries: `map(object)`, required. The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.
        owner: `string`, required. Who owns these entries: stable, and different for each stack and database, for example `shop/orders`. Two owners that want the same address have an entry each.
        resource_group: `string`, required. The resource group in it.
        server_name: `string`, required. The logical server, with all of its databases.
        allow_empty: `bool`, optional, computed if not given. Whether the last entry of the whole list may be removed, by a destroy too. An empty list lets nobody in here, so nothing needs it.
        allow_first: `bool`, optional, computed if not given. Whether the first entry of the whole list may be added. An empty list lets nobody in here, so nothing needs it.
        database: `string`, optional. The name of the database, for people: in notes where the vendor has them, and in messages.
        entry_quota: `number`, optional. How many entries the whole list may hold; more are refused at plan. Left out, nobody checks: the vendor publishes no number.
        open_to_world_reason: `string`, optional. Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is refused.
        subscription_id: `string`, optional, computed if not given. The Azure subscription. Left out, it is the environment variable `ARM_SUBSCRIPTION_ID`.
        timeout_minutes: `number`, optional, computed if not given. How long the vendor may take to carry out one change. 20 unless given.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_azure_sql_allowlist'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'allow_empty': _inputs.Kind.BOOL,
        'allow_first': _inputs.Kind.BOOL,
        'database': _inputs.Kind.STRING,
        'entries': _inputs.Kind.MAP,
        'entry_quota': _inputs.Kind.NUMBER,
        'open_to_world_reason': _inputs.Kind.STRING,
        'owner': _inputs.Kind.STRING,
        'resource_group': _inputs.Kind.STRING,
        'server_name': _inputs.Kind.STRING,
        'subscription_id': _inputs.Kind.STRING,
        'timeout_minutes': _inputs.Kind.NUMBER,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        entries: _abc.Mapping[str, AzureSqlAllowlistEntries | _cdk.IResolvable] | _cdk.IResolvable,
        owner: str,
        resource_group: str,
        server_name: str,
        allow_empty: bool | _cdk.IResolvable | None = None,
        allow_first: bool | _cdk.IResolvable | None = None,
        database: str | None = None,
        entry_quota: float | None = None,
        open_to_world_reason: str | None = None,
        subscription_id: str | None = None,
        timeout_minutes: float | None = None,
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
                'resource_group': resource_group,
                'server_name': server_name,
                'allow_empty': allow_empty,
                'allow_first': allow_first,
                'database': database,
                'entry_quota': entry_quota,
                'open_to_world_reason': open_to_world_reason,
                'subscription_id': subscription_id,
                'timeout_minutes': timeout_minutes,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> AzureSqlAllowlistInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(AzureSqlAllowlistInputs, self._inputs)

    @property
    def active_entries(self) -> _cdk.StringMap:
        """A reference to `active_entries`: `map(string)`, computed.

        The CIDR that each node is let in by, by the node's name; expired entries are left out.
        """
        return _cdk.StringMap(self, 'active_entries')

    @property
    def allow_empty(self) -> _cdk.IResolvable:
        """A reference to `allow_empty`: `bool`, optional, computed if not given.

        Whether the last entry of the whole list may be removed, by a destroy too. An empty list lets nobody in here, so nothing needs it.
        """
        return self.get_boolean_attribute('allow_empty')

    @property
    def allow_first(self) -> _cdk.IResolvable:
        """A reference to `allow_first`: `bool`, optional, computed if not given.

        Whether the first entry of the whole list may be added. An empty list lets nobody in here, so nothing needs it.
        """
        return self.get_boolean_attribute('allow_first')

    @property
    def database(self) -> str:
        """A reference to `database`: `string`, optional.

        The name of the database, for people: in notes where the vendor has them, and in messages.
        """
        return self.get_string_attribute('database')

    @property
    def entries(self) -> _reference.MapReference[AzureSqlAllowlistEntriesReference]:
        """A reference to `entries`: `map(object)`, required.

        The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.
        """
        return _reference.MapReference(self, 'entries', AzureSqlAllowlistEntriesReference)

    @property
    def entry_quota(self) -> float:
        """A reference to `entry_quota`: `number`, optional.

        How many entries the whole list may hold; more are refused at plan. Left out, nobody checks: the vendor publishes no number.
        """
        return self.get_number_attribute('entry_quota')

    @property
    def foreign_entries(self) -> list[str]:
        """A reference to `foreign_entries`: `list(string)`, computed.

        What else is on the list, as the vendor spells it. It is never changed.
        """
        return self.get_list_attribute('foreign_entries')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        `<subscription_id>/<resource_group>/<server_name>/<owner>`.
        """
        return self.get_string_attribute('id')

    @property
    def open_to_world(self) -> _cdk.IResolvable:
        """A reference to `open_to_world`: `bool`, computed.

        Whether everybody, or a good part of the internet, gets in by any entry or because the list is not in force.
        """
        return self.get_boolean_attribute('open_to_world')

    @property
    def open_to_world_reason(self) -> str:
        """A reference to `open_to_world_reason`: `string`, optional.

        Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is refused.
        """
        return self.get_string_attribute('open_to_world_reason')

    @property
    def owned_entries(self) -> list[str]:
        """A reference to `owned_entries`: `list(string)`, computed.

        The CIDRs that are on the list because of this object, and go with it. An address that somebody had let in before is used and is not among them.
        """
        return self.get_list_attribute('owned_entries')

    @property
    def owner(self) -> str:
        """A reference to `owner`: `string`, required.

        Who owns these entries: stable, and different for each stack and database, for example `shop/orders`. Two owners that want the same address have an entry each.
        """
        return self.get_string_attribute('owner')

    @property
    def resource_group(self) -> str:
        """A reference to `resource_group`: `string`, required.

        The resource group in it.
        """
        return self.get_string_attribute('resource_group')

    @property
    def server_name(self) -> str:
        """A reference to `server_name`: `string`, required.

        The logical server, with all of its databases.
        """
        return self.get_string_attribute('server_name')

    @property
    def shared_with(self) -> _cdk.StringMap:
        """A reference to `shared_with`: `map(string)`, computed.

        The other owners of an entry, separated by commas, by its CIDR; entries of one owner are left out.
        """
        return _cdk.StringMap(self, 'shared_with')

    @property
    def subscription_id(self) -> str:
        """A reference to `subscription_id`: `string`, optional, computed if not given.

        The Azure subscription. Left out, it is the environment variable `ARM_SUBSCRIPTION_ID`.
        """
        return self.get_string_attribute('subscription_id')

    @property
    def timeout_minutes(self) -> float:
        """A reference to `timeout_minutes`: `number`, optional, computed if not given.

        How long the vendor may take to carry out one change. 20 unless given.
        """
        return self.get_number_attribute('timeout_minutes')
