"""What both data sources of Worker Nodes say of a node in the same words."""

from __future__ import annotations

from dflow_provider.schema import STRING, Attribute, Presence

CLOUD_PROVIDER = Attribute(
    "cloud_provider",
    STRING,
    Presence.COMPUTED,
    "Whose machine it is: `aws`, `azure`, `gcp`, `digitalocean`, `dflow` or `other`.",
)
CONNECTION_TYPE = Attribute(
    "connection_type",
    STRING,
    Presence.COMPUTED,
    "How dFlow reaches the node: `ssh` or `tailscale`.",
)
