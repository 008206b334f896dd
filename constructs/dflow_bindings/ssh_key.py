# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


SshKeyInputs = _typing.TypedDict(
    'SshKeyInputs',
    {'description': 'str', 'name': 'str', 'private_key_wo': 'str', 'private_key_wo_version': 'str', 'public_key': 'str'},
    total=False,
)


class SshKey(_element.Resource):
    """The managed resource `dflow_ssh_key` of Terraform.

    An SSH key pair that dFlow keeps and logs in to Worker Nodes with. dFlow never changes a key, so every change makes a new one: where a Worker Node uses it, give the new one another name and set `create_before_destroy`. A key that a Worker Node still uses is not removed. dFlow has no trash for keys; destroying removes the key for good.

    A private key that somebody replaces in dFlow by other means is noticed without storing it: `private_key_changed`.

    Import by id or by name: `terraform import dflow_ssh_key.deploy deploy`.

    Args:
        name: `string`, required. The key's name, unique within the organisation. It is also the name of the key pair on EC2 when dFlow launches a machine with it.
        private_key_wo: `string`, required, write-only, in neither plan nor state. The private half, without a passphrase. Write-only: it goes to dFlow and stands in no plan and no state. Another one is sent only with a new `private_key_wo_version` or another `public_key`.
        public_key: `string`, required. The public half, one line as in `id_ed25519.pub`. It must be in `authorized_keys` of the Worker Nodes; dFlow does not put it there.
        description: `string`, optional. Free text that dFlow's dashboard shows beside the name. Left out, there is none.
        private_key_wo_version: `string`, optional. Any text; change it together with `private_key_wo`. The change makes a new key, because dFlow changes none. The first value after an import is noted and changes nothing.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_ssh_key'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'description': _inputs.Kind.STRING,
        'name': _inputs.Kind.STRING,
        'private_key_wo': _inputs.Kind.STRING,
        'private_key_wo_version': _inputs.Kind.STRING,
        'public_key': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        name: str,
        private_key_wo: str,
        public_key: str,
        description: str | None = None,
        private_key_wo_version: str | None = None,
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
                'private_key_wo': private_key_wo,
                'public_key': public_key,
                'description': description,
                'private_key_wo_version': private_key_wo_version,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> SshKeyInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(SshKeyInputs, self._inputs)

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow stored the key, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        Free text that dFlow's dashboard shows beside the name. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The key's id in dFlow; Worker Nodes refer to it as `ssh_key_id`.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The key's name, unique within the organisation. It is also the name of the key pair on EC2 when dFlow launches a machine with it.
        """
        return self.get_string_attribute('name')

    @property
    def private_key_changed(self) -> _cdk.IResolvable:
        """A reference to `private_key_changed`: `bool`, computed.

        Whether dFlow has another private key than was applied last, as far as can be told; the next apply makes a new key with the configured one, because dFlow changes none, and afterwards it is `false`. Noticed by a keyed hash beside the state, made with a key that is derived from the API key: no value and no hash that the state alone would give away is kept. After an import, and with an API key that was never used for an apply before, it counts as unchanged once.
        """
        return self.get_boolean_attribute('private_key_changed')

    @property
    def private_key_wo_version(self) -> str:
        """A reference to `private_key_wo_version`: `string`, optional.

        Any text; change it together with `private_key_wo`. The change makes a new key, because dFlow changes none. The first value after an import is noted and changes nothing.
        """
        return self.get_string_attribute('private_key_wo_version')

    @property
    def public_key(self) -> str:
        """A reference to `public_key`: `string`, required.

        The public half, one line as in `id_ed25519.pub`. It must be in `authorized_keys` of the Worker Nodes; dFlow does not put it there.
        """
        return self.get_string_attribute('public_key')
