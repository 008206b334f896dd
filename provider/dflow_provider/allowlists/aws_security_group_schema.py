"""What `dflow_aws_security_group_allowlist` may hold."""

from __future__ import annotations

import re
from typing import Final

from dflow_provider.allowlists.allowlist_validators import Between, Matches, RealMoment
from dflow_provider.schema import (
    BOOL,
    NUMBER,
    STRING,
    Attribute,
    ListOf,
    MapOf,
    Nested,
    NestingMode,
    OnChange,
    Presence,
    Schema,
)

OWNER_LENGTH: Final = 110
"""The longest owner: a tag key holds 128 characters, and 18 of them are ours."""


DEFAULT_QUOTA: Final = 60
"""The number of `dflow_vendors.AWS_SECURITY_GROUP`; written again because a schema must load in a millisecond."""

_RECOMPUTED = ("entries", "port", "database", "open_to_world_reason", "rule_quota")

SCHEMA: Final = Schema(
    description=(
        "The entries of dFlow Worker Nodes among the inbound rules of an AWS security group, which guards an RDS, "
        "Aurora, ElastiCache or Redshift database. It owns only the rules it added, each marked with a tag: every "
        "other rule of the group survives create, update and destroy. One object holds all entries of one database "
        "and one owner. Unlike `aws_vpc_security_group_ingress_rule`, an address that another owner has already let "
        "in is shared, and an address that somebody let in by hand is used and left as it is. "
        "Needs `ec2:DescribeSecurityGroupRules`, `ec2:DescribeSecurityGroups`, `ec2:AuthorizeSecurityGroupIngress`, "
        "`ec2:RevokeSecurityGroupIngress`, `ec2:UpdateSecurityGroupRuleDescriptionsIngress`, `ec2:CreateTags` and "
        "`ec2:DeleteTags`; credentials come from the usual `AWS_*` variables. "
        "Import id: `<security group id>/<owner>`, `<region>/<security group id>/<owner>`, and `@<port>` after the "
        "owner where it has rules on several ports."
    ),
    attributes=(
        Attribute("id", STRING, Presence.COMPUTED, "`<region>/<security group id>/<owner>`."),
        Attribute(
            "security_group_id",
            STRING,
            Presence.REQUIRED,
            "The security group whose inbound rules are the allowlist, for example `sg-0123456789abcdef0`.",
            on_change=OnChange.REPLACE,
            validators=(
                Matches(
                    re.compile(r"sg-[0-9a-f]{4,}"),
                    "a security group id (`sg-` and hexadecimal digits)",
                    "Give the id, not the name: it is in the VPC console and in the database's connectivity tab.",
                ),
            ),
        ),
        Attribute(
            "region",
            STRING,
            Presence.OPTIONAL,
            "The region of the security group. Left out, it is the one of `AWS_REGION` or `AWS_DEFAULT_REGION` when "
            "the object is created. Another region means a new object; naming the one it is in changes nothing.",
        ),
        Attribute(
            "owner",
            STRING,
            Presence.REQUIRED,
            "Who owns these entries, as a mark on each rule: stable, and different for each stack and database, for "
            "example `shop/orders`. Two owners that want the same address share one rule; the last one to leave "
            "removes it.",
            on_change=OnChange.REPLACE,
            validators=(
                Matches(
                    re.compile(rf"[A-Za-z0-9][A-Za-z0-9._/-]{{0,{OWNER_LENGTH - 1}}}"),
                    f"an owner (letters, digits and `. _ / -`, at most {OWNER_LENGTH} characters)",
                    "It becomes part of a tag on each rule: take `<stack>/<database>`.",
                ),
            ),
        ),
        Attribute(
            "database",
            STRING,
            Presence.OPTIONAL,
            "The name of the database in the rules' descriptions. Left out, descriptions name node and owner only.",
        ),
        Attribute(
            "port",
            NUMBER,
            Presence.REQUIRED,
            "The TCP port of the database.",
            validators=(Between(1, 65535),),
        ),
        Attribute(
            "entries",
            Nested(
                NestingMode.MAP,
                (
                    Attribute(
                        "cidr",
                        STRING,
                        Presence.REQUIRED,
                        "The address or range to let in, IPv4 or IPv6: `203.0.113.7/32`; an address without a prefix "
                        "length is that one address. Not public, or everybody: refused.",
                    ),
                    Attribute(
                        "description",
                        STRING,
                        Presence.OPTIONAL,
                        "The rule's description, at most 255 characters. Left out, it names database, node and owner.",
                    ),
                    Attribute(
                        "expires_at",
                        STRING,
                        Presence.OPTIONAL,
                        "When the entry ends, as RFC 3339 writes it: `2026-12-31T18:00:00Z`. AWS's rules never end by "
                        "themselves: the next plan after that moment warns, and its apply removes the rule. Left out, "
                        "it never ends.",
                        validators=(RealMoment(),),
                    ),
                ),
            ),
            Presence.REQUIRED,
            "The entries by the name of the Worker Node they let in. Two nodes with one address share one rule.",
        ),
        Attribute(
            "open_to_world_reason",
            STRING,
            Presence.OPTIONAL,
            "Why an entry may let in everybody, or a good part of the internet. Left out, such an entry is refused.",
        ),
        Attribute(
            "rule_quota",
            NUMBER,
            Presence.OPTIONAL_COMPUTED,
            "How many inbound rules the account allows for each security group and address family. Left out, it is "
            "60, as in an account that never asked for more.",
            default=DEFAULT_QUOTA,
            validators=(Between(1, 1000),),
        ),
        Attribute(
            "active_entries",
            MapOf(STRING),
            Presence.COMPUTED,
            "The CIDR that each node is let in by, by the node's name; expired entries are left out.",
        ),
        Attribute(
            "rule_ids",
            MapOf(STRING),
            Presence.COMPUTED,
            "The id of the rule (`sgr-…`) that lets a node in, by the node's name.",
            recomputed_with=_RECOMPUTED,
        ),
        Attribute(
            "foreign_entries",
            ListOf(STRING),
            Presence.COMPUTED,
            "What else reaches the port: CIDRs, security groups and prefix lists of rules that are not this owner's.",
            recomputed_with=_RECOMPUTED,
        ),
        Attribute(
            "shared_with",
            MapOf(STRING),
            Presence.COMPUTED,
            "The other owners of an entry, separated by commas, by its CIDR; entries of one owner are left out.",
            recomputed_with=_RECOMPUTED,
        ),
        Attribute(
            "open_to_world",
            BOOL,
            Presence.COMPUTED,
            "Whether any rule, of this owner or not, lets everybody or a good part of the internet reach the port.",
            recomputed_with=_RECOMPUTED,
        ),
    ),
)
