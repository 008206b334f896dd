# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import ephemeral as _ephemeral
from dflow_cdk import inputs as _inputs


EphemeralProcessEnvironmentInputs = _typing.TypedDict('EphemeralProcessEnvironmentInputs', {'name': 'str'}, total=False)


class EphemeralProcessEnvironment(_ephemeral.EphemeralResource):
    """The ephemeral resource `dflow_process_environment` of Terraform.

    The value of an environment variable of the process that runs Terraform, for write-only arguments. It exists for one run and stands in no plan and no state. Unlike a Terraform variable it needs no `TF_VAR_` name and is not asked for on the terminal.

    Args:
        name: `string`, required. Name of the environment variable, as the shell spells it (`ORDERS_PASSWORD`).
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'ephemeral.dflow_process_environment'
    TF_EPHEMERAL_TYPE: _typing.ClassVar[str] = 'dflow_process_environment'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {'name': _inputs.Kind.STRING}
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        name: str,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'name': name},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> EphemeralProcessEnvironmentInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(EphemeralProcessEnvironmentInputs, self._inputs)

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        Name of the environment variable, as the shell spells it (`ORDERS_PASSWORD`).
        """
        return self.get_string_attribute('name')

    @property
    def value(self) -> str:
        """A reference to `value`: `string`, computed, sensitive.

        Its value. A variable that is absent or empty is an error.
        """
        return self.get_string_attribute('value')
