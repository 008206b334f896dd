"""Everything the provider manages, reads and computes: the name in Terraform, and where its class is.

Nothing named here is imported before something asks for it, so a process pays for what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema.on_demand import OnDemand

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_provider.schema import DataSourceType, EphemeralResourceType, Function, ResourceType

_ALLOWLISTS: dict[str, str | Callable[[], ResourceType]] = {
    "dflow_aws_security_group_allowlist": (
        "dflow_provider.allowlists.aws_security_group_allowlist:AwsSecurityGroupAllowlist"
    ),
}
"""One resource for each kind of list, `dflow_<vendor>_allowlist`.

Those that are alike can be entered as functions that make the class. Their names alone must be known here: importing
the facts about a vendor is left to the function.
"""

RESOURCES: OnDemand[ResourceType] = OnDemand(
    {
        "dflow_app_service": "dflow_provider.resources.app_service:AppService",
        "dflow_cloud_provider_account": "dflow_provider.resources.cloud_provider_account:CloudProviderAccount",
        "dflow_database_service": "dflow_provider.resources.database_service:DatabaseService",
        "dflow_deployment": "dflow_provider.resources.deployment:Deployment",
        "dflow_docker_registry": "dflow_provider.resources.docker_registry:DockerRegistry",
        "dflow_docker_service": "dflow_provider.resources.docker_service:DockerService",
        "dflow_environment": "dflow_provider.resources.environment:Environment",
        "dflow_security_group": "dflow_provider.resources.security_group:SecurityGroup",
        "dflow_service_variables": "dflow_provider.resources.service_variables:ServiceVariables",
        "dflow_ssh_key": "dflow_provider.resources.ssh_key:SshKey",
        "dflow_worker_node": "dflow_provider.resources.managed_worker_node:ManagedWorkerNode",
        **_ALLOWLISTS,
    }
)

DATA_SOURCES: OnDemand[DataSourceType] = OnDemand(
    {
        "dflow_deployments": "dflow_provider.resources.deployments:Deployments",
        "dflow_environment": "dflow_provider.resources.environment_lookup:EnvironmentLookup",
        "dflow_git_provider": "dflow_provider.resources.git_provider:GitProvider",
        "dflow_service": "dflow_provider.resources.service:Service",
        "dflow_worker_node": "dflow_provider.resources.worker_node:WorkerNode",
        "dflow_worker_nodes": "dflow_provider.resources.worker_nodes:WorkerNodes",
    }
)

EPHEMERAL_RESOURCES: OnDemand[EphemeralResourceType] = OnDemand(
    {
        "dflow_database_credentials": "dflow_provider.resources.database_credentials:DatabaseCredentials",
        "dflow_process_environment": "dflow_provider.resources.process_environment:ProcessEnvironment",
    }
)


def _cidr() -> Function:
    from dflow_provider.functions.cidr import Cidr  # noqa: PLC0415  # see above

    return Cidr()


def _connection_url() -> Function:
    from dflow_provider.functions.connection_url import ConnectionUrl  # noqa: PLC0415  # see above

    return ConnectionUrl()


FUNCTIONS: OnDemand[Function] = OnDemand({"cidr": _cidr, "connection_url": _connection_url})
