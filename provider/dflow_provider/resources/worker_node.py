"""`data.dflow_worker_node`: one Worker Node and the address it reaches the internet from."""

from __future__ import annotations

from typing import ClassVar

from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import BOOL, STRING, Attribute, Nested, NestingMode, Presence, Schema


class WorkerNode:
    """One Worker Node."""

    schema: ClassVar[Schema] = Schema(
        "A Worker Node: a server that runs the services of an Environment, with the public address its outgoing "
        "connections come from as far as dFlow knows it. For all of them use `dflow_worker_nodes`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The Worker Node's id in dFlow. Give this or `name`, not both.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "name",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The Worker Node's name in dFlow. Give this or `id`; two nodes of one name are an error that lists "
                "their ids.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "require_outbound_ip",
                BOOL,
                Presence.OPTIONAL,
                "With `true`, a node whose public address dFlow does not know is an error that says why and what to "
                "do. By default the `outbound_…` attributes are then null.",
            ),
            Attribute(
                "outbound_ip",
                STRING,
                Presence.COMPUTED,
                "The public address that outgoing connections of the node's services come from. dFlow learns it when "
                "the node is added and does not follow later changes; a node behind NAT has none here.",
            ),
            Attribute(
                "outbound_cidr",
                STRING,
                Presence.COMPUTED,
                "`outbound_ip` as a network of one address (`203.0.113.7/32`), as most firewalls want it.",
            ),
            Attribute(
                "outbound_ip_source",
                STRING,
                Presence.COMPUTED,
                "Which of dFlow's fields the address stood in: `aws_ec2_public_ip` (as launched on EC2), `ip` (the "
                "address dFlow connects to by SSH) or `public_ip` (as observed on a Tailscale node).",
            ),
            Attribute(
                "outbound_ips",
                Nested(
                    NestingMode.LIST,
                    (
                        Attribute("address", STRING, Presence.COMPUTED, "The address."),
                        Attribute("cidr", STRING, Presence.COMPUTED, "The address as a network of one address."),
                        Attribute("source", STRING, Presence.COMPUTED, "As `outbound_ip_source`."),
                    ),
                ),
                Presence.COMPUTED,
                "All known outgoing addresses. The public control plane knows at most one, the same as "
                "`outbound_ip`; empty where it knows none.",
            ),
            Attribute(
                "provider",
                STRING,
                Presence.COMPUTED,
                "Whose machine it is: `aws`, `azure`, `gcp`, `digitalocean`, `dflow` or `other`.",
            ),
            Attribute(
                "connection_type",
                STRING,
                Presence.COMPUTED,
                "How dFlow reaches the node: `ssh` or `tailscale`.",
            ),
            Attribute(
                "hostname",
                STRING,
                Presence.COMPUTED,
                "The node's name in the tailnet; null on a node reached by plain SSH.",
            ),
        ),
    )
