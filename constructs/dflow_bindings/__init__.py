# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

"""The resources, data sources and ephemeral resources of the provider dflow-cdktf/dflow."""

from __future__ import annotations

import importlib as _importlib
import typing as _typing

if _typing.TYPE_CHECKING:
    from .app_service import (
        AppService as AppService,
        AppServiceInputs as AppServiceInputs,
        AppServiceSource as AppServiceSource,
        AppServiceSourceReference as AppServiceSourceReference,
    )
    from .aws_security_group_allowlist import (
        AwsSecurityGroupAllowlist as AwsSecurityGroupAllowlist,
        AwsSecurityGroupAllowlistEntries as AwsSecurityGroupAllowlistEntries,
        AwsSecurityGroupAllowlistEntriesReference as AwsSecurityGroupAllowlistEntriesReference,
        AwsSecurityGroupAllowlistInputs as AwsSecurityGroupAllowlistInputs,
    )
    from .data_worker_node import (
        DataWorkerNode as DataWorkerNode,
        DataWorkerNodeInputs as DataWorkerNodeInputs,
        DataWorkerNodeOutboundIpsReference as DataWorkerNodeOutboundIpsReference,
    )
    from .data_worker_nodes import (
        DataWorkerNodes as DataWorkerNodes,
        DataWorkerNodesInputs as DataWorkerNodesInputs,
        DataWorkerNodesNodesReference as DataWorkerNodesNodesReference,
    )
    from .database_service import DatabaseService as DatabaseService, DatabaseServiceInputs as DatabaseServiceInputs
    from .docker_service import (
        DockerService as DockerService,
        DockerServiceInputs as DockerServiceInputs,
        DockerServicePorts as DockerServicePorts,
        DockerServicePortsReference as DockerServicePortsReference,
    )
    from .environment import Environment as Environment, EnvironmentInputs as EnvironmentInputs
    from .ephemeral_process_environment import (
        EphemeralProcessEnvironment as EphemeralProcessEnvironment,
        EphemeralProcessEnvironmentInputs as EphemeralProcessEnvironmentInputs,
    )
    from .provider import DflowProvider as DflowProvider, DflowProviderInputs as DflowProviderInputs
    from .service_variables import (
        ServiceVariables as ServiceVariables,
        ServiceVariablesInputs as ServiceVariablesInputs,
    )

__all__ = [
    'AppService',
    'AppServiceInputs',
    'AppServiceSource',
    'AppServiceSourceReference',
    'AwsSecurityGroupAllowlist',
    'AwsSecurityGroupAllowlistEntries',
    'AwsSecurityGroupAllowlistEntriesReference',
    'AwsSecurityGroupAllowlistInputs',
    'DataWorkerNode',
    'DataWorkerNodeInputs',
    'DataWorkerNodeOutboundIpsReference',
    'DataWorkerNodes',
    'DataWorkerNodesInputs',
    'DataWorkerNodesNodesReference',
    'DatabaseService',
    'DatabaseServiceInputs',
    'DflowProvider',
    'DflowProviderInputs',
    'DockerService',
    'DockerServiceInputs',
    'DockerServicePorts',
    'DockerServicePortsReference',
    'Environment',
    'EnvironmentInputs',
    'EphemeralProcessEnvironment',
    'EphemeralProcessEnvironmentInputs',
    'ServiceVariables',
    'ServiceVariablesInputs',
]

_MODULES = {
    'AppService': 'app_service',
    'AppServiceInputs': 'app_service',
    'AppServiceSource': 'app_service',
    'AppServiceSourceReference': 'app_service',
    'AwsSecurityGroupAllowlist': 'aws_security_group_allowlist',
    'AwsSecurityGroupAllowlistEntries': 'aws_security_group_allowlist',
    'AwsSecurityGroupAllowlistEntriesReference': 'aws_security_group_allowlist',
    'AwsSecurityGroupAllowlistInputs': 'aws_security_group_allowlist',
    'DataWorkerNode': 'data_worker_node',
    'DataWorkerNodeInputs': 'data_worker_node',
    'DataWorkerNodeOutboundIpsReference': 'data_worker_node',
    'DataWorkerNodes': 'data_worker_nodes',
    'DataWorkerNodesInputs': 'data_worker_nodes',
    'DataWorkerNodesNodesReference': 'data_worker_nodes',
    'DatabaseService': 'database_service',
    'DatabaseServiceInputs': 'database_service',
    'DflowProvider': 'provider',
    'DflowProviderInputs': 'provider',
    'DockerService': 'docker_service',
    'DockerServiceInputs': 'docker_service',
    'DockerServicePorts': 'docker_service',
    'DockerServicePortsReference': 'docker_service',
    'Environment': 'environment',
    'EnvironmentInputs': 'environment',
    'EphemeralProcessEnvironment': 'ephemeral_process_environment',
    'EphemeralProcessEnvironmentInputs': 'ephemeral_process_environment',
    'ServiceVariables': 'service_variables',
    'ServiceVariablesInputs': 'service_variables',
}

if not _typing.TYPE_CHECKING:
    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
        value = getattr(_importlib.import_module('.' + _MODULES[name], __name__), name)
        globals()[name] = value
        return value
    def __dir__():
        return sorted({*globals(), *_MODULES})
