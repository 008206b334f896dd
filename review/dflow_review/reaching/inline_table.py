"""Which attributes of other resources are whole allowlists: on the database itself, or in a resource for the list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from dflow_vendors import EmptyMeans

EACH: Final = "*"
"""In a path: every element of a list, or the one nested object that stands for it."""


class Kind(Enum):
    """What a resource is, besides the list."""

    DATABASE = auto()
    """The database: when it goes, nobody gets in any more."""
    LIST = auto()
    """Only the list: when it goes, what is left is as the vendor's row says."""


@dataclass(frozen=True)
class Whole:
    """Lists in attributes of one resource type.

    Args:
        type: Terraform's name of it.
        vendor: the key of the vendor's row; empty if it has none.
        lists: paths to the lists, in which `*` stands for every element.
        identity: attributes that name the database, the most specific one last.
        value: the entry's attribute that holds the address; empty if the entry is the address.
        note: the entry's attribute that holds a note; empty if there is none.
        expires_at: the entry's attribute that says when it ends; empty if there is none.
        named: the entry's attribute that says whether the value is an address, and what it then is.
        off: a path to a boolean that is false where nobody gets in by the list.
        networks_only: a path to a boolean that is true where an empty list lets in networks by name, and no addresses.
        unenforced: a path to a boolean that is false where everybody gets in whatever the list says.
        port: a path to the database's port; empty if the plan does not say.
        kind: what the resource is, besides the list.
        unset: who gets in if no list is set at all; like an empty one unless given.
        as_json: the list is a JSON object in a text, under these keys.
    """

    type: str
    vendor: str
    lists: tuple[str, ...]
    identity: tuple[str, ...] = ("id",)
    value: str = ""
    note: str = ""
    expires_at: str = ""
    named: tuple[str, str] | None = None
    off: str = ""
    networks_only: str = ""
    unenforced: str = ""
    port: str = ""
    kind: Kind = Kind.DATABASE
    unset: EmptyMeans | None = None
    as_json: tuple[str, ...] = ()


_AIVEN: Final = (
    "alloydbomni",
    "cassandra",
    "clickhouse",
    "dragonfly",
    "flink",
    "grafana",
    "influxdb",
    "kafka",
    "kafka_connect",
    "kafka_mirrormaker",
    "m3db",
    "mysql",
    "opensearch",
    "pg",
    "redis",
    "thanos",
    "valkey",
)
_UPCLOUD: Final = (
    "mysql",
    "opensearch",
    "postgresql",
    "redis",
    "valkey",
)
_EXOSCALE: Final = (
    "grafana",
    "kafka",
    "mysql",
    "opensearch",
    "pg",
    "redis",
    "valkey",
)

