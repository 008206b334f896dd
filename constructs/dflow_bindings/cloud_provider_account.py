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
class CloudProviderAccountAws(_inputs.Nested):
    """A nested object of `aws`.

    An access key of AWS. Given for the type `aws` and no other.

    Args:
        access_key_id: `string`, required. The access key's id (`AKIA…`), unique among the accounts of the organisation.
        secret_access_key_wo: `string`, required, write-only, in neither plan nor state. The secret access key. Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account is made, whenever something beside it changes and when it was changed by hand.
        secret_access_key_wo_version: `string`, optional. Any text; change it to send `secret_access_key_wo` again, for instance after a rotation.
    """

    access_key_id: str
    secret_access_key_wo: str
    secret_access_key_wo_version: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'access_key_id': ('access_key_id', _inputs.Kind.STRING),
        'secret_access_key_wo': ('secret_access_key_wo', _inputs.Kind.STRING),
        'secret_access_key_wo_version': ('secret_access_key_wo_version', _inputs.Kind.STRING),
    }


@_dataclasses.dataclass(frozen=True, kw_only=True)
class CloudProviderAccountAzure(_inputs.Nested):
    """A nested object of `azure`.

    A service principal of Azure. Given for the type `azure` and no other.

    Args:
        client_id: `string`, required. The application's (client) id.
        client_secret_wo: `string`, required, write-only, in neither plan nor state. The client secret. Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account is made, whenever something beside it changes and when it was changed by hand.
        subscription_id: `string`, required. The subscription's id.
        tenant_id: `string`, required. The directory's (tenant) id.
        client_secret_wo_version: `string`, optional. Any text; change it to send `client_secret_wo` again, for instance after a rotation.
    """

    client_id: str
    client_secret_wo: str
    subscription_id: str
    tenant_id: str
    client_secret_wo_version: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'client_id': ('client_id', _inputs.Kind.STRING),
        'client_secret_wo': ('client_secret_wo', _inputs.Kind.STRING),
        'client_secret_wo_version': ('client_secret_wo_version', _inputs.Kind.STRING),
        'subscription_id': ('subscription_id', _inputs.Kind.STRING),
        'tenant_id': ('tenant_id', _inputs.Kind.STRING),
    }


@_dataclasses.dataclass(frozen=True, kw_only=True)
class CloudProviderAccountDflow(_inputs.Nested):
    """A nested object of `dflow`.

    A token of dFlow's own cloud. Given for the type `dflow` and no other.

    Args:
        access_token_wo: `string`, required, write-only, in neither plan nor state. The access token. Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account is made, whenever something beside it changes and when it was changed by hand.
        access_token_wo_version: `string`, optional. Any text; change it to send `access_token_wo` again, for instance after a rotation.
    """

    access_token_wo: str
    access_token_wo_version: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'access_token_wo': ('access_token_wo', _inputs.Kind.STRING),
        'access_token_wo_version': ('access_token_wo_version', _inputs.Kind.STRING),
    }


@_dataclasses.dataclass(frozen=True, kw_only=True)
class CloudProviderAccountDigitalocean(_inputs.Nested):
    """A nested object of `digitalocean`.

    A token of DigitalOcean. Given for the type `digitalocean` and no other.

    Args:
        access_token_wo: `string`, required, write-only, in neither plan nor state. The access token. Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account is made, whenever something beside it changes and when it was changed by hand.
        access_token_wo_version: `string`, optional. Any text; change it to send `access_token_wo` again, for instance after a rotation.
    """

    access_token_wo: str
    access_token_wo_version: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'access_token_wo': ('access_token_wo', _inputs.Kind.STRING),
        'access_token_wo_version': ('access_token_wo_version', _inputs.Kind.STRING),
    }


