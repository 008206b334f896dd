"""hashicorp/azurerm: firewall rules of databases, each with another way to name its parent."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official import Argument, Given, Holds, Name, OfficialProvider, OfficialResource, Part, Repeats
from dflow_vendors.owned import Locator
from dflow_vendors.vendor import DestroyMeans, Source

_READ = dt.date(2026, 11, 22)

AZURERM: Final = OfficialProvider("azurerm", "hashicorp/azurerm", ">= 4.0, < 6.0", needs=("features",))

_GROUP = r"[\w.()-]{1,90}"
_IN_GROUP = "/subscriptions/{subscription_id}/resourceGroups/{resource_group}"
RESOURCE_GROUP: Final = Locator(
    "resource_group",
    "The resource group it is in.",
    re.compile(_GROUP),
    "the name of a resource group",
    "shop",
)


def arm_id(kind: str, what: str, name: str) -> Locator:
    """Describe the field for a parent that is known by its whole id.

    Args:
        kind: the provider and type in the id: `Microsoft.DBforPostgreSQL/serverGroupsv2`.
        what: it is, for people.
        name: of the field.
    """
    return Locator(
        name,
        f"The id of the {what}.",
        re.compile(rf"(?i)/subscriptions/[0-9a-f-]{{36}}/resourceGroups/{_GROUP}/providers/{re.escape(kind)}/[\w-]+"),
        f"the id of a {what} (/subscriptions/…/providers/{kind}/…)",
        f"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/{kind}/orders",
    )


def firewall_rule(
    kind: str,
    parent: tuple[tuple[str, str], ...],
    *,
    name: Name,
    fields: tuple[Locator, ...] = (),
    addresses: tuple[str, str] = ("start_ip_address", "end_ip_address"),
    limits: tuple[str, ...] = (),
) -> OfficialResource:
    """Describe a firewall rule.

    Args:
        kind: the type without `azurerm_` in front and `_firewall_rule` behind.
        parent: the arguments that name the parent, with their templates.
        name: what a rule may be called.
        fields: what a user has to say besides the locators of our own resource.
        addresses: the names of the arguments for the first and the last address.
        limits: what a user must know before.
    """
    resource = f"azurerm_{kind}_firewall_rule"
    first, last = addresses
    return OfficialResource(
        type=resource,
        provider=AZURERM,
        holds=Holds.ONE_ENTRY,
        arguments=(
            Argument("name", name),
            *(Argument(argument, Given(template)) for argument, template in parent),
            Argument(first, Part.FIRST_ADDRESS),
            Argument(last, Part.LAST_ADDRESS),
        ),
        import_id="<id of the parent>/firewallRules/<name>",
        destroy_means=DestroyMeans.ENTRY_GONE,
        source=Source(
            "arguments",
            f"hashicorp/terraform-provider-azurerm website/docs/r/{kind}_firewall_rule.html.markdown, 5.2",
            _READ,
        ),
        fields=fields,
        repeats=Repeats.ALLOWED,
        limits=limits,
    )


_NAME: Final = Name(80, re.compile(r"[A-Za-z0-9_-]"))

POSTGRESQL_FLEXIBLE_SERVER: Final = firewall_rule(
    "postgresql_flexible_server",
    (
        (
            "server_id",
            f"{_IN_GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{{server_name}}",
        ),
    ),
    name=_NAME,
    limits=("The provider writes one rule of a server at a time, about a minute each.",),
)
MYSQL_FLEXIBLE_SERVER: Final = firewall_rule(
    "mysql_flexible_server",
    (("server_name", "{server_name}"), ("resource_group_name", "{resource_group}")),
    name=_NAME,
)
MSSQL: Final = firewall_rule(
    "mssql",
    (
        (
            "server_id",
            f"{_IN_GROUP}/providers/Microsoft.Sql/servers/{{server_name}}",
        ),
    ),
    name=_NAME,
)
COSMOSDB_POSTGRESQL: Final = firewall_rule(
    "cosmosdb_postgresql",
    (("cluster_id", "{cluster_id}"),),
    name=_NAME,
    fields=(arm_id("Microsoft.DBforPostgreSQL/serverGroupsv2", "Cosmos DB for PostgreSQL cluster", "cluster_id"),),
)
MONGO_CLUSTER: Final = firewall_rule(
    "mongo_cluster",
    (("mongo_cluster_id", "{mongo_cluster_id}"),),
    name=_NAME,
    fields=(arm_id("Microsoft.DocumentDB/mongoClusters", "MongoDB cluster", "mongo_cluster_id"),),
)
REDIS: Final = firewall_rule(
    "redis",
    (("redis_cache_name", "{redis_cache}"), ("resource_group_name", "{resource_group}")),
    name=Name(80, re.compile(r"[A-Za-z0-9]"), separator=""),
    fields=(
        Locator(
            "redis_cache",
            "The name of the cache.",
            re.compile(r"[A-Za-z0-9](-?[A-Za-z0-9])*"),
            "the name of a cache (letters, digits and single hyphens)",
            "orders-cache",
        ),
        RESOURCE_GROUP,
    ),
    addresses=("start_ip", "end_ip"),
)
