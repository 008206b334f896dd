# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


DeploymentInputs = _typing.TypedDict(
    'DeploymentInputs',
    {
        'queued_timeout_minutes': 'float',
        'service_id': 'str',
        'start': 'str',
        'timeout_minutes': 'float',
        'triggers': '_abc.Mapping[str, str] | _cdk.IResolvable',
    },
    total=False,
)


class Deployment(_element.Resource):
    """The managed resource `dflow_deployment` of Terraform.

    Deploys a service and waits for the outcome: the apply fails when the build fails, with the end of its log. It happens once when the resource is created, and again when `triggers` change.

    dFlow's REST API cannot deploy a service by itself. What it has is GitHub's webhook: for an App service whose source is a GitHub App this resource reports a push to the service's branch, signed with the App's webhook secret, and dFlow builds what the branch holds on GitHub at that moment. **dFlow then deploys every service of that App, repository and branch**, which the plan names. For every other service set `start = "manual"`: the apply then waits until somebody presses Deploy in the dashboard.

    Destroying the resource does nothing: what was deployed runs on. A deployment that failed or was not waited for to its end is repeated by the next apply. It cannot be imported.

    Args:
        service_id: `string`, required. Id of the service. Take it from the resource that has to be ready first, and name others, such as the service's variables, in `depends_on`.
        queued_timeout_minutes: `number`, optional, computed if not given. How long a deployment may stay `queued` in minutes before that counts as a failure. By default 10. dFlow itself waits for ever, also for a worker that does not exist.
        start: `string`, optional, computed if not given. What starts the deployment. By default `github_push`, the signed report of a push; refused at plan for a service that it does not reach. With `manual` the apply waits until somebody presses Deploy.
        timeout_minutes: `number`, optional, computed if not given. How long to wait for the deployment's end in minutes, with `manual` including the wait for somebody to begin. By default 30. The deployment itself goes on when the time is over.
        triggers: `map(string)`, optional. Any texts; a change deploys again. For instance the commit, or the version of the service's secrets. Without any, the service is deployed once.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_deployment'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'queued_timeout_minutes': _inputs.Kind.NUMBER,
        'service_id': _inputs.Kind.STRING,
        'start': _inputs.Kind.STRING,
        'timeout_minutes': _inputs.Kind.NUMBER,
        'triggers': _inputs.Kind.MAP,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        service_id: str,
        queued_timeout_minutes: float | None = None,
        start: str | None = None,
        timeout_minutes: float | None = None,
        triggers: _abc.Mapping[str, str] | _cdk.IResolvable | None = None,
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
                'queued_timeout_minutes': queued_timeout_minutes,
                'start': start,
                'timeout_minutes': timeout_minutes,
                'triggers': triggers,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DeploymentInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DeploymentInputs, self._inputs)

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When it was asked for, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def deployment_id(self) -> str:
        """A reference to `deployment_id`: `string`, computed.

        The deployment's id in dFlow.
        """
        return self.get_string_attribute('deployment_id')

    @property
    def finished_at(self) -> str:
        """A reference to `finished_at`: `string`, computed.

        When dFlow noted its outcome, as an RFC 3339 time in UTC; null until then.
        """
        return self.get_string_attribute('finished_at')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The same as `deployment_id`.
        """
        return self.get_string_attribute('id')

    @property
    def queued_timeout_minutes(self) -> float:
        """A reference to `queued_timeout_minutes`: `number`, optional, computed if not given.

        How long a deployment may stay `queued` in minutes before that counts as a failure. By default 10. dFlow itself waits for ever, also for a worker that does not exist.
        """
        return self.get_number_attribute('queued_timeout_minutes')

    @property
    def service_id(self) -> str:
        """A reference to `service_id`: `string`, required.

        Id of the service. Take it from the resource that has to be ready first, and name others, such as the service's variables, in `depends_on`.
        """
        return self.get_string_attribute('service_id')

    @property
    def start(self) -> str:
        """A reference to `start`: `string`, optional, computed if not given.

        What starts the deployment. By default `github_push`, the signed report of a push; refused at plan for a service that it does not reach. With `manual` the apply waits until somebody presses Deploy.
        """
        return self.get_string_attribute('start')

    @property
    def status(self) -> str:
        """A reference to `status`: `string`, computed.

        `success`, once applied without an error.
        """
        return self.get_string_attribute('status')

    @property
    def timeout_minutes(self) -> float:
        """A reference to `timeout_minutes`: `number`, optional, computed if not given.

        How long to wait for the deployment's end in minutes, with `manual` including the wait for somebody to begin. By default 30. The deployment itself goes on when the time is over.
        """
        return self.get_number_attribute('timeout_minutes')

    @property
    def triggers(self) -> _cdk.StringMap:
        """A reference to `triggers`: `map(string)`, optional.

        Any texts; a change deploys again. For instance the commit, or the version of the service's secrets. Without any, the service is deployed once.
        """
        return _cdk.StringMap(self, 'triggers')
