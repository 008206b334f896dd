"""Which Environments and services stand on which Worker Nodes, before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.reach import Side, Tenant
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import BOTH
from dflow_review.reaching.nodes import NODE, seen, text_in
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.ranges import AddressSet
    from dflow_review.reach import Opening
    from dflow_review.reaching.directory import Directory
    from dflow_review.reaching.nodes import Nodes
    from dflow_review.values import Block

_ENVIRONMENT: Final = "dflow_environment"
_SERVICES: Final = ("dflow_app_service", "dflow_docker_service")
_NODES: Final = "worker_nodes"
_OWNER: Final = "environment_id"
_Untold = tuple[Missing | None, str]
"""Why a node is not told and, if it is because no plan tells of it, its id."""


@dataclass(frozen=True)
class Unsettled:
    """An Environment that comes to a node which the plans do not tell, or whose addresses they do not.

    Args:
        tenant: the Environment.
        not_at: the names of nodes that its node is none of.
    """

    tenant: Tenant
    not_at: frozenset[str]

    def may_get_in(self, opening: Opening) -> bool:
        """Say whether its node may be what an entry lets in."""
        addresses = opening.source.addresses
        is_somebody = addresses is None or 0 < addresses.size < 2**32
        return is_somebody and opening.source.node not in self.not_at


@dataclass
class _Environment:
    """An Environment as all plans together tell of it."""

    id: str
    resource: str = ""
    names: dict[Side, str] = field(default_factory=dict)
    nodes: dict[Side, set[str]] = field(default_factory=lambda: {side: set() for side in BOTH})
    untold: dict[Side, set[_Untold]] = field(default_factory=lambda: {side: set() for side in BOTH})
    services: dict[Side, set[str]] = field(default_factory=lambda: {side: set() for side in BOTH})

    def on(self, node: str, side: Side) -> Tenant:
        return Tenant(self.id, self.names[side], node, frozenset(self.services[side]), self.resource)


class Tenants:
    """The Environments on the Worker Nodes, on both sides.

    An Environment that one plan destroys and another makes by the same name has moved between stacks: it is one. What
    is only looked up is there on both sides, unless a resource of the plans makes it.

    Args:
        directory: all resources.
        nodes: what the plans tell of nodes.
    """

    def __init__(self, directory: Directory, nodes: Nodes) -> None:
        self._directory = directory
        self._nodes = nodes
        ids = _identities(directory)
        found: dict[str, _Environment] = {}
        resources = [*directory.of_type(_ENVIRONMENT)]
        made = {ids[directory.token(each)] for each in resources if each.mode is Mode.MANAGED}
        for resource in resources:
            id_ = ids[directory.token(resource)]
            if resource.mode is Mode.MANAGED or id_ not in made:
                self._place(resource, found.setdefault(id_, _Environment(id_)))
        for service in directory.of_type(*_SERVICES):
            for block, sides in seen(service):
                for id_ in self._environments_of(service, block, ids):
                    if id_ in found:
                        for side in sides:
                            found[id_].services[side].add(_name_in(service, block))
        self._standing = self._tenants_by_node(found.values())
        self.unsettled = tuple(self._unsettled(found.values()))
        """The Environments of which it cannot be told where they come to stand."""

    def on(self, nodes: Sequence[str], side: Side) -> tuple[Tenant, ...]:
        """Return the Environments on some nodes, sorted by name."""
        standing = self._standing[side]
        if len(nodes) == 1:
            return standing.get(nodes[0], ())
        return sorted_by_name(tenant for node in nodes for tenant in standing.get(node, ()))

    def at(self, addresses: AddressSet, side: Side, *, besides: Sequence[str]) -> tuple[Tenant, ...]:
        """Return the Environments on nodes whose connections come from some addresses, sorted by name.

        Args:
            addresses: which.
            side: on which.
            besides: the names of nodes that are left out.
        """
        names = [each for each in self._nodes.within(addresses, side) if each not in besides]
        return self.on(names, side) if names else ()

    def _place(self, resource: PlannedResource, environment: _Environment) -> None:
        for block, sides in seen(resource):
            name = _name_in(resource, block)
            if Side.AFTER in sides or not environment.resource:
                environment.resource = resource.address
            for side in sides:
                environment.names[side] = name
                for each in self._nodes_of(resource, block, side):
                    if isinstance(each, str):
                        environment.nodes[side].add(each)
                    else:
                        environment.untold[side].add(each)

    def _nodes_of(self, environment: PlannedResource, block: Block, side: Side) -> Iterator[str | _Untold]:
        """Yield the names of an Environment's nodes, and of those that no plan tells why."""
        length = block.length(_NODES)
        values = [block.get(_NODES, index) for index in range(length)] if isinstance(length, int) else [length]
        told = {value: self._nodes.named(value, side) for value in values if isinstance(value, str)}
        yield from (name or (None, id_) for id_, name in told.items())
        if Missing.SENSITIVE in values:
            # Compared with the other side, and never shown.
            yield Missing.SENSITIVE, repr(block.values.get(_NODES))
        unknown = values.count(Missing.UNKNOWN)
        if unknown:
            referred = [each for each in self._directory.referred(environment, _NODES) if each.type == NODE]
            names = {self._nodes.name_of(each, side) for each in referred} - {"", *told.values()}
            # More nodes than places: which of them it is will be known after apply.
            yield from names if len(names) == unknown else [(Missing.UNKNOWN, "")]

    def _environments_of(self, service: PlannedResource, block: Block, ids: dict[str, str]) -> Iterator[str]:
        value = block.get(_OWNER)
        if isinstance(value, str):
            yield ids.get(value, "")
        elif value is Missing.UNKNOWN:
            referred = self._directory.referred(service, _OWNER)
            yield from (ids[self._directory.token(each)] for each in referred if each.type == _ENVIRONMENT)

    def _tenants_by_node(self, environments: Iterable[_Environment]) -> dict[Side, dict[str, tuple[Tenant, ...]]]:
        found: dict[Side, dict[str, list[Tenant]]] = {side: {} for side in BOTH}
        for environment in environments:
            for side in BOTH:
                for node in environment.nodes[side]:
                    found[side].setdefault(node, []).append(environment.on(node, side))
        return {
            side: {node: sorted_by_name(several) for node, several in nodes.items()} for side, nodes in found.items()
        }

    def _unsettled(self, environments: Iterable[_Environment]) -> Iterator[Unsettled]:
        for each in environments:
            untold = each.untold[Side.AFTER] - each.untold[Side.BEFORE]
            if untold:
                is_elsewhere = all(why is None for why, _ in untold)
                yield Unsettled(each.on("", Side.AFTER), self._nodes.names if is_elsewhere else frozenset())
            for node in sorted(each.nodes[Side.AFTER] - each.nodes[Side.BEFORE]):
                if not self._nodes.has_address(node, Side.AFTER):
                    yield Unsettled(each.on(node, Side.AFTER), self._nodes.names)


