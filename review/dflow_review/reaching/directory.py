"""Finding resources by id and by reference, across all plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_review.plan import Action, Mode
from dflow_review.reach import Side
from dflow_review.reaching.rows import belongs_to_another
from dflow_review.reading.references import without_keys
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dflow_review.plan import Plan, PlannedResource
    from dflow_review.values import Block


def block_of(resource: PlannedResource, side: Side) -> Block | None:
    """Return a side of a resource as it is in the world: what is only forgotten stays."""
    if side is Side.BEFORE or resource.action is Action.FORGET:
        return resource.before
    return resource.after


class Directory:
    """All resources of some plans.

    Args:
        plans: which.
    """

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._plans = tuple(plans)
        self._by_id: dict[str, PlannedResource] = {}
        self._by_block: dict[tuple[int, str], list[PlannedResource]] = {}
        self._by_type: dict[str, list[PlannedResource]] = {}
        self._plan_of: dict[int, int] = {}
        for number, plan in enumerate(self._plans):
            for resource in plan.resources:
                if not resource.is_drift:
                    self._add(number, resource)

    def _add(self, number: int, resource: PlannedResource) -> None:
        self._plan_of[id(resource)] = number
        self._by_type.setdefault(resource.type, []).append(resource)
        self._by_block.setdefault((number, without_keys(resource.address)), []).append(resource)
        if resource.mode is Mode.MANAGED and not belongs_to_another(resource.type):
            for block in (resource.after, resource.before):
                value = block.values.get("id") if block is not None else None
                if isinstance(value, str) and value:
                    self._by_id[value] = resource

    def types(self) -> Iterator[tuple[str, list[PlannedResource]]]:
        """Yield all types with their resources, data sources and what drifted left out of the latter."""
        yield from self._by_type.items()

    def of_type(self, *types: str) -> Iterator[PlannedResource]:
        """Yield resources and data sources."""
        for each in types:
            yield from self._by_type.get(each, ())

    def with_id(self, value: str) -> PlannedResource | None:
        """Return the resource that has an id and is no part of another, whose id it might share."""
        return self._by_id.get(value)

    def referred(self, resource: PlannedResource, *attributes: str) -> tuple[PlannedResource, ...]:
        """Return what the expressions of a resource's attributes refer to, data sources included."""
        number = self._plan_of.get(id(resource), -1)
        found: list[PlannedResource] = []
        for attribute in attributes:
            for address in resource.references.get(attribute, ()):
                several = self._by_block.get((number, address), [])
                # Where both are repeated the same way, each refers to its own.
                key = resource.address[len(without_keys(resource.address)) :] if "[" in resource.address else ""
                own = [each for each in several if key and each.address.endswith(key)]
                found += own if len(own) == 1 else several
        return tuple(found)

    def name_of(self, resource: PlannedResource) -> str:
        """Return a resource's address, with the plan's name if there are several plans."""
        if len(self._plans) == 1:
            return resource.address
        return f"{self._plans[self._plan_of[id(resource)]].name}: {resource.address}"

    def token(self, resource: PlannedResource, attribute: str = "id") -> str:
        """Return what identifies a resource: an attribute it had or will have, else its address."""
        for block in (resource.before, resource.after):
            value = block.get(attribute) if block is not None else Missing.ABSENT
            if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                return str(value)
        return f"@{self.name_of(resource)}"

    def target(
        self, resource: PlannedResource, side: Side, attribute: str
    ) -> tuple[str | Missing, PlannedResource | None]:
        """Return the token of what an attribute names, and its resource if it is in the plans."""
        block = block_of(resource, side)
        value: object = block.get(attribute) if block is not None else Missing.ABSENT
        if isinstance(value, str | int) and not isinstance(value, bool):
            owner = self.with_id(str(value))
            return (str(value) if owner is None else self.token(owner)), owner
        if value is Missing.UNKNOWN:
            several = [each for each in self.referred(resource, attribute) if each.mode is Mode.MANAGED]
            if len(several) == 1:
                return self.token(several[0]), several[0]
            before = resource.before.get(attribute) if resource.before is not None else None
            if isinstance(before, str):
                return before, self.with_id(before)
            if several:
                return f"@{without_keys(self.name_of(several[0]))}", None
        return value if isinstance(value, Missing) else Missing.ABSENT, None

    def targets(
        self, resource: PlannedResource, side: Side, path: tuple[str | int, ...], types: frozenset[str]
    ) -> tuple[str, ...]:
        """Return the tokens of what a list of ids at a path names; a text alone is a list of one.

        Args:
            resource: that has the list.
            side: of it.
            path: to the list.
            types: of what it may name, where only references tell.
        """
        block = block_of(resource, side)
        if block is None:
            return ()
        length = block.length(*path)
        if length is Missing.ABSENT and len(path) == 1:
            found, _ = self.target(resource, side, str(path[0]))
            return (found,) if isinstance(found, str) else ()
        values = [block.get(*path, index) for index in range(length)] if isinstance(length, int) else [length]
        tokens: list[str] = []
        for value in values:
            if isinstance(value, str | int) and not isinstance(value, bool):
                owner = self.with_id(str(value))  # some providers write ids as numbers
                tokens.append(str(value) if owner is None else self.token(owner))
            elif value is Missing.UNKNOWN:
                tokens += [
                    self.token(owner)
                    for owner in self.referred(resource, str(path[0]))
                    if owner.type in types and owner is not resource
                ]
        return tuple(dict.fromkeys(tokens))
