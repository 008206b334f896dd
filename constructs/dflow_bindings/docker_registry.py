# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


DockerRegistryInputs = _typing.TypedDict(
    'DockerRegistryInputs',
    {
        'hard_delete': 'bool | _cdk.IResolvable',
        'name': 'str',
        'password_wo': 'str',
        'password_wo_version': 'str',
        'type': 'str',
        'username': 'str',
    },
    total=False,
)


class DockerRegistry(_element.Resource):
    """The managed resource `dflow_docker_registry` of Terraform.

    An account at a docker registry, with which dFlow pulls private images for `dflow_docker_service`. dFlow knows four registries and no other host. Over REST it takes the account without trying it: a wrong password shows as a failed deployment. An account that a Docker service still uses is not removed.

    A password that somebody changes by hand in dFlow is noticed without storing it: `password_changed`.

    Import by id, by name or by `<type>/<name>`: `terraform import dflow_docker_registry.ghcr github/acme`.

    Args:
        name: `string`, required. The account's name, unique among the accounts of the same `type` in the organisation.
        password_wo: `string`, required, write-only, in neither plan nor state. The password, or better an access token that may only pull. Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account is made, when `username` changes, when it was changed by hand and whenever `password_wo_version` changes.
        type: `string`, required. Which registry it is: `docker` (docker.io), `github` (ghcr.io), `digitalocean` (registry.digitalocean.com), `quay` (quay.io). Another registry means another account.
        username: `string`, required. The user name at the registry, unique among the accounts of the same `type` in the organisation.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good.
        password_wo_version: `string`, optional. Any text; change it to send `password_wo` again, for instance after a rotation.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_docker_registry'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'hard_delete': _inputs.Kind.BOOL,
        'name': _inputs.Kind.STRING,
        'password_wo': _inputs.Kind.STRING,
        'password_wo_version': _inputs.Kind.STRING,
        'type': _inputs.Kind.STRING,
        'username': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        name: str,
        password_wo: str,
        type: str,
        username: str,
        hard_delete: bool | _cdk.IResolvable | None = None,
        password_wo_version: str | None = None,
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
                'password_wo': password_wo,
                'type': type,
                'username': username,
                'hard_delete': hard_delete,
                'password_wo_version': password_wo_version,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DockerRegistryInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DockerRegistryInputs, self._inputs)

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow stored it, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The account's id in dFlow; Docker services refer to it as `docker_registry_id`.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The account's name, unique among the accounts of the same `type` in the organisation.
        """
        return self.get_string_attribute('name')

    @property
    def password_changed(self) -> _cdk.IResolvable:
        """A reference to `password_changed`: `bool`, computed.

        Whether dFlow has another password than was applied last, as far as can be told; the next apply sends the configured one again, and afterwards it is `false`. Noticed by a keyed hash beside the state, made with a key that is derived from the API key: no value and no hash that the state alone would give away is kept. After an import, and with an API key that was never used for an apply before, it counts as unchanged once.
        """
        return self.get_boolean_attribute('password_changed')

    @property
    def password_wo_version(self) -> str:
        """A reference to `password_wo_version`: `string`, optional.

        Any text; change it to send `password_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('password_wo_version')

    @property
    def type(self) -> str:
        """A reference to `type`: `string`, required.

        Which registry it is: `docker` (docker.io), `github` (ghcr.io), `digitalocean` (registry.digitalocean.com), `quay` (quay.io). Another registry means another account.
        """
        return self.get_string_attribute('type')

    @property
    def username(self) -> str:
        """A reference to `username`: `string`, required.

        The user name at the registry, unique among the accounts of the same `type` in the organisation.
        """
        return self.get_string_attribute('username')
