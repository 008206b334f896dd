"""`data.dflow_worker_nodes`: every Worker Node of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.outbound_address import OutboundAddress, outbound_address
from dflow_provider.resources import worker_node_attributes
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.worker_node import documentation_ranges
from dflow_provider.schema import STRING, Attribute, Nested, NestingMode, Presence, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.outbound_address import DocumentationRanges
    from dflow_provider.control_plane.servers import ServerDocument
    from dflow_provider.schema import Call, Value, Values


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
                        worker_node_attributes.CLOUD_PROVIDER,
                        worker_node_attributes.CONNECTION_TYPE,
                    ),
                ),
                Presence.COMPUTED,
                "The Worker Nodes. Address one by its name rather than by its place, which shifts as nodes come and "
                "go.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @explaining()
    def read(self, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """List the nodes by name."""
        documentation = documentation_ranges(self._backend.environment)
        servers = self._backend.control_plane.during(call.stop.wait).servers.find().documents
        nodes: list[Value] = [
            _node(server, documentation) for server in sorted(servers, key=lambda each: (each["name"], each["id"]))
        ]
        return {"nodes": nodes}


def _node(server: ServerDocument, documentation: DocumentationRanges) -> Values:
    outbound = outbound_address(server, documentation)
    return {
        "id": server["id"],
        "name": server["name"],
        "outbound_ip": str(outbound.address) if isinstance(outbound, OutboundAddress) else None,
        "outbound_ip_source": outbound.source.value if isinstance(outbound, OutboundAddress) else None,
        "cloud_provider": server.get("provider"),
        "connection_type": server.get("preferConnectionType"),
    }
