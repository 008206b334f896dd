"""Everything the provider manages, reads and computes: the name in Terraform, and where its class is.

Nothing named here is imported before something asks for it, so a process pays for what it uses.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from dflow_provider.importing import IMPORTING
from dflow_provider.schema.on_demand import OnDemand

if TYPE_CHECKING:
    from dflow_provider.schema import DataSourceType, EphemeralResourceType, Function, ResourceType

_ADAPTERS = f"{__file__.rpartition('/')[0]}/allowlists/vendors"

OWNED_ALLOWLISTS: tuple[str, ...] = tuple(
    sorted(
        name.removesuffix(".py")
        for name in os.listdir(_ADAPTERS)  # noqa: PTH208  # every process comes by, and pathlib takes 6 ms
        if name.endswith(".py") and not name.startswith("_")
    )
)
"""The vendors whose entries we keep ourselves, by the keys of their rows; each is a `dflow_<key>_allowlist`.

A vendor is among them when its adapter's module is there. Importing it, and the facts about the vendor, is left to the
function that makes the class.
"""


def _allowlist(key: str) -> ResourceType:
    with IMPORTING:
        from dflow_provider.allowlists.allowlist import allowlist_of  # noqa: PLC0415  # see above

    return allowlist_of(key)


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
        "dflow_aws_security_group_allowlist": (
            "dflow_provider.allowlists.aws_security_group_allowlist:AwsSecurityGroupAllowlist"
        ),
        **{f"dflow_{key}_allowlist": partial(_allowlist, key) for key in OWNED_ALLOWLISTS},
    }
)

DATA_SOURCES: OnDemand[DataSourceType] = OnDemand(
    {
        "dflow_certificate_authority": "dflow_provider.resources.certificate_authority:CertificateAuthority",
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
        "dflow_process_file": "dflow_provider.resources.process_file:ProcessFile",
    }
)


def _cidr() -> Function:
    with IMPORTING:
        from dflow_provider.functions.cidr import Cidr  # noqa: PLC0415  # see above

    return Cidr()


def _connection_url() -> Function:
    with IMPORTING:
        from dflow_provider.functions.connection_url import ConnectionUrl  # noqa: PLC0415  # see above

    return ConnectionUrl()


FUNCTIONS: OnDemand[Function] = OnDemand({"cidr": _cidr, "connection_url": _connection_url})