@_dataclasses.dataclass(frozen=True, kw_only=True)
class CloudProviderAccountGcp(_inputs.Nested):
    """A nested object of `gcp`.

    A service account of Google Cloud. Given for the type `gcp` and no other.

    Args:
        project_id: `string`, required. The project's id.
        service_account_key_wo: `string`, required, write-only, in neither plan nor state. The key of a service account, as JSON. Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account is made, whenever something beside it changes and when it was changed by hand.
        service_account_key_wo_version: `string`, optional. Any text; change it to send `service_account_key_wo` again, for instance after a rotation.
    """

    project_id: str
    service_account_key_wo: str
    service_account_key_wo_version: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'project_id': ('project_id', _inputs.Kind.STRING),
        'service_account_key_wo': ('service_account_key_wo', _inputs.Kind.STRING),
        'service_account_key_wo_version': ('service_account_key_wo_version', _inputs.Kind.STRING),
    }


class CloudProviderAccountAwsReference(_reference.ObjectReference):
    """A reference to `aws`."""

    @property
    def access_key_id(self) -> str:
        """A reference to `access_key_id`: `string`, required.

        The access key's id (`AKIA…`), unique among the accounts of the organisation.
        """
        return self.get_string_attribute('access_key_id')

    @property
    def secret_access_key_wo_version(self) -> str:
        """A reference to `secret_access_key_wo_version`: `string`, optional.

        Any text; change it to send `secret_access_key_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('secret_access_key_wo_version')


class CloudProviderAccountAzureReference(_reference.ObjectReference):
    """A reference to `azure`."""

    @property
    def client_id(self) -> str:
        """A reference to `client_id`: `string`, required.

        The application's (client) id.
        """
        return self.get_string_attribute('client_id')

    @property
    def client_secret_wo_version(self) -> str:
        """A reference to `client_secret_wo_version`: `string`, optional.

        Any text; change it to send `client_secret_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('client_secret_wo_version')

    @property
    def subscription_id(self) -> str:
        """A reference to `subscription_id`: `string`, required.

        The subscription's id.
        """
        return self.get_string_attribute('subscription_id')

    @property
    def tenant_id(self) -> str:
        """A reference to `tenant_id`: `string`, required.

        The directory's (tenant) id.
        """
        return self.get_string_attribute('tenant_id')


class CloudProviderAccountDflowReference(_reference.ObjectReference):
    """A reference to `dflow`."""

    @property
    def access_token_wo_version(self) -> str:
        """A reference to `access_token_wo_version`: `string`, optional.

        Any text; change it to send `access_token_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('access_token_wo_version')


