# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs
from dflow_cdk import reference as _reference


class DataDeploymentsDeploymentsReference(_reference.ObjectReference):
    """A reference to `deployments`."""

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When it was asked for, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The deployment's id in dFlow.
        """
        return self.get_string_attribute('id')

    @property
    def status(self) -> str:
        """A reference to `status`: `string`, computed.

        `queued`, `building`, `success` or `failed`.
        """
        return self.get_string_attribute('status')


DataDeploymentsInputs = _typing.TypedDict('DataDeploymentsInputs', {'limit': 'float', 'service_id': 'str'}, total=False)


class DataDeployments(_element.DataSource):
    """The data source `dflow_deployments` of Terraform.

    The latest deployments of a service, the newest first. A deployment that stays `queued` for long was never picked up: dFlow has no other sign of that.

    Args:
        service_id: `string`, required. Id of the service, of any type.
        limit: `number`, optional, computed if not given. How many to list at most. By default 10.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_deployments'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'limit': _inputs.Kind.NUMBER,
        'service_id': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        service_id: str,
        limit: float | None = None,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'service_id': service_id, 'limit': limit},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataDeploymentsInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataDeploymentsInputs, self._inputs)

    @property
    def deployments(self) -> _reference.ListReference[DataDeploymentsDeploymentsReference]:
        """A reference to `deployments`: `list(object)`, computed.

        The deployments; empty for a service that was never deployed.
        """
        return _reference.ListReference(self, 'deployments', DataDeploymentsDeploymentsReference)

    @property
    def limit(self) -> float:
        """A reference to `limit`: `number`, optional, computed if not given.

        How many to list at most. By default 10.
        """
        return self.get_number_attribute('limit')

    @property
    def service_id(self) -> str:
        """A reference to `service_id`: `string`, required.

        Id of the service, of any type.
        """
        return self.get_string_attribute('service_id')
