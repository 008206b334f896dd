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
class AppServiceSource(_inputs.Nested):
    """A nested object of `source`.

    Where the code is.

    Args:
        branch: `string`, required. The branch that is built.
        owner: `string`, required. The user, group or organisation that owns the repository (`acme`).
        provider: `string`, required. Who hosts the repository. It also decides how `repository` is written.
        repository: `string`, required. The repository: for `github` its name without the owner (`shop`), for every other provider the full clone URL (`https://gitlab.com/acme/shop.git`).
        build_path: `string`, optional, computed if not given. The folder inside the repository that is built, with a leading `/`. By default the whole repository, `/`.
        git_provider_id: `string`, optional. Id of the GitHub App installation in dFlow that may read the repository and whose pushes deploy it. Left out, the repository is public or read with `git_token_wo`.
    """

    branch: str
    owner: str
    provider: str
    repository: str
    build_path: str | None = None
    git_provider_id: str | None = None
    FIELDS: _typing.ClassVar[_abc.Mapping[str, tuple[str, _inputs.Kind]]] = {
        'branch': ('branch', _inputs.Kind.STRING),
        'build_path': ('build_path', _inputs.Kind.STRING),
        'git_provider_id': ('git_provider_id', _inputs.Kind.STRING),
        'owner': ('owner', _inputs.Kind.STRING),
        'provider': ('provider', _inputs.Kind.STRING),
        'repository': ('repository', _inputs.Kind.STRING),
    }


class AppServiceSourceReference(_reference.ObjectReference):
    """A reference to `source`."""

    @property
    def branch(self) -> str:
        """A reference to `branch`: `string`, required.

        The branch that is built.
        """
        return self.get_string_attribute('branch')

    @property
    def build_path(self) -> str:
        """A reference to `build_path`: `string`, optional, computed if not given.

        The folder inside the repository that is built, with a leading `/`. By default the whole repository, `/`.
        """
        return self.get_string_attribute('build_path')

    @property
    def git_provider_id(self) -> str:
        """A reference to `git_provider_id`: `string`, optional.

        Id of the GitHub App installation in dFlow that may read the repository and whose pushes deploy it. Left out, the repository is public or read with `git_token_wo`.
        """
        return self.get_string_attribute('git_provider_id')

    @property
    def owner(self) -> str:
        """A reference to `owner`: `string`, required.

        The user, group or organisation that owns the repository (`acme`).
        """
        return self.get_string_attribute('owner')

    @property
    def provider(self) -> str:
        """A reference to `provider`: `string`, required.

        Who hosts the repository. It also decides how `repository` is written.
        """
        return self.get_string_attribute('provider')

    @property
    def repository(self) -> str:
        """A reference to `repository`: `string`, required.

        The repository: for `github` its name without the owner (`shop`), for every other provider the full clone URL (`https://gitlab.com/acme/shop.git`).
        """
        return self.get_string_attribute('repository')


AppServiceInputs = _typing.TypedDict(
    'AppServiceInputs',
    {
        'builder': 'str',
        'description': 'str',
        'environment_id': 'str',
        'git_token_wo': 'str',
        'git_token_wo_version': 'str',
        'hard_delete': 'bool | _cdk.IResolvable',
        'name': 'str',
        'port': 'float',
        'source': 'AppServiceSource | _cdk.IResolvable',
    },
    total=False,
)