def _identities(directory: Directory) -> dict[str, str]:
    """Return what tells an Environment from all others, by the tokens of the resources that are about it."""
    resources = [*directory.of_type(_ENVIRONMENT)]
    made = [each for each in resources if each.mode is Mode.MANAGED]
    tokens = [directory.token(each) for each in made]
    found = dict(zip(tokens, tokens, strict=True))
    going = {
        _name_in(each, each.before): token
        for each, token in zip(made, tokens, strict=True)
        if each.before is not None and block_of(each, Side.AFTER) is None
    }
    if going:
        for each, token in zip(made, tokens, strict=True):
            if each.before is None and each.after is not None and _name_in(each, each.after) in going:
                found[token] = going.pop(_name_in(each, each.after))
    if len(resources) == len(made):
        return found
    names = {
        _name_in(each, block): found[token] for each, token in zip(made, tokens, strict=True) for block, _ in seen(each)
    }
    for each in resources:
        token = directory.token(each)
        for block, _ in seen(each):
            name = _name_in(each, block)
            # An id that is not known yet tells nothing apart: two stacks that look one Environment up have none.
            found.setdefault(token, names.get(name) or (f"environment {name}" if token.startswith("@") else token))
        found.setdefault(token, token)
    return found


def _name_in(resource: PlannedResource, block: Block) -> str:
    """Return what an Environment or a service is called on a side; its address where the plan does not know."""
    name = text_in(block, "name")
    if not name:
        name = next((text for other, _ in seen(resource) if (text := text_in(other, "name"))), "")
    return name or resource.address


def sorted_by_name(tenants: Iterable[Tenant]) -> tuple[Tenant, ...]:
    """Return Environments in the order of their names, and of their nodes' names."""
    return tuple(sorted(tenants, key=lambda each: (each.environment, each.node, each.id)))
