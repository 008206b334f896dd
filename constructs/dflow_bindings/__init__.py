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
    from .clickhouse_cloud_allowlist import (
        ClickhouseCloudAllowlist as ClickhouseCloudAllowlist,
        ClickhouseCloudAllowlistEntries as ClickhouseCloudAllowlistEntries,
        ClickhouseCloudAllowlistEntriesReference as ClickhouseCloudAllowlistEntriesReference,
        ClickhouseCloudAllowlistInputs as ClickhouseCloudAllowlistInputs,
    )
    from .cloud_provider_account import (
        CloudProviderAccount as CloudProviderAccount,
        CloudProviderAccountAws as CloudProviderAccountAws,
        CloudProviderAccountAwsReference as CloudProviderAccountAwsReference,
        CloudProviderAccountAzure as CloudProviderAccountAzure,
        CloudProviderAccountAzureReference as CloudProviderAccountAzureReference,
        CloudProviderAccountDflow as CloudProviderAccountDflow,
        CloudProviderAccountDflowReference as CloudProviderAccountDflowReference,
        CloudProviderAccountDigitalocean as CloudProviderAccountDigitalocean,
        CloudProviderAccountDigitaloceanReference as CloudProviderAccountDigitaloceanReference,
        CloudProviderAccountGcp as CloudProviderAccountGcp,
        CloudProviderAccountGcpReference as CloudProviderAccountGcpReference,
        CloudProviderAccountInputs as CloudProviderAccountInputs,
    )
    from .data_deployments import (
        DataDeployments as DataDeployments,
        DataDeploymentsDeploymentsReference as DataDeploymentsDeploymentsReference,
        DataDeploymentsInputs as DataDeploymentsInputs,
    )
    from .data_environment import DataEnvironment as DataEnvironment, DataEnvironmentInputs as DataEnvironmentInputs
    from .data_git_provider import DataGitProvider as DataGitProvider, DataGitProviderInputs as DataGitProviderInputs
    from .data_service import (
        DataService as DataService,
        DataServiceAppReference as DataServiceAppReference,
        DataServiceDatabaseReference as DataServiceDatabaseReference,
        DataServiceDockerPortsReference as DataServiceDockerPortsReference,
        DataServiceDockerReference as DataServiceDockerReference,
        DataServiceInputs as DataServiceInputs,
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
    from .deployment import Deployment as Deployment, DeploymentInputs as DeploymentInputs
    from .docker_registry import DockerRegistry as DockerRegistry, DockerRegistryInputs as DockerRegistryInputs
    from .docker_service import (
        DockerService as DockerService,
        DockerServiceInputs as DockerServiceInputs,
        DockerServicePorts as DockerServicePorts,
        DockerServicePortsReference as DockerServicePortsReference,
    )
    from .environment import Environment as Environment, EnvironmentInputs as EnvironmentInputs
    from .ephemeral_database_credentials import (
        EphemeralDatabaseCredentials as EphemeralDatabaseCredentials,
        EphemeralDatabaseCredentialsInputs as EphemeralDatabaseCredentialsInputs,
    )
    from .ephemeral_process_environment import (
        EphemeralProcessEnvironment as EphemeralProcessEnvironment,
        EphemeralProcessEnvironmentInputs as EphemeralProcessEnvironmentInputs,
    )
    from .mongodb_atlas_allowlist import (
        MongodbAtlasAllowlist as MongodbAtlasAllowlist,
        MongodbAtlasAllowlistEntries as MongodbAtlasAllowlistEntries,
        MongodbAtlasAllowlistEntriesReference as MongodbAtlasAllowlistEntriesReference,
        MongodbAtlasAllowlistInputs as MongodbAtlasAllowlistInputs,
    )
    from .neon_allowlist import (
        NeonAllowlist as NeonAllowlist,
        NeonAllowlistEntries as NeonAllowlistEntries,
        NeonAllowlistEntriesReference as NeonAllowlistEntriesReference,
        NeonAllowlistInputs as NeonAllowlistInputs,
    )
    from .provider import DflowProvider as DflowProvider, DflowProviderInputs as DflowProviderInputs
    from .redis_cloud_allowlist import (
        RedisCloudAllowlist as RedisCloudAllowlist,
        RedisCloudAllowlistEntries as RedisCloudAllowlistEntries,
        RedisCloudAllowlistEntriesReference as RedisCloudAllowlistEntriesReference,
        RedisCloudAllowlistInputs as RedisCloudAllowlistInputs,
    )
    from .scaleway_rdb_allowlist import (
        ScalewayRdbAllowlist as ScalewayRdbAllowlist,
        ScalewayRdbAllowlistEntries as ScalewayRdbAllowlistEntries,
        ScalewayRdbAllowlistEntriesReference as ScalewayRdbAllowlistEntriesReference,
        ScalewayRdbAllowlistInputs as ScalewayRdbAllowlistInputs,
    )
    from .security_group import (
        SecurityGroup as SecurityGroup,
        SecurityGroupInboundRules as SecurityGroupInboundRules,
        SecurityGroupInboundRulesReference as SecurityGroupInboundRulesReference,
        SecurityGroupInputs as SecurityGroupInputs,
        SecurityGroupOutboundRules as SecurityGroupOutboundRules,
        SecurityGroupOutboundRulesReference as SecurityGroupOutboundRulesReference,
    )
    from .service_variables import (
        ServiceVariables as ServiceVariables,
        ServiceVariablesInputs as ServiceVariablesInputs,
    )
    from .ssh_key import SshKey as SshKey, SshKeyInputs as SshKeyInputs
    from .upstash_allowlist import (
        UpstashAllowlist as UpstashAllowlist,
        UpstashAllowlistEntries as UpstashAllowlistEntries,
        UpstashAllowlistEntriesReference as UpstashAllowlistEntriesReference,
        UpstashAllowlistInputs as UpstashAllowlistInputs,
    )
    from .worker_node import (
        WorkerNode as WorkerNode,
        WorkerNodeAwsEc2 as WorkerNodeAwsEc2,
        WorkerNodeAwsEc2Reference as WorkerNodeAwsEc2Reference,
        WorkerNodeInputs as WorkerNodeInputs,
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
    'ClickhouseCloudAllowlist',
    'ClickhouseCloudAllowlistEntries',
    'ClickhouseCloudAllowlistEntriesReference',
    'ClickhouseCloudAllowlistInputs',
    'CloudProviderAccount',
    'CloudProviderAccountAws',
    'CloudProviderAccountAwsReference',
    'CloudProviderAccountAzure',
    'CloudProviderAccountAzureReference',
    'CloudProviderAccountDflow',
    'CloudProviderAccountDflowReference',
    'CloudProviderAccountDigitalocean',
    'CloudProviderAccountDigitaloceanReference',
    'CloudProviderAccountGcp',
    'CloudProviderAccountGcpReference',
    'CloudProviderAccountInputs',
    'DataDeployments',
    'DataDeploymentsDeploymentsReference',
    'DataDeploymentsInputs',
    'DataEnvironment',
    'DataEnvironmentInputs',
    'DataGitProvider',
    'DataGitProviderInputs',
    'DataService',
    'DataServiceAppReference',
    'DataServiceDatabaseReference',
    'DataServiceDockerPortsReference',
    'DataServiceDockerReference',
    'DataServiceInputs',
    'DataWorkerNode',
    'DataWorkerNodeInputs',
    'DataWorkerNodeOutboundIpsReference',
    'DataWorkerNodes',
    'DataWorkerNodesInputs',
    'DataWorkerNodesNodesReference',
    'DatabaseService',
    'DatabaseServiceInputs',
    'Deployment',
    'DeploymentInputs',
    'DflowProvider',
    'DflowProviderInputs',
    'DockerRegistry',
    'DockerRegistryInputs',
    'DockerService',
    'DockerServiceInputs',
    'DockerServicePorts',
    'DockerServicePortsReference',
    'Environment',
    'EnvironmentInputs',
    'EphemeralDatabaseCredentials',
    'EphemeralDatabaseCredentialsInputs',
    'EphemeralProcessEnvironment',
    'EphemeralProcessEnvironmentInputs',
    'MongodbAtlasAllowlist',
    'MongodbAtlasAllowlistEntries',
    'MongodbAtlasAllowlistEntriesReference',
    'MongodbAtlasAllowlistInputs',
    'NeonAllowlist',
    'NeonAllowlistEntries',
    'NeonAllowlistEntriesReference',
    'NeonAllowlistInputs',
    'RedisCloudAllowlist',
    'RedisCloudAllowlistEntries',
    'RedisCloudAllowlistEntriesReference',
    'RedisCloudAllowlistInputs',
    'ScalewayRdbAllowlist',
    'ScalewayRdbAllowlistEntries',
    'ScalewayRdbAllowlistEntriesReference',
    'ScalewayRdbAllowlistInputs',
    'SecurityGroup',
    'SecurityGroupInboundRules',
    'SecurityGroupInboundRulesReference',
    'SecurityGroupInputs',
    'SecurityGroupOutboundRules',
    'SecurityGroupOutboundRulesReference',
    'ServiceVariables',
    'ServiceVariablesInputs',
    'SshKey',
    'SshKeyInputs',
    'UpstashAllowlist',
    'UpstashAllowlistEntries',
    'UpstashAllowlistEntriesReference',
    'UpstashAllowlistInputs',
    'WorkerNode',
    'WorkerNodeAwsEc2',
    'WorkerNodeAwsEc2Reference',
    'WorkerNodeInputs',
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
    'ClickhouseCloudAllowlist': 'clickhouse_cloud_allowlist',
    'ClickhouseCloudAllowlistEntries': 'clickhouse_cloud_allowlist',
    'ClickhouseCloudAllowlistEntriesReference': 'clickhouse_cloud_allowlist',
    'ClickhouseCloudAllowlistInputs': 'clickhouse_cloud_allowlist',
    'CloudProviderAccount': 'cloud_provider_account',
    'CloudProviderAccountAws': 'cloud_provider_account',
    'CloudProviderAccountAwsReference': 'cloud_provider_account',
    'CloudProviderAccountAzure': 'cloud_provider_account',
    'CloudProviderAccountAzureReference': 'cloud_provider_account',
    'CloudProviderAccountDflow': 'cloud_provider_account',
    'CloudProviderAccountDflowReference': 'cloud_provider_account',
    'CloudProviderAccountDigitalocean': 'cloud_provider_account',
    'CloudProviderAccountDigitaloceanReference': 'cloud_provider_account',
    'CloudProviderAccountGcp': 'cloud_provider_account',
    'CloudProviderAccountGcpReference': 'cloud_provider_account',
    'CloudProviderAccountInputs': 'cloud_provider_account',
    'DataDeployments': 'data_deployments',
    'DataDeploymentsDeploymentsReference': 'data_deployments',
    'DataDeploymentsInputs': 'data_deployments',
    'DataEnvironment': 'data_environment',
    'DataEnvironmentInputs': 'data_environment',
    'DataGitProvider': 'data_git_provider',
    'DataGitProviderInputs': 'data_git_provider',
    'DataService': 'data_service',
    'DataServiceAppReference': 'data_service',
    'DataServiceDatabaseReference': 'data_service',
    'DataServiceDockerPortsReference': 'data_service',
    'DataServiceDockerReference': 'data_service',
    'DataServiceInputs': 'data_service',
    'DataWorkerNode': 'data_worker_node',
    'DataWorkerNodeInputs': 'data_worker_node',
    'DataWorkerNodeOutboundIpsReference': 'data_worker_node',
    'DataWorkerNodes': 'data_worker_nodes',
    'DataWorkerNodesInputs': 'data_worker_nodes',
    'DataWorkerNodesNodesReference': 'data_worker_nodes',
    'DatabaseService': 'database_service',
    'DatabaseServiceInputs': 'database_service',
    'Deployment': 'deployment',
    'DeploymentInputs': 'deployment',
    'DflowProvider': 'provider',
    'DflowProviderInputs': 'provider',
    'DockerRegistry': 'docker_registry',
    'DockerRegistryInputs': 'docker_registry',
    'DockerService': 'docker_service',
    'DockerServiceInputs': 'docker_service',
    'DockerServicePorts': 'docker_service',
    'DockerServicePortsReference': 'docker_service',
    'Environment': 'environment',
    'EnvironmentInputs': 'environment',
    'EphemeralDatabaseCredentials': 'ephemeral_database_credentials',
    'EphemeralDatabaseCredentialsInputs': 'ephemeral_database_credentials',
    'EphemeralProcessEnvironment': 'ephemeral_process_environment',
    'EphemeralProcessEnvironmentInputs': 'ephemeral_process_environment',
    'MongodbAtlasAllowlist': 'mongodb_atlas_allowlist',
    'MongodbAtlasAllowlistEntries': 'mongodb_atlas_allowlist',
    'MongodbAtlasAllowlistEntriesReference': 'mongodb_atlas_allowlist',
    'MongodbAtlasAllowlistInputs': 'mongodb_atlas_allowlist',
    'NeonAllowlist': 'neon_allowlist',
    'NeonAllowlistEntries': 'neon_allowlist',
    'NeonAllowlistEntriesReference': 'neon_allowlist',
    'NeonAllowlistInputs': 'neon_allowlist',
    'RedisCloudAllowlist': 'redis_cloud_allowlist',
    'RedisCloudAllowlistEntries': 'redis_cloud_allowlist',
    'RedisCloudAllowlistEntriesReference': 'redis_cloud_allowlist',
    'RedisCloudAllowlistInputs': 'redis_cloud_allowlist',
    'ScalewayRdbAllowlist': 'scaleway_rdb_allowlist',
    'ScalewayRdbAllowlistEntries': 'scaleway_rdb_allowlist',
    'ScalewayRdbAllowlistEntriesReference': 'scaleway_rdb_allowlist',
    'ScalewayRdbAllowlistInputs': 'scaleway_rdb_allowlist',
    'SecurityGroup': 'security_group',
    'SecurityGroupInboundRules': 'security_group',
    'SecurityGroupInboundRulesReference': 'security_group',
    'SecurityGroupInputs': 'security_group',
    'SecurityGroupOutboundRules': 'security_group',
    'SecurityGroupOutboundRulesReference': 'security_group',
    'ServiceVariables': 'service_variables',
    'ServiceVariablesInputs': 'service_variables',
    'SshKey': 'ssh_key',
    'SshKeyInputs': 'ssh_key',
    'UpstashAllowlist': 'upstash_allowlist',
    'UpstashAllowlistEntries': 'upstash_allowlist',
    'UpstashAllowlistEntriesReference': 'upstash_allowlist',
    'UpstashAllowlistInputs': 'upstash_allowlist',
    'WorkerNode': 'worker_node',
    'WorkerNodeAwsEc2': 'worker_node',
    'WorkerNodeAwsEc2Reference': 'worker_node',
    'WorkerNodeInputs': 'worker_node',
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
