"""Providers of database vendors that have one resource type for allowlists each."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official import (
    Argument,
    Attachment,
    BlockForEach,
    EveryCidr,
    Fixed,
    Given,
    Holds,
    Name,
    OfficialProvider,
    OfficialResource,
    OfList,
    Part,
    Repeats,
    Text,
)
from dflow_vendors.owned import Locator
from dflow_vendors.vendor import DestroyMeans, Source

_READ = dt.date(2026, 11, 22)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EXAMPLE_UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
_PLAIN = re.compile(r"[A-Za-z0-9 ._:/(),-]")

MONGODBATLAS_PROJECT_IP_ACCESS_LIST: Final = OfficialResource(
    type="mongodbatlas_project_ip_access_list",
    provider=OfficialProvider("mongodbatlas", "mongodb/mongodbatlas", ">= 1.15, < 3.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("project_id", Given("{project_id}")),
        Argument("cidr_block", Part.CIDR, required=False),
        Argument("comment", Text(80, _PLAIN), required=False),
    ),
    import_id="<project id>-<cidr>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments; an entry that exists is taken over silently",
        "mongodb/terraform-provider-mongodbatlas docs/resources/project_ip_access_list.md, 2.x",
        _READ,
    ),
    repeats=Repeats.MERGED,
    kept=("comment",),
    limits=(
        "An entry that somebody else added is taken over silently, and goes when this program removes it.",
        "Every entry takes at least ten seconds, one after the other.",
    ),
)

COCKROACH_ALLOW_LIST: Final = OfficialResource(
    type="cockroach_allow_list",
    provider=OfficialProvider("cockroach", "cockroachdb/cockroach", ">= 1.0, < 2.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("cluster_id", Given("{cluster_id}")),
        Argument("cidr_ip", Part.FIRST_ADDRESS),
        Argument("cidr_mask", Part.PREFIX_LENGTH),
        Argument("sql", Fixed(value=True)),
        Argument("ui", Fixed(value=False)),
        Argument("name", Text(60, _PLAIN), required=False),
    ),
    import_id="<cluster id>:<address>/<prefix length>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source("arguments", "cockroachdb/terraform-provider-cockroach docs/resources/allow_list.md, 1.22", _READ),
)

COUCHBASE_CAPELLA_ALLOWLIST: Final = OfficialResource(
    type="couchbase-capella_allowlist",
    provider=OfficialProvider("couchbase-capella", "couchbasecloud/couchbase-capella", ">= 1.0, < 2.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("organization_id", Given("{organization_id}")),
        Argument("project_id", Given("{project_id}")),
        Argument("cluster_id", Given("{cluster_id}")),
        Argument("cidr", Part.CIDR),
        Argument("comment", Text(200, _PLAIN), required=False),
        Argument("expires_at", Part.EXPIRES_AT, required=False),
    ),
    import_id="id=…,cluster_id=…,project_id=…,organization_id=…",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments", "couchbasecloud/terraform-provider-couchbase-capella docs/resources/allowlist.md, 1.10", _READ
    ),
    fields=(
        Locator("organization_id", "The organization.", _UUID, "the id of an organization (a UUID)", _EXAMPLE_UUID),
        Locator("project_id", "The project.", _UUID, "the id of a project (a UUID)", _EXAMPLE_UUID),
        Locator("cluster_id", "The cluster.", _UUID, "the id of a cluster (a UUID)", _EXAMPLE_UUID),
    ),
    kept=("comment",),
)

SCALINGO_DATABASE_FIREWALL_RULE: Final = OfficialResource(
    type="scalingo_database_firewall_rule",
    provider=OfficialProvider("scalingo", "Scalingo/scalingo", ">= 2.6, < 3.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("database_id", Given("{database_id}")),
        Argument("cidr", Part.CIDR, required=False),
        Argument("label", Text(100, _PLAIN), required=False),
    ),
    import_id="not documented",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments, each of which replaces the rule",
        "Scalingo/terraform-provider-scalingo docs/resources/database_firewall_rule.md, 2.7",
        _READ,
    ),
    fields=(
        Locator(
            "database_id",
            "The database, of the next generation.",
            re.compile(r"[A-Za-z0-9-]{8,64}"),
            "the id of a Scalingo database",
            _EXAMPLE_UUID,
        ),
    ),
    kept=("label",),
)

EC_DEPLOYMENT_TRAFFIC_FILTER: Final = OfficialResource(
    type="ec_deployment_traffic_filter",
    provider=OfficialProvider("ec", "elastic/ec", ">= 0.9, < 1.0"),
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("name", Name(64, re.compile(r"[A-Za-z0-9_-]"))),
        Argument("region", Given("{region}")),
        Argument("type", Fixed("ip")),
        Argument("description", Text(200, _PLAIN), required=False),
        Argument(
            "rule",
            BlockForEach(
                (
                    Argument("source", Part.CIDR, required=False),
                    Argument("description", Text(200, _PLAIN), required=False),
                )
            ),
            required=False,
        ),
    ),
    import_id="<id of the filter>; the association cannot be imported",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments", "elastic/terraform-provider-ec docs/resources/deployment_traffic_filter.md, 0.13", _READ
    ),
    fields=(
        Locator(
            "region",
            "The region of the deployment.",
            re.compile(r"[a-z0-9]+(-[a-z0-9]+)+"),
            "a region of Elastic Cloud (aws-eu-central-1)",
            "aws-eu-central-1",
        ),
    ),
    repeats=Repeats.ALLOWED,
    attachments=(
        Attachment(
            "ec_deployment_traffic_filter_association",
            (
                Argument("deployment_id", Given("{deployment_id}")),
                Argument("traffic_filter_id", OfList("id")),
            ),
        ),
    ),
    limits=("An ec_deployment with `traffic_filter` set takes the association away again.",),
)

SNOWFLAKE_NETWORK_RULE: Final = OfficialResource(
    type="snowflake_network_rule",
    provider=OfficialProvider("snowflake", "snowflakedb/snowflake", ">= 2.0, < 3.0"),
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("name", Name(120, re.compile(r"[A-Z0-9_]"), separator="_")),
        Argument("database", Given("{database_name}")),
        Argument("schema", Given("{schema_name}")),
        Argument("type", Fixed("IPV4")),
        Argument("mode", Fixed("INGRESS")),
        Argument("value_list", EveryCidr.AS_SET),
        Argument("comment", Text(200, _PLAIN), required=False),
    ),
    import_id='"<database>"."<schema>"."<name>"',
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments; a rule that a policy names cannot be dropped",
        "snowflakedb/terraform-provider-snowflake docs/resources/network_rule.md, 2.20",
        _READ,
    ),
    fields=(
        Locator(
            "database_name",
            "The database that the rule is an object of.",
            re.compile(r"[A-Za-z_][A-Za-z0-9_$]{0,254}"),
            "the name of a Snowflake database",
            "SECURITY",
        ),
        Locator(
            "schema_name",
            "The schema that the rule is an object of.",
            re.compile(r"[A-Za-z_][A-Za-z0-9_$]{0,254}"),
            "the name of a Snowflake schema",
            "NETWORK",
        ),
    ),
    repeats=Repeats.ALLOWED,
    limits=(
        "Nobody is let in before a network policy of yours names the rule, and the rule cannot go before it does not.",
        "In 2.x the provider wants `preview_features_enabled` to hold `snowflake_network_rule_resource`.",
    ),
)

YBM_ALLOW_LIST: Final = OfficialResource(
    type="ybm_allow_list",
    provider=OfficialProvider("ybm", "yugabyte/ybm", ">= 1.0, < 2.0"),
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("allow_list_name", Name(60, re.compile(r"[a-z0-9-]"))),
        Argument("allow_list_description", Text(200, _PLAIN), required=False),
        Argument("cidr_list", EveryCidr.AS_SET),
    ),
    import_id="<name>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source("arguments", "yugabyte/terraform-provider-ybm docs/resources/allow_list.md, 2026-08-18", _READ),
    repeats=Repeats.ALLOWED,
    limits=("Nobody is let in before `cluster_allow_list_ids` of a ybm_cluster names the list.",),
)
