"""The dflow provider: its settings and the list of what it manages."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING

from dflow_provider.allowlists.aws_security_group_allowlist import AwsSecurityGroupAllowlist
from dflow_provider.backend import Backend
from dflow_provider.functions.cidr import Cidr
from dflow_provider.functions.connection_url import ConnectionUrl
from dflow_provider.resources.app_service import AppService
from dflow_provider.resources.cloud_provider_account import CloudProviderAccount
from dflow_provider.resources.database_credentials import DatabaseCredentials
from dflow_provider.resources.database_service import DatabaseService
from dflow_provider.resources.deployment import Deployment
from dflow_provider.resources.deployments import Deployments
from dflow_provider.resources.docker_registry import DockerRegistry
from dflow_provider.resources.docker_service import DockerService
from dflow_provider.resources.environment import Environment
from dflow_provider.resources.environment_lookup import EnvironmentLookup
from dflow_provider.resources.git_provider import GitProvider
from dflow_provider.resources.managed_worker_node import ManagedWorkerNode
from dflow_provider.resources.process_environment import ProcessEnvironment
from dflow_provider.resources.security_group import SecurityGroup
from dflow_provider.resources.service import Service
from dflow_provider.resources.service_variables import ServiceVariables
from dflow_provider.resources.ssh_key import SshKey
from dflow_provider.resources.worker_node import WorkerNode
from dflow_provider.resources.worker_nodes import WorkerNodes
from dflow_provider.schema import STRING, Attribute, Exposure, Presence, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.schema import Call, DataSourceType, EphemeralResourceType, Function, ResourceType, Values

_SCHEMA = Schema(
    "Manages Environments, services and their variables in dFlow, and the firewall entries that let them reach "
    "databases elsewhere. It talks to the REST API of a self-hosted control plane with the API key of an "
    "administrator; every setting can come from the environment instead.",
    (
        Attribute(
            "endpoint",
            STRING,
            Presence.OPTIONAL,
            "Address of the control plane with its scheme, as in the browser (`https://dflow.example.com`). By default "
            "the environment variable `DFLOW_ENDPOINT`.",
        ),
        Attribute(
            "api_key",
            STRING,
            Presence.OPTIONAL,
            "API key of a dFlow user with the role `admin`. By default the environment variable `DFLOW_API_KEY`, where "
            "it is safer.",
            exposure=Exposure.SENSITIVE,
        ),
        Attribute(
            "tenant",
            STRING,
            Presence.OPTIONAL,
            "Slug of the organisation that everything is managed in, as it stands in the dashboard's address. By "
            "default the environment variable `DFLOW_TENANT`.",
        ),
        Attribute(
            "ca_file",
            STRING,
            Presence.OPTIONAL,
            "Path of a PEM file with certificate authorities to trust besides the system's, for a control plane with a "
            "private certificate. By default the environment variable `DFLOW_CA_FILE`, else none. There is no way "
            "to turn verification off.",
        ),
    ),
)


class DflowProvider:
    """What the plugin layer serves.

    Args:
        environment: the environment variables that settings fall back to; those of the process by default.
    """

    name = "dflow"
    schema = _SCHEMA
    resources: Mapping[str, ResourceType] = MappingProxyType(
        {
            "dflow_app_service": AppService,
            "dflow_aws_security_group_allowlist": AwsSecurityGroupAllowlist,
            "dflow_cloud_provider_account": CloudProviderAccount,
            "dflow_database_service": DatabaseService,
            "dflow_deployment": Deployment,
            "dflow_docker_registry": DockerRegistry,
            "dflow_docker_service": DockerService,
            "dflow_environment": Environment,
            "dflow_security_group": SecurityGroup,
            "dflow_service_variables": ServiceVariables,
            "dflow_ssh_key": SshKey,
            "dflow_worker_node": ManagedWorkerNode,
        }
    )
    data_sources: Mapping[str, DataSourceType] = MappingProxyType(
        {
            "dflow_deployments": Deployments,
            "dflow_environment": EnvironmentLookup,
            "dflow_git_provider": GitProvider,
            "dflow_service": Service,
            "dflow_worker_node": WorkerNode,
            "dflow_worker_nodes": WorkerNodes,
        }
    )
    ephemeral_resources: Mapping[str, EphemeralResourceType] = MappingProxyType(
        {
            "dflow_database_credentials": DatabaseCredentials,
            "dflow_process_environment": ProcessEnvironment,
        }
    )
    functions: Mapping[str, Function] = MappingProxyType({"cidr": Cidr(), "connection_url": ConnectionUrl()})

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = MappingProxyType(dict(os.environ if environment is None else environment))

    def configure(self, config: Values, call: Call) -> Backend:
        """Keep the settings; whether they are usable shows when something needs them."""
        backend = Backend(config, self._environment)
        backend.warn_of_clear_text(call.report)
        return backend
