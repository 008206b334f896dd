"""Writes down what the vendors' Terraform providers publish of the resource types that this project names.

Terraform cannot fetch those providers here. npm and PyPI hold packages that were generated from their schemas: the
bindings of CDKTF and of its successor keep every fact and Terraform's names, Pulumi's packages keep what an attribute
holds and rename it by their own rules. `schemas.py` reads all of them, which takes about three minutes, and
`schemas.py aws aiven` some.

Run it by hand when a table names another type, or to see what newer versions changed. It talks to npm and PyPI by their
own clients, keeps what it downloads in a directory that is removed, and writes `tests/vendors/data/published`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
PUBLISHED = HERE.parent / "vendors" / "data" / "published"
sys.path.insert(0, str(HERE))

from schemareading import cdktf_package, pulumi_package  # noqa: E402  # found by the line above

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEFT_OUT = frozenset({"timeouts"})
"""Blocks of Terraform's own."""


@dataclass(frozen=True)
class Bindings:
    """A package of CDKTF's, or of its successor's, on npm.

    Args:
        provider: where Terraform finds the provider.
        package: the package's name.
        types: the resource types to read.
    """

    provider: str
    package: str
    types: tuple[str, ...]

    def read(self, directory: Path) -> dict[str, Any]:
        """Download the package and return what it says."""
        packed = _run(["npm", "pack", "--silent", self.package], directory).split()[-1]
        version = re.sub(r"^.*-(\d[^-]*)\.tgz$", r"\1", packed)
        return {
            "provider": self.provider,
            "provider_version": cdktf_package.provider_version(directory / packed),
            "package": f"{self.package} {version} on npm",
            "spelled_by": "terraform",
            "types": cdktf_package.schemas_in(directory / packed, self.types),
        }


@dataclass(frozen=True)
class Bridge:
    """A package of Pulumi's, or made by Pulumi's generator, on PyPI.

    Args:
        provider: where Terraform finds the provider.
        package: the package's name.
        types: the resource types to read, whose modules have their names.
        modules: those whose modules have other names.
    """

    provider: str
    package: str
    types: tuple[str, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)

    def read(self, directory: Path) -> dict[str, Any]:
        """Download the package and return what it says."""
        place = directory / self.package
        _run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(place), self.package],
            directory,
        )
        (file,) = place.iterdir()
        version = file.name.removesuffix(".tar.gz").split("-")[1]
        modules = {kind: kind.partition("_")[2] for kind in self.types} | dict(self.modules)
        return {
            "provider": self.provider,
            "package": f"{self.package} {version} on PyPI",
            "spelled_by": "pulumi",
            "types": pulumi_package.schemas_in(file, modules),
        }