class AppService(_element.Resource):
    """The managed resource `dflow_app_service` of Terraform.

    An App service: dFlow builds it from a Git repository and runs it on the Environment's Worker Node. For a ready-made image use `dflow_docker_service`. Its variables are `dflow_service_variables`; a deployment still starts from dFlow's dashboard or a push.

    Import by id or by `<environment name>/<service name>`: `terraform import dflow_app_service.web shop-production/shop-production-web`.

    Args:
        environment_id: `string`, required. Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service runs. dFlow keeps a service where it was made, so another Environment means a new service.
        name: `string`, required. The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it (`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name (`shop-production-web`). The name is also the application's name on the node, so another name means a new service.
        source: `object`, required. Where the code is.
        builder: `string`, optional, computed if not given. What turns the code into an image. By default `buildPacks`. dFlow's public control plane accepts `nixpacks` and `herokuBuildPacks` but leaves their deployments queued for ever; the plan warns.
        description: `string`, optional. Free text that dFlow's dashboard shows beside the service. Left out, there is none.
        git_token_wo: `string`, optional, write-only, in neither plan nor state. Access token for a private repository. Write-only: it goes to dFlow and stands in no plan and no state. dFlow demands one for `azure_devops`. Sent when the service is made, when `source.provider` changes, when it was changed by hand and whenever `git_token_wo_version` changes.
        git_token_wo_version: `string`, optional. Any text; change it to send `git_token_wo` again, for instance after a rotation. Changing it with `git_token_wo` left out removes the token from dFlow.
        hard_delete: `bool`, optional, computed if not given. What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. Neither stops what already runs on the Worker Node.
        port: `number`, optional, computed if not given. The port that the application listens on inside its container; dFlow's proxy forwards to it. By default 3000.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_app_service'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'builder': _inputs.Kind.STRING,
        'description': _inputs.Kind.STRING,
        'environment_id': _inputs.Kind.STRING,
        'git_token_wo': _inputs.Kind.STRING,
        'git_token_wo_version': _inputs.Kind.STRING,
        'hard_delete': _inputs.Kind.BOOL,
        'name': _inputs.Kind.STRING,
        'port': _inputs.Kind.NUMBER,
        'source': _inputs.Kind.OBJECT,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        environment_id: str,
        name: str,
        source: AppServiceSource | _cdk.IResolvable,
        builder: str | None = None,
        description: str | None = None,
        git_token_wo: str | None = None,
        git_token_wo_version: str | None = None,
        hard_delete: bool | _cdk.IResolvable | None = None,
        port: float | None = None,
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
                'environment_id': environment_id,
                'name': name,
                'source': source,
                'builder': builder,
                'description': description,
                'git_token_wo': git_token_wo,
                'git_token_wo_version': git_token_wo_version,
                'hard_delete': hard_delete,
                'port': port,
            },
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> AppServiceInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(AppServiceInputs, self._inputs)

    @property
    def builder(self) -> str:
        """A reference to `builder`: `string`, optional, computed if not given.

        What turns the code into an image. By default `buildPacks`. dFlow's public control plane accepts `nixpacks` and `herokuBuildPacks` but leaves their deployments queued for ever; the plan warns.
        """
        return self.get_string_attribute('builder')

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow made the service, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def description(self) -> str:
        """A reference to `description`: `string`, optional.

        Free text that dFlow's dashboard shows beside the service. Left out, there is none.
        """
        return self.get_string_attribute('description')

    @property
    def environment_id(self) -> str:
        """A reference to `environment_id`: `string`, required.

        Id of the `dflow_environment` the service belongs to. The Environment decides on which Worker Node the service runs. dFlow keeps a service where it was made, so another Environment means a new service.
        """
        return self.get_string_attribute('environment_id')

    @property
    def git_token_changed(self) -> _cdk.IResolvable:
        """A reference to `git_token_changed`: `bool`, computed.

        Whether dFlow has another Git token than was applied last, as far as can be told; the next apply sends the configured one again, and afterwards it is `false`. Noticed by a keyed hash beside the state, made with a key that is derived from the API key: no value and no hash that the state alone would give away is kept. After an import, and with an API key that was never used for an apply before, it counts as unchanged once. Only a token that this resource sent is watched: not one that dFlow had before or that an import found.
        """
        return self.get_boolean_attribute('git_token_changed')

    @property
    def git_token_wo_version(self) -> str:
        """A reference to `git_token_wo_version`: `string`, optional.

        Any text; change it to send `git_token_wo` again, for instance after a rotation. Changing it with `git_token_wo` left out removes the token from dFlow.
        """
        return self.get_string_attribute('git_token_wo_version')

    @property
    def hard_delete(self) -> _cdk.IResolvable:
        """A reference to `hard_delete`: `bool`, optional, computed if not given.

        What destroying does to dFlow's record. By default (`false`) it goes to dFlow's trash as in the dashboard, from where an operator can bring it back; `true` removes the record for good. Neither stops what already runs on the Worker Node.
        """
        return self.get_boolean_attribute('hard_delete')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, computed.

        The service's id in dFlow. It stays the same while the service exists; references between services use `name`.
        """
        return self.get_string_attribute('id')

    @property
    def name(self) -> str:
        """A reference to `name`: `string`, required.

        The service's full name, exactly as dFlow and the Worker Node use it and as reference variables spell it (`{{ <name>.POSTGRES_URI }}`). It is unique within the organisation, so start it with the Environment's name (`shop-production-web`). The name is also the application's name on the node, so another name means a new service.
        """
        return self.get_string_attribute('name')

    @property
    def port(self) -> float:
        """A reference to `port`: `number`, optional, computed if not given.

        The port that the application listens on inside its container; dFlow's proxy forwards to it. By default 3000.
        """
        return self.get_number_attribute('port')

    @property
    def source(self) -> AppServiceSourceReference:
        """A reference to `source`: `object`, required.

        Where the code is.
        """
        return AppServiceSourceReference(self, 'source')