class CloudProviderAccountDigitaloceanReference(_reference.ObjectReference):
    """A reference to `digitalocean`."""

    @property
    def access_token_wo_version(self) -> str:
        """A reference to `access_token_wo_version`: `string`, optional.

        Any text; change it to send `access_token_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('access_token_wo_version')


class CloudProviderAccountGcpReference(_reference.ObjectReference):
    """A reference to `gcp`."""

    @property
    def project_id(self) -> str:
        """A reference to `project_id`: `string`, required.

        The project's id.
        """
        return self.get_string_attribute('project_id')

    @property
    def service_account_key_wo_version(self) -> str:
        """A reference to `service_account_key_wo_version`: `string`, optional.

        Any text; change it to send `service_account_key_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('service_account_key_wo_version')


CloudProviderAccountInputs = _typing.TypedDict(
    'CloudProviderAccountInputs',
    {
        'aws': 'CloudProviderAccountAws | _cdk.IResolvable',
        'azure': 'CloudProviderAccountAzure | _cdk.IResolvable',
        'dflow': 'CloudProviderAccountDflow | _cdk.IResolvable',
        'digitalocean': 'CloudProviderAccountDigitalocean | _cdk.IResolvable',
        'gcp': 'CloudProviderAccountGcp | _cdk.IResolvable',
        'hard_delete': 'bool | _cdk.IResolvable',
        'name': 'str',
        'type': 'str',
    },
    total=False,
)


class CloudProviderAccount(_element.Resource):
    """The managed resource `dflow_cloud_provider_account` of Terraform.

    An account at a cloud, with which dFlow launches machines and keeps `dflow_security_group` in step. dFlow stores accounts of five types and works with two of them, `aws` and `dflow` (its own cloud); for the others the plan warns. Over REST it takes the credentials without trying them. An account that a Worker Node or a security group still uses is not removed.

    A secret that somebody changes by hand in dFlow is noticed without storing it: `secret_changed`.

    Import by id, by name or by `<type>/<name>`: `terraform import dflow_cloud_provider_account.production aws/production`.

    Args:
        name: `string`, required. The account's name, unique among the accounts of the same `type` in the organisation.
        type: `string`, required. Which cloud it is; the credentials stand in the attribute of the same name. Another cloud means another account.
        aws: `object`, optional. An access key of AWS. Given for the type `aws` and no other.
        azure: `object`, optional. A service principal of Azure. Given for the type `azure` and no other.
        dflow: `object`, optional. A token of dFlow's own cloud. Given for the type `dflow` and no other.
        digitalocean: `object`, optional. A token of DigitalOcean. Given for the type `digitalocean` and no other.
        gcp: `object`, optional. A service account of Google Cloud. Given for the type `gcp` and no other.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_cloud_provider_account'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'aws': _inputs.Kind.OBJECT,
        'azure': _inputs.Kind.OBJECT,
        'dflow': _inputs.Kind.OBJECT,
        'digitalocean': _inputs.Kind.OBJECT,
        'gcp': _inputs.Kind.OBJECT,
        'hard_delete': _inputs.Kind.BOOL,
        'name': _inputs.Kind.STRING,
        'type': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        name: str,
        type: str,
        aws: CloudProviderAccountAws | _cdk.IResolvable | None = None,
        azure: CloudProviderAccountAzure | _cdk.IResolvable | None = None,
        dflow: CloudProviderAccountDflow | _cdk.IResolvable | None = None,
        digitalocean: CloudProviderAccountDigitalocean | _cdk.IResolvable | None = None,
        gcp: CloudProviderAccountGcp | _cdk.IResolvable | None = None,
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
            inputs={
                'name': name,
                'type': type,
                'aws': aws,
                'azure': azure,
                'dflow': dflow,
                'digitalocean': digitalocean,
                'gcp': gcp,
                'hard_delete': hard_delete,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> CloudProviderAccountInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(CloudProviderAccountInputs, self._inputs)

    @property
    def aws(self) -> CloudProviderAccountAwsReference:
        """A reference to `aws`: `object`, optional.

        An access key of AWS. Given for the type `aws` and no other.
        """
        return CloudProviderAccountAwsReference(self, 'aws')

    @property
    def azure(self) -> CloudProviderAccountAzureReference:
        """A reference to `azure`: `object`, optional.

        A service principal of Azure. Given for the type `azure` and no other.
        """
        return CloudProviderAccountAzureReference(self, 'azure')

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow stored it, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def dflow(self) -> CloudProviderAccountDflowReference:
        """A reference to `dflow`: `object`, optional.

        A token of dFlow's own cloud. Given for the type `dflow` and no other.
        """
        return CloudProviderAccountDflowReference(self, 'dflow')

    @property
    def digitalocean(self) -> CloudProviderAccountDigitaloceanReference:
        """A reference to `digitalocean`: `object`, optional.

        A token of DigitalOcean. Given for the type `digitalocean` and no other.
        """
        return CloudProviderAccountDigitaloceanReference(self, 'digitalocean')

    @property
    def gcp(self) -> CloudProviderAccountGcpReference:
        """A reference to `gcp`: `object`, optional.

        A service account of Google Cloud. Given for the type `gcp` and no other.
        """
        return CloudProviderAccountGcpReference(self, 'gcp')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The account's id in dFlow; Worker Nodes and security groups refer to it as `cloud_provider_account_id`.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The account's name, unique among the accounts of the same `type` in the organisation.
        """
        return self.get_string_attribute('name')

    @property
    def secret_changed(self) -> _cdk.IResolvable:
        """A reference to `secret_changed`: `bool`, computed.

        Whether dFlow has another secret than was applied last, as far as can be told; the next apply sends the configured one again, and afterwards it is `false`. Noticed by a keyed hash beside the state, made with a key that is derived from the API key: no value and no hash that the state alone would give away is kept. After an import, and with an API key that was never used for an apply before, it counts as unchanged once.
        """
        return self.get_boolean_attribute('secret_changed')

    @property
    def type(self) -> str:
        """A reference to `type`: `string`, required.

        Which cloud it is; the credentials stand in the attribute of the same name. Another cloud means another account.
        """
        return self.get_string_attribute('type')
