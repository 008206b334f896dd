# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


ServiceVariablesInputs = _typing.TypedDict(
    'ServiceVariablesInputs',
    {
        'exclusive': 'bool | _cdk.IResolvable',
        'secret_variables_wo': '_abc.Mapping[str, str] | _cdk.IResolvable',
        'secret_variables_wo_version': 'str',
        'service_id': 'str',
        'variables': '_abc.Mapping[str, str] | _cdk.IResolvable',
    },
    total=False,
)


class ServiceVariables(_element.Resource):
    """The managed resource `dflow_service_variables` of Terraform.

    Variables of an App or Docker service. The resource owns the keys it names and no other: keys set in the dashboard or by another `dflow_service_variables` of the same service stay as they are, unless `exclusive` is set. Variables reach the running service with its next restart or deployment, and only after dFlow's dashboard saved them to the node.

    A key that the service already has is taken over when its value is the same and refused otherwise, so that two owners never fight over it.

    Import by service id or by `<environment name>/<service name>`: `terraform import dflow_service_variables.web shop-production/shop-production-web`. An import reads no values into the state; the next apply takes over the keys that the configuration names.

    Args:
        service_id: `string`, required. Id of the App or Docker service. Variables belong to one service, so another service means new variables there and their removal here.
        exclusive: `bool`, optional, computed if not given. Who may have keys on the service. By default (`false`) others may, and theirs are never touched. With `true` this resource owns every key: foreign ones show up in the plan, without their values, and are removed.
        secret_variables_wo: `map(string)`, optional, write-only, in neither plan nor state. Variables whose values are secret, under the same rules as `variables`. Write-only: the values go to dFlow and stand in no plan and no state; the keys do, in `secret_variable_names`. Sent for keys that are new or missing in dFlow or changed by hand, and all of them whenever `secret_variables_wo_version` changes.
        secret_variables_wo_version: `string`, optional. Any text; change it to send all of `secret_variables_wo` again, for instance after a rotation.
        variables: `map(string)`, optional. Variables whose values may be seen: settings, and reference variables such as `{{ shop-production-cache.REDIS_URI }}`. They stand in plan and state; secrets belong in `secret_variables_wo`. Keys are letters, digits and `_`, not starting with a digit. Values with `$`, `` ` ``, `"`, `\\` or a line break are refused, because the Worker Node's shell would run or corrupt them.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_service_variables'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'exclusive': _inputs.Kind.BOOL,
        'secret_variables_wo': _inputs.Kind.MAP,
        'secret_variables_wo_version': _inputs.Kind.STRING,
        'service_id': _inputs.Kind.STRING,
        'variables': _inputs.Kind.MAP,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        service_id: str,
        exclusive: bool | _cdk.IResolvable | None = None,
        secret_variables_wo: _abc.Mapping[str, str] | _cdk.IResolvable | None = None,
        secret_variables_wo_version: str | None = None,
        variables: _abc.Mapping[str, str] | _cdk.IResolvable | None = None,
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
                'service_id': service_id,
                'exclusive': exclusive,
                'secret_variables_wo': secret_variables_wo,
                'secret_variables_wo_version': secret_variables_wo_version,
                'variables': variables,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> ServiceVariablesInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(ServiceVariablesInputs, self._inputs)

    @property
    def exclusive(self) -> _cdk.IResolvable:
        """A reference to `exclusive`: `bool`, optional, computed if not given.

        Who may have keys on the service. By default (`false`) others may, and theirs are never touched. With `true` this resource owns every key: foreign ones show up in the plan, without their values, and are removed.
        """
        return self.get_boolean_attribute('exclusive')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The same as `service_id`.
        """
        return self.get_string_attribute('id')

    @property
    def secret_variable_names(self) -> list[str]:
        """A reference to `secret_variable_names`: `set(string)`, computed.

        Keys that this resource owns through `secret_variables_wo`. A key removed by hand drops out, and the next plan puts it back.
        """
        return _cdk.Fn.tolist(self.interpolation_for_attribute('secret_variable_names'))

    @property
    def secret_variables_changed(self) -> list[str]:
        """A reference to `secret_variables_changed`: `set(string)`, computed.

        Keys of `secret_variables_wo` whose value in dFlow is not the one that was applied last, as far as can be told; the next apply sends the configured value again, and afterwards the set is empty. Noticed by keyed hashes beside the state, made with a key that is derived from the API key: no value and no hash that the state alone would give away is kept. With an API key that was never used for an apply before, after its rotation for instance, values count as unchanged once.
        """
        return _cdk.Fn.tolist(self.interpolation_for_attribute('secret_variables_changed'))

    @property
    def secret_variables_wo_version(self) -> str:
        """A reference to `secret_variables_wo_version`: `string`, optional.

        Any text; change it to send all of `secret_variables_wo` again, for instance after a rotation.
        """
        return self.get_string_attribute('secret_variables_wo_version')

    @property
    def service_id(self) -> str:
        """A reference to `service_id`: `string`, required.

        Id of the App or Docker service. Variables belong to one service, so another service means new variables there and their removal here.
        """
        return self.get_string_attribute('service_id')

    @property
    def variables(self) -> _cdk.StringMap:
        """A reference to `variables`: `map(string)`, optional.

        Variables whose values may be seen: settings, and reference variables such as `{{ shop-production-cache.REDIS_URI }}`. They stand in plan and state; secrets belong in `secret_variables_wo`. Keys are letters, digits and `_`, not starting with a digit. Values with `$`, `` ` ``, `"`, `\\` or a line break are refused, because the Worker Node's shell would run or corrupt them.
        """
        return _cdk.StringMap(self, 'variables')