_AIVEN = ("clickhouse", "dragonfly", "flink", "grafana", "kafka", "kafka_connect", "pg", "thanos", "valkey")
PACKAGES: dict[str, Bindings | Bridge] = {
    "aws": Bindings(
        "hashicorp/aws",
        "@cdktn/provider-aws",
        (
            "aws_db_instance",
            "aws_db_parameter_group",
            "aws_default_security_group",
            "aws_docdb_cluster",
            "aws_ec2_managed_prefix_list",
            "aws_ec2_managed_prefix_list_entry",
            "aws_elasticache_cluster",
            "aws_elasticache_replication_group",
            "aws_elasticache_serverless_cache",
            "aws_memorydb_cluster",
            "aws_neptune_cluster",
            "aws_opensearch_domain",
            "aws_rds_cluster",
            "aws_rds_cluster_parameter_group",
            "aws_redshift_cluster",
            "aws_redshiftserverless_workgroup",
            "aws_security_group",
            "aws_security_group_rule",
            "aws_vpc_security_group_ingress_rule",
        ),
    ),
    "azurerm": Bindings(
        "hashicorp/azurerm",
        "@cdktn/provider-azurerm",
        (
            "azurerm_cosmosdb_account",
            "azurerm_cosmosdb_postgresql_firewall_rule",
            "azurerm_mongo_cluster_firewall_rule",
            "azurerm_mssql_firewall_rule",
            "azurerm_mssql_server",
            "azurerm_mysql_flexible_server_configuration",
            "azurerm_mysql_flexible_server_firewall_rule",
            "azurerm_postgresql_flexible_server_configuration",
            "azurerm_postgresql_flexible_server_firewall_rule",
            "azurerm_redis_cache",
            "azurerm_redis_firewall_rule",
        ),
    ),
    "google": Bindings(
        "hashicorp/google", "@cdktf/provider-google", ("google_alloydb_instance", "google_sql_database_instance")
    ),
    "digitalocean": Bindings(
        "digitalocean/digitalocean", "@cdktf/provider-digitalocean", ("digitalocean_database_firewall",)
    ),
    "mongodbatlas": Bindings(
        "mongodb/mongodbatlas", "@cdktf/provider-mongodbatlas", ("mongodbatlas_project_ip_access_list",)
    ),
    "snowflake": Bindings("snowflakedb/snowflake", "@cdktf/provider-snowflake", ("snowflake_network_rule",)),
    "aiven": Bridge(
        "aiven/aiven",
        "pulumi_aiven",
        tuple(f"aiven_{service}" for service in _AIVEN),
        modules={
            "aiven_kafka_mirrormaker": "kafka_mirror_maker",
            "aiven_mysql": "my_sql",
            "aiven_opensearch": "open_search",
        },
    ),
    "alicloud": Bridge(
        "aliyun/alicloud",
        "pulumi_alicloud",
        modules={
            "alicloud_click_house_enterprise_db_cluster_security_ip": "clickhouseenterprisedbcluster/security_ip",
            "alicloud_db_instance": "rds/instance",
            "alicloud_gpdb_db_instance_ip_array": "gpdb/db_instance_ip_array",
            "alicloud_kvstore_instance": "kvstore/instance",
            "alicloud_mongodb_instance": "mongodb/instance",
            "alicloud_rds_whitelist_template": "rds/whitelist_template",
        },
    ),
    "astra": Bridge("datastax/astra", "pulumiverse_astra", ("astra_access_list",)),
    "cockroach": Bridge("cockroachdb/cockroach", "pulumiverse_cockroach", ("cockroach_allow_list",)),
    "ec": Bridge(
        "elastic/ec",
        "pulumi_ec",
        ("ec_deployment", "ec_deployment_traffic_filter", "ec_deployment_traffic_filter_association"),
    ),
    "exoscale": Bridge("exoscale/exoscale", "pulumiverse_exoscale", ("exoscale_dbaas", "exoscale_security_group_rule")),
    "hcloud": Bridge("hetznercloud/hcloud", "pulumi_hcloud", ("hcloud_firewall", "hcloud_firewall_attachment")),
    "linode": Bridge(
        "linode/linode",
        "pulumi_linode",
        ("linode_database_access_controls", "linode_database_mysql_v2", "linode_database_postgresql_v2"),
    ),
    "oci": Bridge(
        "oracle/oci",
        "pulumi_oci",
        modules={
            "oci_core_network_security_group_security_rule": "core/network_security_group_security_rule",
            "oci_database_autonomous_database": "database/autonomous_database",
        },
    ),
    "ovh": Bridge("ovh/ovh", "pulumi_ovh", modules={"ovh_cloud_project_database": "cloudproject/database"}),
    "rediscloud": Bridge(
        "RedisLabs/rediscloud",
        "pulumi_rediscloud",
        ("rediscloud_active_active_subscription_database", "rediscloud_subscription_database"),
    ),
    "scaleway": Bridge(
        "scaleway/scaleway",
        "pulumiverse_scaleway",
        modules={"scaleway_rdb_acl": "databases/acl", "scaleway_redis_cluster": "redis/cluster"},
    ),
    "upcloud": Bridge(
        "UpCloudLtd/upcloud",
        "pulumi_upcloud",
        tuple(f"upcloud_managed_database_{engine}" for engine in ("mysql", "opensearch", "postgresql", "valkey")),
    ),
    "upstash": Bridge("upstash/upstash", "upstash_pulumi", ("upstash_redis_database",)),
    "vultr": Bridge("vultr/vultr", "ediri_vultr", ("vultr_database", "vultr_firewall_rule")),
}
"""The first word of types → where their schemas are read."""


def main(wanted: list[str]) -> int:
    """Read the packages of some providers, or all, and say which."""
    PUBLISHED.mkdir(parents=True, exist_ok=True)
    for name in wanted or PACKAGES:
        with tempfile.TemporaryDirectory() as scratch:
            said = PACKAGES[name].read(Path(scratch))
        types = {kind: _kept(attributes) for kind, attributes in said.pop("types").items()}
        content = {**said, "read_on": dt.datetime.now(dt.UTC).date().isoformat(), "types": types}
        file = PUBLISHED / f"{name}.json"
        file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{name}: {said['package']}, {len(types)} types", flush=True)
    return 0


def _kept(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in sorted(attributes.items()) if name not in _LEFT_OUT}


def _run(command: list[str], directory: Path) -> str:
    run = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False, timeout=600)
    if run.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {run.returncode}:\n{run.stderr}")
    return run.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
