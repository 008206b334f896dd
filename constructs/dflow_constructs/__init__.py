"""Constructs for dFlow Environments, Services and the external databases they use."""

from typing import TYPE_CHECKING

from dflow_constructs.access_outputs import AccessOutputs
from dflow_constructs.app import App
from dflow_constructs.app_service import AppService
from dflow_constructs.application import Application
from dflow_constructs.attached import Attached
from dflow_constructs.builder import Builder
from dflow_constructs.certificate_authority import CertificateAuthority
from dflow_constructs.connection import Connection
from dflow_constructs.database import Database, DatabaseField
from dflow_constructs.database_endpoint import DatabaseEndpoint
from dflow_constructs.database_service import DatabaseService
from dflow_constructs.database_variables import DatabaseVariables
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.docker_service import DockerService, PublishedPort, Scheme
from dflow_constructs.door import Door
from dflow_constructs.egress import Egress
from dflow_constructs.engine import AnyEngine, CustomEngine, Engine, ExternalEngine
from dflow_constructs.environment import Environment
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.external_database import ExternalDatabase
from dflow_constructs.forbid_open_to_world import ForbidOpenToWorld
from dflow_constructs.inline_list import AllowedAddresses, InlineList
from dflow_constructs.lock_out import LockOut
from dflow_constructs.login import Endpoint
from dflow_constructs.manager import Manager
from dflow_constructs.manual import Manual
from dflow_constructs.no_allowlist import NoAllowlist
from dflow_constructs.open_to_world import OpenToWorld
from dflow_constructs.reference import Reference, ReferenceField
from dflow_constructs.registry_account import Registry, RegistryAccount
from dflow_constructs.require_allowlist import RequireAllowlist
from dflow_constructs.require_tls import RequireTls
from dflow_constructs.secret import OnePasswordField, Secret
from dflow_constructs.service import Service
from dflow_constructs.source import AzureDevOps, Bitbucket, Gitea, GitHub, GitLab, Source
from dflow_constructs.stack_selection import build_stacks
from dflow_constructs.state import AzurermState, CloudState, GcsState, HttpState, PgState, S3State, State
from dflow_constructs.tls import Tls, TlsMode
from dflow_constructs.typed_references import DatabaseReferences, ServiceReferences
from dflow_constructs.variable import Base64, Combined, Generated, Raw, Static, Variable

if TYPE_CHECKING:
    from dflow_constructs.allowlists.aiven import Aiven
    from dflow_constructs.allowlists.alibaba_analyticdb_postgres import AlibabaAnalyticDbPostgres
    from dflow_constructs.allowlists.alibaba_clickhouse import AlibabaClickHouse
    from dflow_constructs.allowlists.alibaba_rds import AlibabaRds
    from dflow_constructs.allowlists.astra import Astra
    from dflow_constructs.allowlists.aws_prefix_list import AwsPrefixList
    from dflow_constructs.allowlists.aws_security_group import AwsSecurityGroup
    from dflow_constructs.allowlists.azure_cosmosdb import AzureCosmosDb
    from dflow_constructs.allowlists.azure_cosmosdb_postgresql import AzureCosmosDbPostgreSql
    from dflow_constructs.allowlists.azure_mongo_cluster import AzureMongoCluster
    from dflow_constructs.allowlists.azure_mysql import AzureMySql
    from dflow_constructs.allowlists.azure_postgresql import AzurePostgreSql
    from dflow_constructs.allowlists.azure_redis import AzureRedis
    from dflow_constructs.allowlists.azure_sql import AzureSql
    from dflow_constructs.allowlists.clickhouse_cloud import ClickHouseCloud
    from dflow_constructs.allowlists.cockroachdb_cloud import CockroachDbCloud
    from dflow_constructs.allowlists.couchbase_capella import CouchbaseCapella
    from dflow_constructs.allowlists.crunchy_bridge import CrunchyBridge
    from dflow_constructs.allowlists.digitalocean import DigitalOcean
    from dflow_constructs.allowlists.elastic_cloud import ElasticCloud
    from dflow_constructs.allowlists.exoscale import Exoscale
    from dflow_constructs.allowlists.exoscale_security_group import ExoscaleSecurityGroup
    from dflow_constructs.allowlists.google_alloydb import GoogleAlloyDb
    from dflow_constructs.allowlists.google_cloud_sql import GoogleCloudSql
    from dflow_constructs.allowlists.hetzner_firewall import HetznerFirewall
    from dflow_constructs.allowlists.ibm_cloud_databases import IbmCloudDatabases
    from dflow_constructs.allowlists.linode import Linode
    from dflow_constructs.allowlists.mongodb_atlas import MongoDbAtlas
    from dflow_constructs.allowlists.neon import Neon
    from dflow_constructs.allowlists.oci_nsg import OciNsg
    from dflow_constructs.allowlists.ovh import Ovh
    from dflow_constructs.allowlists.planetscale_postgres import PlanetScalePostgres
    from dflow_constructs.allowlists.planetscale_vitess import PlanetScaleVitess
    from dflow_constructs.allowlists.redis_cloud import RedisCloud
    from dflow_constructs.allowlists.render_postgres import RenderPostgres
    from dflow_constructs.allowlists.scaleway_rdb import ScalewayRdb
    from dflow_constructs.allowlists.scaleway_redis import ScalewayRedis
    from dflow_constructs.allowlists.scalingo import Scalingo
    from dflow_constructs.allowlists.singlestore import SingleStore
    from dflow_constructs.allowlists.snowflake import Snowflake
    from dflow_constructs.allowlists.supabase import Supabase
    from dflow_constructs.allowlists.upcloud import UpCloud
    from dflow_constructs.allowlists.upstash import Upstash
    from dflow_constructs.allowlists.vultr import Vultr
    from dflow_constructs.allowlists.vultr_firewall import VultrFirewall
    from dflow_constructs.allowlists.yugabyte_aeon import YugabyteAeon

