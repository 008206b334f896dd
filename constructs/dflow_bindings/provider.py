# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs


DflowProviderInputs = _typing.TypedDict(
    'DflowProviderInputs',
    {'api_key': 'str', 'ca_file': 'str', 'endpoint': 'str', 'tenant': 'str'},
    total=False,
)


class DflowProvider(_element.Provider):
    """The provider `dflow` of Terraform.

    Manages Environments, services and their variables in dFlow, and the firewall entries that let them reach databases elsewhere. It talks to the REST API of a self-hosted control plane with the API key of an administrator; every setting can come from the environment instead.

    Args:
        api_key: `string`, optional, sensitive. API key of a dFlow user with the role `admin`. By default the environment variable `DFLOW_API_KEY`, where it is safer.
        ca_file: `string`, optional. Path of a PEM file with certificate authorities to trust besides the system's, for a control plane with a private certificate. By default the environment variable `DFLOW_CA_FILE`, else none. There is no way to turn verification off.
        endpoint: `string`, optional. Address of the control plane with its scheme, as in the browser (`https://dflow.example.com`). By default the environment variable `DFLOW_ENDPOINT`.
        tenant: `string`, optional. Slug of the organisation that everything is managed in, as it stands in the dashboard's address. By default the environment variable `DFLOW_TENANT`.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow'
    SOURCE: _typing.ClassVar[str] = 'dflow-cdktf/dflow'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'api_key': _inputs.Kind.STRING,
        'ca_file': _inputs.Kind.STRING,
        'endpoint': _inputs.Kind.STRING,
        'tenant': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow', 'providerVersion': '0.1.0'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        api_key: str | None = None,
        ca_file: str | None = None,
        endpoint: str | None = None,
        tenant: str | None = None,
        alias: str | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'api_key': api_key, 'ca_file': ca_file, 'endpoint': endpoint, 'tenant': tenant},
            alias=alias,
        )

    @property
    def inputs(self) -> DflowProviderInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DflowProviderInputs, self._inputs)
