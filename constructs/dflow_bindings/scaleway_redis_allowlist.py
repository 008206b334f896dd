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
class ScalewayRedisAllowlistEntries(_inputs.Nested):
    """A nested object of `entries`.

    The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.

    Args:
        cidr: `string`, required. The address or range to let in, IPv4 only: `203.0.113.7/32`; an address without a prefix length is that one address. Not public, or everybody: refused.
        description: `string`, optional. The entry's description, at most 255 characters. Left out, it names database, node and owner.
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


class ScalewayRedisAllowlistEntriesReference(_reference.ObjectReference):
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

        The entry's description, at most 255 characters. Left out, it names database, node and owner.
        """
        return self.get_string_attribute('description')

    @property
    def expires_at(self) -> str:
        """A reference to `expires_at`: `string`, optional.

        When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. The vendor's entries never end by themselves: the next plan after that moment warns, and its apply removes the entry. Left out, it never ends.
        """
        return self.get_string_attribute('expires_at')


ScalewayRedisAllowlistInputs = _typing.TypedDict(
    'ScalewayRedisAllowlistInputs',
    {
        'allow_empty': 'bool | _cdk.IResolvable',
        'allow_first': 'bool | _cdk.IResolvable',
        'cluster_id': 'str',
        'database': 'str',
        'entries': '_abc.Mapping[str, ScalewayRedisAllowlistEntries | _cdk.IResolvable] | _cdk.IResolvable',
        'entry_quota': 'float',
        'open_to_world_reason': 'str',
        'owner': 'str',
        'timeout_minutes': 'float',
        'zone': 'str',
    },
    total=False,
)


class ScalewayRedisAllowlist(_element.Resource):
    """The managed resource `dflow_scaleway_redis_allowlist` of Terraform.

    The entries of dFlow Worker Nodes on an allowlist: Scaleway Managed Redis ACL. It owns only the entries it added; every other one survives create, update and destroy byte for byte. One object holds all entries of one database and one owner. An entry opens the whole database. Credentials come from the environment: `SCW_SECRET_KEY`. The key has to be allowed to change Redis clusters in the cluster's project. An entry another owner added is used, not marked: it goes with that owner, until the next apply here. A cluster in a Private Network has no list. Import id: `<zone>/<cluster_id>/<owner>`.

    Args:
        cluster_id: `string`, required. The Redis cluster, without the zone that Scaleway's provider writes before it.
        entries: `map(object)`, required. The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.
        owner: `string`, required. Who owns these entries: stable, and different for each stack and database, for example `shop/orders`. Two owners that want the same address share one entry, which names both; the last one to leave removes it.
        allow_empty: `bool`, optional, computed if not given. Whether the last entry of the whole list may be removed, by a destroy too. An empty list lets nobody in here, so nothing needs it.
        allow_first: `bool`, optional, computed if not given. Whether the first entry of the whole list may be added. An empty list lets nobody in here, so nothing needs it.
        database: `string`, optional. The name of the database, for people: in notes where the vendor has them, and in messages.
        entry_quota: `number`, optional. How many entries the whole list may hold; more are refused at plan. Left out, nobody checks: the vendor publishes no number.
        open_to_world_reason: `string`, optional. Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is refused.
        timeout_minutes: `number`, optional, computed if not given. How long the vendor may take to carry out one change. 20 unless given.
        zone: `string`, optional, computed if not given. The zone the cluster is in. Left out, it is the environment variable `SCW_DEFAULT_ZONE`.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_scaleway_redis_allowlist'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'allow_empty': _inputs.Kind.BOOL,
        'allow_first': _inputs.Kind.BOOL,
        'cluster_id': _inputs.Kind.STRING,
        'database': _inputs.Kind.STRING,
        'entries': _inputs.Kind.MAP,
        'entry_quota': _inputs.Kind.NUMBER,
        'open_to_world_reason': _inputs.Kind.STRING,
        'owner': _inputs.Kind.STRING,
        'timeout_minutes': _inputs.Kind.NUMBER,
        'zone': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        cluster_id: str,
        entries: _abc.Mapping[str, ScalewayRedisAllowlistEntries | _cdk.IResolvable] | _cdk.IResolvable,
        owner: str,
        allow_empty: bool | _cdk.IResolvable | None = None,
        allow_first: bool | _cdk.IResolvable | None = None,
        database: str | None = None,
        entry_quota: float | None = None,
        open_to_world_reason: str | None = None,
        timeout_minutes: float | None = None,
        zone: str | None = None,
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
                'cluster_id': cluster_id,
                'entries': entries,
                'owner': owner,
                'allow_empty': allow_empty,
                'allow_first': allow_first,
                'database': database,
                'entry_quota': entry_quota,
                'open_to_world_reason': open_to_world_reason,
                'timeout_minutes': timeout_minutes,
                'zone': zone,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> ScalewayRedisAllowlistInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(ScalewayRedisAllowlistInputs, self._inputs)

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
    def cluster_id(self) -> str:
        """A reference to `cluster_id`: `string`, required.

        The Redis cluster, without the zone that Scaleway's provider writes before it.
        """
        return self.get_string_attribute('cluster_id')

    @property
    def database(self) -> str:
        """A reference to `database`: `string`, optional.

        The name of the database, for people: in notes where the vendor has them, and in messages.
        """
        return self.get_string_attribute('database')

    @property
    def entries(self) -> _reference.MapReference[ScalewayRedisAllowlistEntriesReference]:
        """A reference to `entries`: `map(object)`, required.

        The entries by the name of the Worker Node they let in. Two nodes with one address share one entry.
        """
        return _reference.MapReference(self, 'entries', ScalewayRedisAllowlistEntriesReference)

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

        `<zone>/<cluster_id>/<owner>`.
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

        Who owns these entries: stable, and different for each stack and database, for example `shop/orders`. Two owners that want the same address share one entry, which names both; the last one to leave removes it.
        """
        return self.get_string_attribute('owner')

    @property
    def shared_with(self) -> _cdk.StringMap:
        """A reference to `shared_with`: `map(string)`, computed.

        The other owners of an entry, separated by commas, by its CIDR; entries of one owner are left out.
        """
        return _cdk.StringMap(self, 'shared_with')

    @property
    def timeout_minutes(self) -> float:
        """A reference to `timeout_minutes`: `number`, optional, computed if not given.

        How long the vendor may take to carry out one change. 20 unless given.
        """
        return self.get_number_attribute('timeout_minutes')

    @property
    def zone(self) -> str:
        """A reference to `zone`: `string`, optional, computed if not given.

        The zone the cluster is in. Left out, it is the environment variable `SCW_DEFAULT_ZONE`.
        """
        return self.get_string_attribute('zone')
