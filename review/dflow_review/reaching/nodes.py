"""Which Worker Nodes an address is, and what they are called, before and after."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Mode
from dflow_review.ranges import AddressSet
from dflow_review.reach import Side
from dflow_review.reaching.directory import block_of
from dflow_review.reaching.entries import BOTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dflow_review.plan import PlannedResource
    from dflow_review.reaching.directory import Directory
    from dflow_review.values import Block

NODE: Final = "dflow_worker_node"
_LIST: Final = "dflow_worker_nodes"
_ADDRESSES: Final = ("outbound_ip", "public_ip", "ip")
_EVERYBODY: Final = AddressSet.everybody().spans
_Place = tuple[int, int]
"""The version of the Internet Protocol, and an address as a number."""


class Nodes:
    """The Worker Nodes that plans tell of, on both sides.

    Args:
        directory: all resources.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._names: dict[Side, dict[str, str]] = {side: {} for side in BOTH}
        self._homes: dict[Side, dict[_Place, list[str]]] = {side: {} for side in BOTH}
        for node in directory.of_type(NODE):
            for block, sides in seen(node):
                self._learn_node(node, block, sides)
        for nodes in directory.of_type(_LIST):
            for block, sides in seen(nodes):
                self._learn_list(block, sides)
        self._places = {side: sorted(homes) for side, homes in self._homes.items()}
        self._with_address = {
            side: frozenset(name for names in homes.values() for name in names) for side, homes in self._homes.items()
        }
        self.names = frozenset(name for names in self._names.values() for name in names.values())
        """What the nodes are called, on either side."""

    def named(self, id_: str, side: Side) -> str:
        """Return what the node with an id is called, on the other side if on that one it is not there.

        It is empty if no plan tells.
        """
        return self._names[side].get(id_, "") or self._names[_other(side)].get(id_, "")

    def name_of(self, node: PlannedResource, side: Side) -> str:
        """Return what the node of a resource is called, as `named` does."""
        return self.named(self._directory.token(node), side)

    def has_address(self, name: str, side: Side) -> bool:
        """Say whether the plans tell any address that a node's connections come from."""
        return name in self._with_address[side]

    def at(self, addresses: AddressSet, side: Side) -> str:
        """Return the name of the node that connects from a single address; empty if no plan tells, or it is a range.

        Where the plans tell only the other side's address of a node, it is taken for this side's too.
        """
        if addresses.size != 1:
            return ""
        names = self.within(addresses, side)
        names += tuple(name for name in self.within(addresses, _other(side)) if not self.has_address(name, side))
        return names[0] if names else ""

    def within(self, addresses: AddressSet, side: Side) -> tuple[str, ...]:
        """Return the nodes that connect from any of some addresses; everybody is nobody in particular."""
        places = self._places[side]
        found: list[str] = []
        for span in addresses.spans if places else ():
            if span in _EVERYBODY:
                continue
            version, first, last = span
            position = bisect_left(places, (version, first))
            while position < len(places) and places[position] <= (version, last):
                found += self._homes[side][places[position]]
                position += 1
        return tuple(dict.fromkeys(found))

    def _learn_node(self, node: PlannedResource, block: Block, sides: Sequence[Side]) -> None:
        token = self._directory.token(node)
        name, addresses = text_in(block, "name"), _addresses(block)
        if len(sides) == 1 and not (name and addresses):
            # What is computed is unknown in every change of a node, whose address stays nevertheless.
            for other, _ in seen(node):
                name = name or text_in(other, "name")
                addresses = addresses or _addresses(other)
        for id_ in {token, text_in(block, "id")}:
            self._learn(sides, id_, name or self._directory.name_of(node), addresses)

    def _learn_list(self, block: Block, sides: Sequence[Side]) -> None:
        length = block.length("nodes")
        for index in range(length) if isinstance(length, int) else ():
            id_, name = text_in(block, "nodes", index, "id"), text_in(block, "nodes", index, "name")
            self._learn(sides, id_, name or id_, _addresses(block, "nodes", index))

    def _learn(self, sides: Sequence[Side], token: str, name: str, addresses: list[str]) -> None:
        places = [place for address in addresses for place in _place_of(address)]
        for side in sides:
            if token:
                self._names[side].setdefault(token, name)
            for place in places:
                homes = self._homes[side].setdefault(place, [])
                if name and name not in homes:
                    homes.append(name)


def seen(resource: PlannedResource) -> Iterator[tuple[Block, Sequence[Side]]]:
    """Yield each side of a resource, and both at once where they are the same.

    What is only looked up was there before somebody looked.
    """
    before, after = (block_of(resource, side) for side in BOTH)
    if resource.mode is Mode.DATA:
        before, after = before or after, after or before
    if before is not None and after is not None and (before is after or before == after):
        yield before, BOTH
        return
    if before is not None:
        yield before, (Side.BEFORE,)
    if after is not None:
        yield after, (Side.AFTER,)


def text_in(block: Block, *path: str | int) -> str:
    """Return a text; empty if it is not there or cannot be known."""
    value = block.text(*path)
    return value if isinstance(value, str) else ""


def _addresses(block: Block, *path: str | int) -> list[str]:
    texts = [text_in(block, *path, attribute) for attribute in _ADDRESSES]
    length = block.length(*path, "outbound_ips")
    positions = range(length) if isinstance(length, int) else ()
    texts += [text_in(block, *path, "outbound_ips", position, "address") for position in positions]
    return list(dict.fromkeys(filter(None, texts)))


def _place_of(address: str) -> Iterator[_Place]:
    try:
        ((version, number, _),) = AddressSet.of([address]).spans
    except ValueError:
        return  # dFlow notes 999.999.999.999 for a node behind NAT
    yield version, number


def _other(side: Side) -> Side:
    return Side.AFTER if side is Side.BEFORE else Side.BEFORE