WHOLES: Final = (
    Whole(
        "google_sql_database_instance",
        "google_cloud_sql",
        ("settings.*.ip_configuration.*.authorized_networks",),
        ("project", "name"),
        value="value",
        note="name",
        expires_at="expiration_time",
        off="settings.*.ip_configuration.*.ipv4_enabled",
    ),
    Whole(
        "google_alloydb_instance",
        "google_alloydb",
        ("network_config.*.authorized_external_networks",),
        ("cluster", "instance_id"),
        value="cidr_range",
        off="network_config.*.enable_public_ip",
    ),
    Whole("neon_project", "neon", ("allowed_ips",)),
    *(
        Whole(
            f"aiven_{service}",
            "aiven",
            (f"{service}_user_config.*.ip_filter_object",),
            ("project", "service_name"),
            value="network",
            note="description",
            port="service_port",
            unset=EmptyMeans.OPEN,
        )
        for service in _AIVEN
    ),
    Whole("clickhouse_service", "clickhouse_cloud", ("ip_access",), value="source", note="description"),
    Whole("rediscloud_subscription_database", "redis_cloud", ("source_ips",), ("subscription_id", "db_id")),
    Whole("rediscloud_essentials_database", "redis_cloud", ("source_ips",), ("subscription_id", "db_id")),
    Whole(
        "rediscloud_active_active_subscription_database",
        "redis_cloud",
        ("global_source_ips", "override_region.*.override_global_source_ips"),
        ("subscription_id", "db_id"),
    ),
    Whole("upstash_redis_database", "upstash", ("ip_allowlist",), ("database_id",), port="port"),
    Whole("singlestoredb_workspace_group", "singlestore", ("firewall_ranges",)),
    Whole("vultr_database", "vultr", ("trusted_ips",), port="port"),
    *(
        Whole(
            f"upcloud_managed_database_{engine}",
            "upcloud",
            ("properties.*.ip_filter",),
            off="properties.*.public_access",
            port="service_port",
        )
        for engine in _UPCLOUD
    ),
    Whole(
        "exoscale_dbaas",
        "exoscale",
        tuple(f"{engine}.*.ip_filter" for engine in _EXOSCALE),
        ("zone", "type", "name"),
    ),
    Whole("render_postgres", "render_postgres", ("ip_allow_list",), value="cidr_block", note="description"),
    Whole("render_keyvalue", "render_postgres", ("ip_allow_list",), value="cidr_block", note="description"),
    Whole(
        "azurerm_cosmosdb_account",
        "azure_cosmosdb",
        ("ip_range_filter",),
        ("resource_group_name", "name"),
        off="public_network_access_enabled",
        networks_only="is_virtual_network_filter_enabled",
    ),
    Whole(
        "ovh_cloud_project_database",
        "ovh",
        ("ip_restrictions",),
        ("service_name", "engine", "id"),
        value="ip",
        note="description",
    ),
    Whole("oci_database_autonomous_database", "", ("whitelisted_ips", "standby_whitelisted_ips")),
    Whole("ibm_database", "ibm_cloud_databases", ("allowlist", "whitelist"), value="address", note="description"),
    Whole(
        "planetscale_vitess_branch_password",
        "planetscale_vitess",
        ("cidrs",),
        ("organization", "database", "branch", "id"),
    ),
    Whole("planetscale_password", "planetscale_vitess", ("cidrs",), ("organization", "database", "branch", "id")),
    Whole("alicloud_db_instance", "", ("security_ips",), port="port"),
    Whole("alicloud_mongodb_instance", "", ("security_ip_list",)),
    Whole("alicloud_kvstore_instance", "", ("security_ips",), port="port"),
    Whole("linode_database_postgresql_v2", "linode", ("allow_list",), port="port"),
    Whole("linode_database_mysql_v2", "linode", ("allow_list",), port="port"),
    Whole("scaleway_redis_cluster", "", ("acl",), value="ip", note="description"),
    Whole(
        "digitalocean_database_firewall",
        "digitalocean",
        ("rule",),
        ("cluster_id",),
        value="value",
        named=("type", "ip_addr"),
        kind=Kind.LIST,
    ),
    Whole(
        "scaleway_rdb_acl",
        "scaleway_rdb",
        ("acl_rules",),
        ("instance_id",),
        value="ip",
        note="description",
        kind=Kind.LIST,
    ),
    Whole("linode_database_access_controls", "linode", ("allow_list",), ("database_id",), kind=Kind.LIST),
    Whole(
        "astra_access_list",
        "astra",
        ("addresses",),
        ("database_id",),
        value="address",
        note="description",
        unenforced="enabled",
        kind=Kind.LIST,
    ),
    Whole(
        "supabase_settings",
        "supabase",
        ("network",),
        ("project_ref",),
        kind=Kind.LIST,
        as_json=("restrictions", "dbAllowedCidrs", "dbAllowedCidrsV6"),
    ),
)

OTHER_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    f"aiven_{service}": (f"{service}_user_config.*.ip_filter_string", f"{service}_user_config.*.ip_filter")
    for service in _AIVEN
}
"""Further lists of the same resource whose entries are plain addresses."""

BY_TYPE: Final = {each.type: each for each in WHOLES}
