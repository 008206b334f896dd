"""The attributes of `dflow_security_group`, and what a person has to know about them."""

from __future__ import annotations

from dflow_provider.resources import record_attributes
from dflow_provider.resources.firewall_rule import AWS_TEXT, Direction, rules_attribute
from dflow_provider.resources.validators import NotBlank, OneOf
from dflow_provider.schema import BOOL, STRING, Attribute, MapOf, OnChange, Presence, Schema

REGION = "ap-south-1"
"""The one region that dFlow writes security groups to."""

SCHEMA = Schema(
    "A security group: firewall rules for Worker Nodes on AWS. dFlow keeps them and, with `sync`, writes them to "
    f"AWS within the same apply: always to the region **{REGION}** and its default VPC, because dFlow knows no other. "
    "There the group has exactly these rules and tags; rules that somebody added at AWS, and AWS's own rule that "
    "lets everything out, are removed. dFlow says whether a sync went well and never why not. The next apply "
    "repeats one that failed, for the same group. A sync that fails is an error, except right after the group was "
    "made: there it is a warning, because Terraform would replace what an error left behind. The example's "
    "`postcondition` ends such an apply with an error too, and leaves the group as it is. dFlow does not notice "
    "what is changed at AWS afterwards. To attach the group to a machine, use dFlow's dashboard. A group that a "
    "Worker Node has is not removed.\n\n"
    "To let a Worker Node into a database, use `dflow_aws_security_group_allowlist`, which knows every region and "
    "leaves foreign rules alone.\n\n"
    "Import by id or by name: `terraform import dflow_security_group.web web`.",
    (
        Attribute("id", STRING, Presence.COMPUTED, "The group's id in dFlow; AWS's own is `security_group_id`."),
        Attribute(
            "name",
            STRING,
            Presence.REQUIRED,
            "The group's name, in dFlow and at AWS, which takes it once per VPC. dFlow never changes it, so "
            "another name means another group.",
            on_change=OnChange.REPLACE,
            validators=(AWS_TEXT,),
        ),
        Attribute(
            "description",
            STRING,
            Presence.REQUIRED,
            "What the group is for; AWS demands it. Another description means another group.",
            on_change=OnChange.REPLACE,
            validators=(AWS_TEXT,),
        ),
        Attribute(
            "cloud_provider",
            STRING,
            Presence.OPTIONAL,
            "The cloud the group is for. dFlow can sync `aws` alone. Another cloud means another group.",
            on_change=OnChange.REPLACE,
            validators=(OneOf(("aws", "azure", "gcp", "digitalocean")),),
        ),
        Attribute(
            "cloud_provider_account_id",
            STRING,
            Presence.OPTIONAL,
            "Id of the `dflow_cloud_provider_account`, of the same type as `cloud_provider`, with which dFlow "
            "works at the cloud. Another account means another group.",
            on_change=OnChange.REPLACE,
            validators=(NotBlank(),),
        ),
        rules_attribute(Direction.INBOUND, "Who may connect to the machines. Left out, nobody."),
        rules_attribute(
            Direction.OUTBOUND,
            "Whom the machines may connect to. Left out, nobody: a synced group without any lets nothing out. "
            'Everything is one rule, `{ type = "all-traffic", cidr = "0.0.0.0/0" }`.',
        ),
        Attribute(
            "tags",
            MapOf(STRING),
            Presence.OPTIONAL,
            "Tags of the group at AWS; others are removed there. Left out, there are none.",
        ),
        Attribute(
            "sync",
            BOOL,
            Presence.OPTIONAL_COMPUTED,
            'Whether dFlow writes the group to AWS. By default `true`, which needs `cloud_provider = "aws"` and '
            "`cloud_provider_account_id`; with `false` it is a record in dFlow alone.",
            default=True,
        ),
        Attribute(
            "security_group_id",
            STRING,
            Presence.COMPUTED,
            "The group's id at AWS (`sg-…`); null until a sync made it.",
        ),
        Attribute(
            "sync_status",
            STRING,
            Presence.COMPUTED,
            "`in-sync` after a sync that went well, `failed` after one that did not, `pending` before the first "
            "and after a change without `sync`.",
        ),
        Attribute(
            "last_synced_at",
            STRING,
            Presence.COMPUTED,
            "When the last sync went well, as an RFC 3339 time in UTC; null before.",
        ),
        Attribute(
            "hard_delete",
            BOOL,
            Presence.OPTIONAL_COMPUTED,
            "What destroying does. By default (`true`, unlike other resources) dFlow deletes the group at AWS and "
            "removes its record for good; `false` puts the record into dFlow's trash and leaves the group at AWS "
            "as it is.",
            default=True,
        ),
        record_attributes.CREATED_AT,
    ),
)