__all__ = [
    "AccessOutputs",
    "Aiven",
    "AlibabaAnalyticDbPostgres",
    "AlibabaClickHouse",
    "AlibabaRds",
    "AllowedAddresses",
    "AnyEngine",
    "App",
    "AppService",
    "Application",
    "Astra",
    "Attached",
    "AwsPrefixList",
    "AwsSecurityGroup",
    "AzureCosmosDb",
    "AzureCosmosDbPostgreSql",
    "AzureDevOps",
    "AzureMongoCluster",
    "AzureMySql",
    "AzurePostgreSql",
    "AzureRedis",
    "AzureSql",
    "AzurermState",
    "Base64",
    "Bitbucket",
    "Builder",
    "CertificateAuthority",
    "ClickHouseCloud",
    "CloudState",
    "CockroachDbCloud",
    "Combined",
    "ConfigurationError",
    "Connection",
    "CouchbaseCapella",
    "CrunchyBridge",
    "CustomEngine",
    "Database",
    "DatabaseEndpoint",
    "DatabaseField",
    "DatabaseReferences",
    "DatabaseService",
    "DatabaseVariables",
    "DflowStack",
    "DigitalOcean",
    "DockerService",
    "Door",
    "Egress",
    "ElasticCloud",
    "Endpoint",
    "Engine",
    "Environment",
    "Exoscale",
    "ExoscaleSecurityGroup",
    "ExternalDatabase",
    "ExternalEngine",
    "ForbidOpenToWorld",
    "GcsState",
    "Generated",
    "GitHub",
    "GitLab",
    "Gitea",
    "GoogleAlloyDb",
    "GoogleCloudSql",
    "HetznerFirewall",
    "HttpState",
    "IbmCloudDatabases",
    "InlineList",
    "Linode",
    "LockOut",
    "Manager",
    "Manual",
    "MongoDbAtlas",
    "Neon",
    "NoAllowlist",
    "OciNsg",
    "OnePasswordField",
    "OpenToWorld",
    "Ovh",
    "PgState",
    "PlanetScalePostgres",
    "PlanetScaleVitess",
    "PublishedPort",
    "Raw",
    "RedisCloud",
    "Reference",
    "ReferenceField",
    "Registry",
    "RegistryAccount",
    "RenderPostgres",
    "RequireAllowlist",
    "RequireTls",
    "S3State",
    "ScalewayRdb",
    "ScalewayRedis",
    "Scalingo",
    "Scheme",
    "Secret",
    "Service",
    "ServiceReferences",
    "SingleStore",
    "Snowflake",
    "Source",
    "State",
    "Static",
    "Supabase",
    "Tls",
    "TlsMode",
    "UpCloud",
    "Upstash",
    "Variable",
    "Vultr",
    "VultrFirewall",
    "YugabyteAeon",
    "build_stacks",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import a vendor's class when it is asked for: there are many, and a program needs one or two."""
        from dflow_constructs.allowlists.vendor_classes import class_named  # noqa: PLC0415 (as it says)

        globals()[name] = found = class_named(name)
        return found
