"""`data.dflow_worker_node`: one Worker Node and the address it reaches the internet from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import NotFound
from dflow_provider.control_plane.outbound_address import DocumentationRanges, OutboundAddress, outbound_address
from dflow_provider.resources import worker_node_attributes
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.record_lookup import check_one_of
from dflow_provider.resources.service_life import not_an
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import BOOL, STRING, Attribute, Nested, NestingMode, Presence, ProviderError, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.outbound_address import NoOutboundAddress
    from dflow_provider.control_plane.servers import ServerDocument
    from dflow_provider.schema import Call, Report, Values


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
            worker_node_attributes.CLOUD_PROVIDER,
            worker_node_attributes.CONNECTION_TYPE,
            Attribute(
                "hostname",
                STRING,
                Presence.COMPUTED,
                "The node's name in the tailnet; null on a node reached by plain SSH.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a question about no node, and one about two."""
        check_one_of(config, report, ("id", "name"), "which Worker Node is meant")

    @explaining()
    def read(self, config: Values, call: Call) -> Values:
        """Find the node and the address it sends from."""
        server = self._found(config, self._backend.control_plane.during(call.stop.wait))
        outbound = outbound_address(server, documentation_ranges(self._backend.environment))
        if config["require_outbound_ip"] is True and not isinstance(outbound, OutboundAddress):
            raise _no_address(server, outbound)
        address = _address_values(outbound) if isinstance(outbound, OutboundAddress) else None
        return {
            "id": server["id"],
            "name": server["name"],
            "require_outbound_ip": config["require_outbound_ip"],
            "outbound_ip": address["address"] if address else None,
            "outbound_cidr": address["cidr"] if address else None,
            "outbound_ip_source": address["source"] if address else None,
            "outbound_ips": [address] if address else [],
            "cloud_provider": server.get("provider"),
            "connection_type": server.get("preferConnectionType"),
            "hostname": server.get("hostname"),
        }

    @staticmethod
    def _found(config: Values, dflow: ControlPlane) -> ServerDocument:
        if config["id"] is not None:
            node_id = str(config["id"])
            try:
                return dflow.servers.get(node_id)
            except NotFound:
                error = not_an(dflow, "Worker Node", node_id, ("id",))
                raise ProviderError(error.title, f"{error.detail} {_existing(dflow)}", error.path) from None
        name = str(config["name"])
        named = dflow.servers.find(name=name).documents
        if len(named) == 1:
            return named[0]
        if not named:
            raise ProviderError(
                "Worker Node does not exist",
                f"The organisation {dflow.tenant!r} has no Worker Node named {name!r}. {_existing(dflow)}",
                ("name",),
            )
        raise ProviderError(
            "Worker Node name is not unique",
            f"The organisation {dflow.tenant!r} has {len(named)} Worker Nodes named {name!r}: "
            f"{', '.join(sorted(node['id'] for node in named))}. Give the id of the one that is meant instead of "
            f"the name, or rename one in the dashboard.",
            ("name",),
        )


def documentation_ranges(environment: Mapping[str, str]) -> DocumentationRanges:
    """Say whether this is a sandbox, whose nodes have addresses from the ranges for documentation."""
    allowed = environment.get("DFLOW_ALLOW_DOCUMENTATION_ADDRESSES") == "1"
    return DocumentationRanges.ALLOWED if allowed else DocumentationRanges.REFUSED


def _address_values(outbound: OutboundAddress) -> Values:
    return {"address": str(outbound.address), "cidr": outbound.cidr, "source": outbound.source.value}


def _existing(dflow: ControlPlane) -> str:
    nodes = sorted(f"{node['name']} (id {node['id']})" for node in dflow.servers.find().documents)
    return f"Its Worker Nodes are: {', '.join(nodes)}." if nodes else "It has no Worker Node at all."


def _no_address(server: ServerDocument, outbound: NoOutboundAddress) -> ProviderError:
    name = server["name"]
    return ProviderError(
        "Worker Node has no known address",
        f"dFlow does not know from which public address the Worker Node {name!r} (id {server['id']}) reaches the "
        f"internet: {'; '.join(outbound.reasons)}. Find the address out, for instance with `curl -4 ifconfig.me` on "
        f'the node, and declare it on the Environment: egress={{"{name}": "<address>"}}.',
    )
