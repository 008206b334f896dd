"""Lists that are part of a database's resource, or written whole, and what security groups guard.

Their providers cannot be run here either: the plans are put together as those of the entries' types are, from the
arguments that the providers document.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planmaking.official import Id, write_life
from planmaking.owned import ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planmaking.machine import Machine
    from planmaking.official import Side

Cidrs = list[str]


def _notes(key: str, note: str) -> Callable[[Cidrs], list[dict[str, Any]]]:
    return lambda cidrs: [{key: cidr, note: "dflow: orders from the nodes (shop/orders)"} for cidr in cidrs]


def _plain(cidrs: Cidrs) -> Any:
    return list(cidrs)


def _bare(cidrs: Cidrs) -> Any:
    return [cidr.partition("/")[0] for cidr in cidrs]


def _json(cidrs: Cidrs) -> Any:
    quoted = ", ".join(f'"{cidr}"' for cidr in cidrs)
    return f'{{"restrictions": [{quoted}]}}'


INLINE: dict[str, tuple[str, dict[str, Any], tuple[str | int, ...], Callable[[Cidrs], Any]]] = {
    "google_sql_database_instance": (
        "hashicorp/google",
        {"name": "orders", "region": "europe-west3", "database_version": "POSTGRES_16"},
        ("settings", 0, "ip_configuration", 0, "authorized_networks"),
        lambda cidrs: [{"value": cidr, "name": f"n{at}", "expiration_time": ""} for at, cidr in enumerate(cidrs)],
    ),
    "google_alloydb_instance": (
        "hashicorp/google",
        {"instance_id": "orders", "cluster": "projects/shop/locations/europe-west3/clusters/orders"},
        ("network_config", 0, "authorized_external_networks"),
        lambda cidrs: [{"cidr_range": cidr} for cidr in cidrs],
    ),
    "neon_project": ("kislerdm/neon", {"name": "orders"}, ("allowed_ips",), _bare),
    "aiven_pg": (
        "aiven/aiven",
        {"project": "shop", "service_name": "orders", "plan": "startup-4"},
        ("pg_user_config", 0, "ip_filter_object"),
        _notes("network", "description"),
    ),
    "clickhouse_service": (
        "ClickHouse/clickhouse",
        {"name": "orders", "cloud_provider": "aws", "region": "eu-central-1"},
        ("ip_access",),
        _notes("source", "description"),
    ),
    "digitalocean_database_firewall": (
        "digitalocean/digitalocean",
        {"cluster_id": "0f8fad5b-d9cb-469f-a165-70867728950e"},
        ("rule",),
        lambda cidrs: [{"type": "ip_addr", "value": each, "uuid": f"u{at}"} for at, each in enumerate(_bare(cidrs))],
    ),
    "scaleway_rdb_acl": (
        "scaleway/scaleway",
        {"instance_id": "fr-par/0f8fad5b-d9cb-469f-a165-70867728950e", "region": "fr-par"},
        ("acl_rules",),
        _notes("ip", "description"),
    ),
    "linode_database_access_controls": (
        "linode/linode",
        {"database_id": 4711, "database_type": "postgresql"},
        ("allow_list",),
        _plain,
    ),
    "astra_access_list": (
        "datastax/astra",
        {"database_id": "0f8fad5b-d9cb-469f-a165-70867728950e", "enabled": True},
        ("addresses",),
        lambda cidrs: [{"address": cidr, "enabled": True, "description": "orders"} for cidr in cidrs],
    ),
    "supabase_settings": ("supabase/supabase", {"project_ref": "abcdefghijklmnopqrst"}, ("network",), _json),
    "singlestoredb_workspace_group": (
        "singlestore-labs/singlestoredb",
        {"name": "orders", "cloud_provider": "AWS"},
        ("firewall_ranges",),
        _plain,
    ),
    "upstash_redis_database": (
        "upstash/upstash",
        {"database_name": "orders", "region": "eu-central-1"},
        ("ip_allowlist",),
        _plain,
    ),
    "rediscloud_subscription_database": (
        "RedisLabs/rediscloud",
        {"name": "orders", "subscription_id": "4711"},
        ("source_ips",),
        _plain,
    ),
    "vultr_database": ("vultr/vultr", {"label": "orders", "database_engine": "pg"}, ("trusted_ips",), _plain),
    "upcloud_managed_database_postgresql": (
        "UpCloudLtd/upcloud",
        {"name": "orders", "plan": "1x1xCPU-2GB-25GB", "zone": "de-fra1"},
        ("properties", 0, "ip_filter"),
        _plain,
    ),
    "exoscale_dbaas": (
        "exoscale/exoscale",
        {"name": "orders", "type": "pg", "zone": "de-fra-1", "plan": "startup-4"},
        ("pg", "ip_filter"),
        _plain,
    ),
    "render_postgres": (
        "render-oss/render",
        {"name": "orders", "plan": "basic_1gb", "region": "frankfurt"},
        ("ip_allow_list",),
        _notes("cidr_block", "description"),
    ),
    "azurerm_cosmosdb_account": (
        "hashicorp/azurerm",
        {"name": "orders", "location": "germanywestcentral", "public_network_access_enabled": True},
        ("ip_range_filter",),
        _bare,
    ),
    "ovh_cloud_project_database": (
        "ovh/ovh",
        {"service_name": "4711", "description": "orders", "engine": "postgresql"},
        ("ip_restrictions",),
        _notes("ip", "description"),
    ),
    "oci_database_autonomous_database": (
        "oracle/oci",
        {"db_name": "orders", "display_name": "orders"},
        ("whitelisted_ips",),
        _bare,
    ),
    "ibm_database": (
        "IBM-Cloud/ibm",
        {"name": "orders", "service": "databases-for-postgresql", "plan": "standard"},
        ("allowlist",),
        _notes("address", "description"),
    ),
    "planetscale_vitess_branch_password": (
        "planetscale/planetscale",
        {"organization": "shop", "database": "orders", "branch": "main", "name": "web"},
        ("cidrs",),
        _plain,
    ),
    "alicloud_db_instance": ("aliyun/alicloud", {"instance_name": "orders", "port": "5432"}, ("security_ips",), _bare),
    "alicloud_kvstore_instance": ("aliyun/alicloud", {"db_instance_name": "orders"}, ("security_ips",), _bare),
    "alicloud_mongodb_instance": ("aliyun/alicloud", {"name": "orders"}, ("security_ip_list",), _bare),
    "linode_database_postgresql_v2": (
        "linode/linode",
        {"label": "orders", "engine_id": "postgresql/16", "region": "eu-central"},
        ("allow_list",),
        _plain,
    ),
    "rediscloud_active_active_subscription_database": (
        "RedisLabs/rediscloud",
        {"name": "orders", "subscription_id": "4711", "db_id": 12},
        ("global_source_ips",),
        _plain,
    ),
    "rediscloud_essentials_database": (
        "RedisLabs/rediscloud",
        {"name": "orders", "subscription_id": "4711", "db_id": 12},
        ("source_ips",),
        _plain,
    ),
    "render_keyvalue": (
        "render-oss/render",
        {"name": "orders", "plan": "starter", "region": "frankfurt"},
        ("ip_allow_list",),
        _notes("cidr_block", "description"),
    ),
    "scaleway_redis_cluster": (
        "scaleway/scaleway",
        {"name": "orders", "version": "7.0.5", "node_type": "RED1-micro"},
        ("acl",),
        _notes("ip", "description"),
    ),
}
"""Type → its provider, what else it has, where its list is, and how an entry is spelled."""


def guarded_cases(_: Machine) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Yield `inline/<type>` for lists that are part of a resource, and `aws/<shape>` for security groups."""
    for kind in INLINE:
        yield f"inline/{kind}", partial(_inline, kind)
    for shape, sides in {
        "inline_ingress": _inline_ingress,
        "security_group_rule": _rules,
        "prefix_list": _prefix_list,
    }.items():
        yield f"aws/{shape}", partial(_aws, sides)


