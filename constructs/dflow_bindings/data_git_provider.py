# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


DataGitProviderInputs = _typing.TypedDict('DataGitProviderInputs', {'app_name': 'str', 'id': 'str'}, total=False)


class DataGitProvider(_element.DataSource):
    """The data source `dflow_git_provider` of Terraform.

    A Git provider: a GitHub App through which dFlow reads private repositories and learns of pushes. It is made and installed in a browser, from dFlow's dashboard, so there is no resource for it. None of its secrets is ever read.

    Args:
        app_name: `string`, optional, computed if not given. The GitHub App's name, as the dashboard shows it. Give this or `id`.
        id: `string`, optional, computed if not given. The Git provider's id in dFlow, for `source.git_provider_id` of a `dflow_app_service`. Give this or `app_name`, not both.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_git_provider'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'app_name': _inputs.Kind.STRING,
        'id': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        app_name: str | None = None,
        id: str | None = None,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'app_name': app_name, 'id': id},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataGitProviderInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataGitProviderInputs, self._inputs)

    @property
    def app_id(self) -> float:
        """A reference to `app_id`: `number`, computed.

        GitHub's own number for the app.
        """
        return self.get_number_attribute('app_id')

    @property
    def app_name(self) -> str:
        """A reference to `app_name`: `string`, optional, computed if not given.

        The GitHub App's name, as the dashboard shows it. Give this or `id`.
        """
        return self.get_string_attribute('app_name')

    @property
    def app_url(self) -> str:
        """A reference to `app_url`: `string`, computed.

        The page of the GitHub App.
        """
        return self.get_string_attribute('app_url')

    @property
    def created_at(self) -> str:
        """A reference to `created_at`: `string`, computed.

        When dFlow was connected with it, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('created_at')

    @property
    def id(self) -> str:
        """A reference to `id`: `string`, optional, computed if not given.

        The Git provider's id in dFlow, for `source.git_provider_id` of a `dflow_app_service`. Give this or `app_name`, not both.
        """
        return self.get_string_attribute('id')

    @property
    def installation_id(self) -> str:
        """A reference to `installation_id`: `string`, computed.

        GitHub's own number for its installation in an account; null while the app is installed nowhere, and dFlow can then read no repository with it.
        """
        return self.get_string_attribute('installation_id')

    @property
    def type(self) -> str:
        """A reference to `type`: `string`, computed.

        Whose it is; dFlow implements `github` alone.
        """
        return self.get_string_attribute('type')
