"""`data.dflow_worker_nodes`: every Worker Node of the organisation."""

from __future__ import annotations

from typing import ClassVar

from dflow_provider.schema import STRING, Attribute, Nested, NestingMode, Presence, Schema


class WorkerNodes:
    """All Worker Nodes."""

    schema: ClassVar[Schema] = Schema(
        "All Worker Nodes of the organisation, in the order of their names. For one of them, with more detail and "
        "with an error where its address is not known, use `dflow_worker_node`.",
        (
            Attribute(
                "nodes",
                Nested(
                    NestingMode.LIST,
                    (
                        Attribute("id", STRING, Presence.COMPUTED, "The Worker Node's id in dFlow."),
                        Attribute("name", STRING, Presence.COMPUTED, "The Worker Node's name; not always unique."),
                        Attribute(
                            "outbound_ip",
                            STRING,
                            Presence.COMPUTED,
                            "The public address its outgoing connections come from; null where dFlow knows none.",
                        ),
                        Attribute(
                            "outbound_ip_source",
                            STRING,
                            Presence.COMPUTED,
                            "Which of dFlow's fields the address stood in: `aws_ec2_public_ip`, `ip` or `public_ip`.",
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
                    ),
                ),
                Presence.COMPUTED,
                "The Worker Nodes. Address one by its name rather than by its place, which shifts as nodes come and "
                "go.",
            ),
        ),
    )
