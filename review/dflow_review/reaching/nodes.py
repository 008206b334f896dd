"""Which Worker Node an address is, and which Environments and services connect from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.plan import PlannedResource
    from dflow_review.reaching.directory import Directory
    from dflow_review.values import Block

_NODES: Final = "dflow_worker_node"
_LIST: Final = "dflow_worker_nodes"
_ENVIRONMENT: Final = "dflow_environment"
_SERVICES: Final = ("dflow_app_service", "dflow_docker_service")
_ADDRESSES: Final = ("outbound_ip", "public_ip", "ip")


class Nodes:
    """The Worker Nodes that plans tell of.

    Args:
        directory: all resources.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._by_address: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        self._environments: dict[str, set[str]] = {}
        self._services: dict[str, set[str]] = {}
        for node in directory.of_type(_NODES):
            for block in _blocks(node):
                self._learn(block)
        for nodes in directory.of_type(_LIST):
            for block in _blocks(nodes):
                length = block.length("nodes")
                for index in range(length) if isinstance(length, int) else ():
                    self._learn(block, "nodes", index)
        services = dict(self._services_of_environments())
        for environment in directory.of_type(_ENVIRONMENT):
            self._place(environment, services)

    def at(self, address: str) -> str:
        """Return the name of the node that connects from an address; empty if no plan tells."""
        return self._by_address.get(address.removesuffix("/32").removesuffix("/128"), "")

    def environments(self, node: str) -> frozenset[str]:
        """Return the Environments whose services run on a node."""
        return frozenset(self._environments.get(node, ()))

    def services(self, node: str) -> frozenset[str]:
        """Return the App and Docker services that run on a node."""
        return frozenset(self._services.get(node, ()))

    def _learn(self, block: Block, *path: str | int) -> None:
        name = _text(block, *path, "name")
        if not name:
            return
        id_ = _text(block, *path, "id")
        if id_:
            self._by_id[id_] = name
        for attribute in _ADDRESSES:
            address = _text(block, *path, attribute)
            if address:
                self._by_address.setdefault(address, name)
        length = block.length(*path, "outbound_ips")
        for index in range(length) if isinstance(length, int) else ():
            address = _text(block, *path, "outbound_ips", index, "address")
            if address:
                self._by_address.setdefault(address, name)

    def _services_of_environments(self) -> Iterator[tuple[str, set[str]]]:
        """Yield the names of services by the token of their Environment."""
        found: dict[str, set[str]] = {}
        for service in self._directory.of_type(*_SERVICES):
            for block in _blocks(service):
                name, environment = _text(block, "name"), _text(block, "environment_id")
                owners = (
                    [self._directory.with_id(environment)]
                    if environment
                    else [*self._directory.referred(service, "environment_id")]
                )
                tokens = [self._directory.token(each) for each in owners if each is not None] or [environment]
                for token in tokens:
                    if name and token:
                        found.setdefault(token, set()).add(name)
        yield from found.items()

    def _place(self, environment: PlannedResource, services: dict[str, set[str]]) -> None:
        running = services.get(self._directory.token(environment), set())
        for block in _blocks(environment):
            name = _text(block, "name")
            for node in self._nodes_of(environment, block):
                if name:
                    self._environments.setdefault(node, set()).add(name)
                self._services.setdefault(node, set()).update(running)

    def _nodes_of(self, environment: PlannedResource, block: Block) -> Iterator[str]:
        attribute = "worker_nodes" if environment.mode is Mode.MANAGED else "worker_node_ids"
        length = block.length(attribute)
        unknown = length is Missing.UNKNOWN
        for index in range(length) if isinstance(length, int) else ():
            value = block.get(attribute, index)
            if isinstance(value, str):
                if value in self._by_id:
                    yield self._by_id[value]
            else:
                unknown = True
        if unknown:
            for node in self._directory.referred(environment, attribute):
                if node.type == _NODES:
                    yield from (name for side in _blocks(node) if (name := _text(side, "name")))


def _blocks(resource: PlannedResource) -> Iterator[Block]:
    if resource.before is not None:
        yield resource.before
    if resource.after is not None and resource.after is not resource.before:
        yield resource.after


def _text(block: Block, *path: str | int) -> str:
    value = block.text(*path)
    return value if isinstance(value, str) else ""