def _inline(kind: str, directory: Path) -> None:
    provider, others, path, spell = INLINE[kind]

    def side(nodes: int) -> Side:
        value = spell(list(ADDRESSES.values())[:nodes])
        for step in reversed(path[1:]):
            value = [value] if isinstance(step, int) else {step: value}
        return {f"{kind}.orders": {"id": "orders-1", **others, str(path[0]): value}}

    write_life(directory, provider, side(2), side(3))


def _aws(sides: Callable[[Cidrs], Side], directory: Path) -> None:
    cidrs = list(ADDRESSES.values())
    write_life(directory, "hashicorp/aws", sides(cidrs[:2]), sides(cidrs))


_GROUP = Id("aws_security_group.orders", "sg-0123456789abcdef0")
_LIST = Id("aws_ec2_managed_prefix_list.orders", "pl-0123456789abcdef0")


def _database(group: Id | str) -> Side:
    return {
        "aws_db_instance.orders": {
            "id": "db-ORDERS",
            "identifier": "orders",
            "engine": "postgres",
            "port": 5432,
            "publicly_accessible": True,
            "vpc_security_group_ids": [group],
        }
    }


def _group(ingress: list[dict[str, Any]]) -> Side:
    return {
        "aws_security_group.orders": {"id": "sg-0123456789abcdef0", "name": "orders", "ingress": ingress},
        **_database(_GROUP),
    }


def _ingress(**sources: Any) -> dict[str, Any]:
    none: dict[str, Any] = {"cidr_blocks": [], "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": []}
    note = "dflow: orders from the nodes (shop/orders)"
    ports = {"from_port": 5432, "to_port": 5432, "protocol": "tcp", "self": False, "description": note}
    return {**none, **ports, **sources}


def _inline_ingress(cidrs: Cidrs) -> Side:
    return _group([_ingress(cidr_blocks=cidrs)])


def _rules(cidrs: Cidrs) -> Side:
    rules = {
        f'aws_security_group_rule.orders["fra-{number}"]': {
            "id": f"sgrule-{number}",
            "type": "ingress",
            "security_group_id": "sg-0123456789abcdef0",
            "protocol": "tcp",
            "from_port": 5432,
            "to_port": 5432,
            "cidr_blocks": [cidr],
            "description": f"dflow: orders from fra-{number} (shop/orders)",
        }
        for number, cidr in enumerate(cidrs, 1)
    }
    return {**_database("sg-0123456789abcdef0"), **rules}


def _prefix_list(cidrs: Cidrs) -> Side:
    entries = [
        {"cidr": cidr, "description": f"dflow: orders from fra-{at} (shop/orders)"} for at, cidr in enumerate(cidrs, 1)
    ]
    listed = {"id": "pl-0123456789abcdef0", "name": "orders", "address_family": "IPv4", "max_entries": 10}
    return {
        "aws_ec2_managed_prefix_list.orders": {**listed, "entry": entries},
        "aws_vpc_security_group_ingress_rule.orders": {
            "id": "sgr-0123456789abcdef0",
            "security_group_id": "sg-0123456789abcdef0",
            "prefix_list_id": _LIST,
            "ip_protocol": "tcp",
            "from_port": 5432,
            "to_port": 5432,
            "description": "dflow: orders from the nodes (shop/orders)",
        },
        **_database("sg-0123456789abcdef0"),
    }
