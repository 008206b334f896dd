# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import ephemeral as _ephemeral
from dflow_cdk import inputs as _inputs


EphemeralProcessFileInputs = _typing.TypedDict('EphemeralProcessFileInputs', {'path': 'str'}, total=False)


class EphemeralProcessFile(_ephemeral.EphemeralResource):
    """The ephemeral resource `dflow_process_file` of Terraform.

    The text of a file on the machine that runs Terraform, such as a mounted secret, for write-only arguments. It exists for one run and stands in no plan and no state, unlike what Terraform's function `file` reads.

    Args:
        path: `string`, required. Path of the file, from the root or, with `~/`, from the home folder.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'ephemeral.dflow_process_file'
    TF_EPHEMERAL_TYPE: _typing.ClassVar[str] = 'dflow_process_file'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {'path': _inputs.Kind.STRING}
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        path: str,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'path': path},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> EphemeralProcessFileInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(EphemeralProcessFileInputs, self._inputs)

    @property
    def path(self) -> str:
        """A reference to `path`: `string`, required.

        Path of the file, from the root or, with `~/`, from the home folder.
        """
        return self.get_string_attribute('path')

    @property
    def value(self) -> str:
        """A reference to `value`: `string`, computed, sensitive.

        Its text, without one line break at the end. A file that is absent, empty, no UTF-8 text or larger than 64 KiB is an error.
        """
        return self.get_string_attribute('value')
