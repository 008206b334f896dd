"""Providers of clouds whose firewalls guard databases on machines or networks of one's own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dflow_vendors.official import (
    Argument,
    Attachment,
    Block,
    BlockForEach,
    EveryCidr,
    Fixed,
    Given,
    GivenNumbers,
    Holds,
    JustTheCidr,
    Name,
    OfficialProvider,
    OfficialResource,
    OfList,
    Part,
    Port,
    Repeats,
    Text,
)
from dflow_vendors.owned import Locator
from dflow_vendors.vendor import DestroyMeans, Source

_READ = dt.date(2026, 11, 22)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EXAMPLE_UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
_PLAIN = re.compile(r"[A-Za-z0-9 ._:/(),-]")

OCI_NETWORK_SECURITY_GROUP_SECURITY_RULE: Final = OfficialResource(
    type="oci_core_network_security_group_security_rule",
    provider=OfficialProvider("oci", "oracle/oci", ">= 5.0, < 9.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("network_security_group_id", Given("{network_security_group_id}")),
        Argument("direction", Fixed("INGRESS")),
        Argument("protocol", Fixed("6")),
        Argument("source", Part.CIDR, required=False),
        Argument("source_type", Fixed("CIDR_BLOCK"), required=False),
        Argument("description", Text(255, _PLAIN), required=False),
        Argument(
            "tcp_options",
            Block(
                (
                    Argument(
                        "destination_port_range",
                        Block((Argument("min", Port.AS_NUMBER), Argument("max", Port.AS_NUMBER))),
                        required=False,
                    ),
                )
            ),
            required=False,
        ),
    ),
    import_id="networkSecurityGroups/<group>/securityRules/<rule>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments",
        "oracle/terraform-provider-oci website/docs/r/core_network_security_group_security_rule.html.markdown",
        _READ,
    ),
    fields=(
        Locator(
            "network_security_group_id",
            "The OCID of the group.",
            re.compile(r"ocid1\.networksecuritygroup\.[a-z0-9-]*\.[a-z0-9-]*\.[a-z0-9]+"),
            "the OCID of a network security group (ocid1.networksecuritygroup.…)",
            "ocid1.networksecuritygroup.oc1.eu-frankfurt-1.aaaaaaaaexample",
        ),
    ),
    repeats=Repeats.ALLOWED,
)

EXOSCALE_SECURITY_GROUP_RULE: Final = OfficialResource(
    type="exoscale_security_group_rule",
    provider=OfficialProvider("exoscale", "exoscale/exoscale", ">= 0.60, < 1.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("security_group_id", Given("{security_group_id}"), required=False),
        Argument("type", Fixed("INGRESS")),
        Argument("protocol", Fixed("TCP"), required=False),
        Argument("cidr", Part.CIDR, required=False),
        Argument("start_port", Port.AS_NUMBER, required=False),
        Argument("end_port", Port.AS_NUMBER, required=False),
        Argument("description", Text(200, _PLAIN), required=False),
    ),
    import_id="<security group>/<rule>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments, each of which replaces the rule",
        "exoscale/terraform-provider-exoscale docs/resources/security_group_rule.md, 0.70",
        _READ,
    ),
    fields=(Locator("security_group_id", "The group.", _UUID, "the id of a security group (a UUID)", _EXAMPLE_UUID),),
    kept=("description",),
)

VULTR_FIREWALL_RULE: Final = OfficialResource(
    type="vultr_firewall_rule",
    provider=OfficialProvider("vultr", "vultr/vultr", ">= 2.10, < 3.0"),
    holds=Holds.ONE_ENTRY,
    arguments=(
        Argument("firewall_group_id", Given("{firewall_group_id}")),
        Argument("protocol", Fixed("tcp")),
        Argument("ip_type", Part.FAMILY),
        Argument("subnet", Part.FIRST_ADDRESS),
        Argument("subnet_size", Part.PREFIX_LENGTH),
        Argument("port", Port.AS_TEXT, required=False),
        Argument("notes", Text(200, _PLAIN), required=False),
    ),
    import_id="<firewall group>,<rule>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments, each of which replaces the rule",
        "vultr/terraform-provider-vultr vultr/resource_vultr_firewall_rule.go",
        _READ,
    ),
    fields=(Locator("firewall_group_id", "The group.", _UUID, "the id of a firewall group (a UUID)", _EXAMPLE_UUID),),
    kept=("notes",),
)

HCLOUD_FIREWALL: Final = OfficialResource(
    type="hcloud_firewall",
    provider=OfficialProvider("hcloud", "hetznercloud/hcloud", ">= 1.40, < 2.0"),
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("name", Name(64, re.compile(r"[a-z0-9-]")), required=False),
        Argument(
            "rule",
            BlockForEach(
                (
                    Argument("direction", Fixed("in")),
                    Argument("protocol", Fixed("tcp")),
                    Argument("port", Port.AS_TEXT),
                    Argument("source_ips", JustTheCidr()),
                    Argument("description", Text(200, _PLAIN), required=False),
                )
            ),
            required=False,
        ),
    ),
    import_id="<id of the firewall>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments; one attachment for each firewall",
        "hetznercloud/terraform-provider-hcloud docs/resources/firewall.md, firewall_attachment.md, 1.68",
        _READ,
    ),
    fields=(
        Locator(
            "server_ids",
            "The numbers of the servers, separated by commas.",
            re.compile(r"\d+(,\d+)*"),
            "a list of server numbers (4711,4712)",
            "4711,4712",
        ),
    ),
    repeats=Repeats.ALLOWED,
    attachments=(
        Attachment(
            "hcloud_firewall_attachment",
            (
                Argument("firewall_id", OfList("id")),
                Argument("server_ids", GivenNumbers("server_ids"), required=False),
            ),
        ),
    ),
    limits=(
        "The first firewall on a server shuts everything no rule names, SSH included: have one that lets you in.",
        "A server with `firewall_ids` set on it takes the attachment away again.",
    ),
)

_ALICLOUD: Final = OfficialProvider("alicloud", "aliyun/alicloud", ">= 1.254, < 2.0")
_GROUP: Final = Name(32, re.compile(r"[a-z0-9_]"), separator="_")
_INSTANCE = re.compile(r"[a-z]+-[a-z0-9-]{4,60}")

ALICLOUD_GPDB_DB_INSTANCE_IP_ARRAY: Final = OfficialResource(
    type="alicloud_gpdb_db_instance_ip_array",
    provider=_ALICLOUD,
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("db_instance_id", Given("{instance_id}")),
        Argument("db_instance_ip_array_name", _GROUP),
        Argument("security_ip_list", EveryCidr.AS_SET),
    ),
    import_id="<instance>:<group>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments; 1,000 addresses, 50 groups",
        "aliyun/terraform-provider-alicloud website/docs/r/gpdb_db_instance_ip_array.html.markdown",
        _READ,
    ),
    fields=(
        Locator("instance_id", "The instance.", _INSTANCE, "the id of an instance (gp-…)", "gp-bp1a2b3c4d5e6f7g8"),
    ),
    repeats=Repeats.ALLOWED,
)

ALICLOUD_CLICK_HOUSE_SECURITY_IP: Final = OfficialResource(
    type="alicloud_click_house_enterprise_db_cluster_security_ip",
    provider=_ALICLOUD,
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("db_instance_id", Given("{instance_id}")),
        Argument("group_name", _GROUP),
        Argument("security_ip_list", EveryCidr.WITH_COMMAS),
    ),
    import_id="<cluster>:<group>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments",
        "aliyun/terraform-provider-alicloud website/docs/r/click_house_enterprise_db_cluster_security_ip.html.markdown",
        _READ,
    ),
    fields=(Locator("instance_id", "The cluster.", _INSTANCE, "the id of a cluster (cc-…)", "cc-bp1a2b3c4d5e6f7g8"),),
    repeats=Repeats.ALLOWED,
)

ALICLOUD_RDS_WHITELIST_TEMPLATE: Final = OfficialResource(
    type="alicloud_rds_whitelist_template",
    provider=_ALICLOUD,
    holds=Holds.EVERY_ENTRY,
    arguments=(
        Argument("template_name", _GROUP),
        Argument("ip_white_list", EveryCidr.WITH_COMMAS),
    ),
    import_id="<id of the template>",
    destroy_means=DestroyMeans.ENTRY_GONE,
    source=Source(
        "arguments; a template name begins with a letter; 1,000 addresses an instance",
        "aliyun/terraform-provider-alicloud website/docs/r/rds_whitelist_template.html.markdown",
        _READ,
    ),
    repeats=Repeats.ALLOWED,
    limits=("Nobody is let in before `template_id_list` of an alicloud_db_instance names the template.",),
)
