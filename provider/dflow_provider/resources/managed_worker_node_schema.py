"""The attributes of the resource `dflow_worker_node`, and what a person has to know about them."""

from __future__ import annotations

from dflow_provider.resources import record_attributes
from dflow_provider.resources.validators import RECORD_NAME, IpAddress, NotBlank, OneOf, PortNumber, Spelling
from dflow_provider.schema import BOOL, NUMBER, STRING, Attribute, ListOf, Nested, NestingMode, Presence, Schema

SCHEMA = Schema(
    "dFlow's record of a Worker Node: a server that runs the services of Environments, and how dFlow reaches it. "
    "**Creating the record installs nothing.** It neither makes a machine nor connects to one: Dokku, its plugins "
    "and the build tools come onto the server with the onboarding in dFlow's dashboard, which has to be gone "
    "through before services are deployed. Destroying the record leaves the machine and what runs on it alone; a "
    "node that still has Environments is not removed. Another address in place means the same machine elsewhere: "
    "dFlow moves no services. To look a node up, and for its outbound address, use the data source of the same "
    "name.\n\n"
    "Import by id, by name or by `<organisation>/<name>`: `terraform import dflow_worker_node.fra acme/fra-1`.",
    (
        Attribute(
            "id",
            STRING,
            Presence.COMPUTED,
            "The Worker Node's id in dFlow; Environments refer to it in `worker_nodes`.",
        ),
        Attribute(
            "name",
            STRING,
            Presence.REQUIRED,
            "The Worker Node's name. dFlow would take it twice; here it is unique within the organisation, "
            "because nodes are looked up and allowed into databases by it.",
            validators=(RECORD_NAME,),
        ),
        Attribute(
            "description",
            STRING,
            Presence.OPTIONAL,
            "Free text that dFlow's dashboard shows beside the name. Left out, there is none.",
        ),
        Attribute(
            "connection_type",
            STRING,
            Presence.OPTIONAL_COMPUTED,
            "How dFlow reaches the node. By default `tailscale`, which needs `hostname`; `ssh` needs `ssh_key_id`, "
            "`ip` and `port`.",
            default="tailscale",
            validators=(OneOf(("ssh", "tailscale")),),
        ),
        Attribute(
            "ssh_key_id",
            STRING,
            Presence.OPTIONAL,
            "Id of the `dflow_ssh_key` that dFlow logs in with over `ssh`; its public half must be in "
            "`authorized_keys` of `username`.",
            validators=(NotBlank(),),
        ),
        Attribute(
            "ip",
            STRING,
            Presence.OPTIONAL,
            "The address that dFlow connects to over `ssh`, unique within the organisation. It usually is also the "
            "address that the node's outgoing connections come from.",
            validators=(IpAddress(),),
        ),
        Attribute("port", NUMBER, Presence.OPTIONAL, "The port of the node's SSH server.", validators=(PortNumber(),)),
        Attribute(
            "username",
            STRING,
            Presence.REQUIRED,
            "The user that dFlow logs in as, over either connection: `ubuntu` on EC2, `root` on most others.",
            validators=(NotBlank(),),
        ),
        Attribute(
            "hostname",
            STRING,
            Presence.OPTIONAL,
            "The node's name in the tailnet, for `tailscale`.",
            validators=(NotBlank(),),
        ),
        Attribute(
            "cloud_provider",
            STRING,
            Presence.OPTIONAL_COMPUTED,
            "Whose machine it is. By default `other`. With `aws`, the outbound address is taken from `aws_ec2` "
            "where that has one.",
            default="other",
            validators=(OneOf(("aws", "azure", "gcp", "digitalocean", "dflow", "other")),),
        ),
        Attribute(
            "cloud_provider_account_id",
            STRING,
            Presence.OPTIONAL,
            "Id of the `dflow_cloud_provider_account` the machine belongs to. Left out, dFlow can do nothing with "
            "the machine at its cloud.",
            validators=(NotBlank(),),
        ),
        Attribute(
            "aws_ec2",
            Nested(
                NestingMode.SINGLE,
                (
                    Attribute("instance_id", STRING, Presence.OPTIONAL, "The instance's id (`i-…`)."),
                    Attribute("region", STRING, Presence.OPTIONAL, "The region it runs in."),
                    Attribute("instance_type", STRING, Presence.OPTIONAL, "Its type (`t3.large`)."),
                    Attribute(
                        "public_ip_address",
                        STRING,
                        Presence.OPTIONAL,
                        "The public address its outgoing connections come from; dFlow does not follow changes.",
                        validators=(IpAddress(),),
                    ),
                    Attribute(
                        "security_group_ids",
                        ListOf(STRING),
                        Presence.OPTIONAL,
                        "Ids of the `dflow_security_group`s it has. A note only: writing it changes nothing at AWS.",
                    ),
                ),
            ),
            Presence.OPTIONAL_COMPUTED,
            "What dFlow knows of the machine on EC2. dFlow fills it in for machines that it launched; give it for "
            "a machine from elsewhere. Left out, it stays as dFlow has it.",
        ),
        Attribute(
            "default_cpu_limit",
            STRING,
            Presence.OPTIONAL_COMPUTED,
            "How many cores a new App or Docker service may use, as a decimal number (`0.5`). Applied once, when "
            "the dashboard makes the service. Left out, dFlow's own limit.",
            validators=(Spelling(r"\d+(\.\d+)?", "a number of cores such as `0.5` or `2`"),),
        ),
        Attribute(
            "default_memory_limit",
            STRING,
            Presence.OPTIONAL_COMPUTED,
            "How much memory a new App or Docker service may use, with a lower-case unit (`512m`). Applied once, "
            "like `default_cpu_limit`. Left out, dFlow's own limit.",
            validators=(Spelling(r"\d+[bkmg]", "a whole number with one of the units `b`, `k`, `m`, `g`"),),
        ),
        Attribute(
            "global_build_path",
            STRING,
            Presence.OPTIONAL_COMPUTED,
            "The folder that builds start from where a service names none. By default `/`. On the server it takes "
            "effect only when it is set in the dashboard.",
            default="/",
            validators=(NotBlank(),),
        ),
        Attribute(
            "public_ip",
            STRING,
            Presence.COMPUTED,
            "The public address dFlow saw on a Tailscale node; null until it looked, and `999.999.999.999` behind NAT.",
        ),
        Attribute(
            "tailscale_private_ip",
            STRING,
            Presence.COMPUTED,
            "The node's address in the tailnet; null until dFlow looked.",
        ),
        Attribute("onboarded", BOOL, Presence.COMPUTED, "Whether the onboarding in the dashboard is finished."),
        Attribute(
            "connection_status",
            STRING,
            Presence.COMPUTED,
            "How dFlow's last attempt to connect went: `success`, `failed` or `not-checked-yet`.",
        ),
        record_attributes.HARD_DELETE,
        record_attributes.CREATED_AT,
    ),
)
