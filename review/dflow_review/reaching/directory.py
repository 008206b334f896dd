"""Finding resources by id and by reference, across all plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_review.plan import Action, Mode
from dflow_review.reach import Side
from dflow_review.reaching.rows import belongs_to_another
from dflow_review.reading.references import without_keys
from dflow_review.values import Missing, any_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dflow_review.plan import Plan, PlannedResource
    from dflow_review.values import Block


def block_of(resource: PlannedResource, side: Side) -> Block | None:
    """Return a side of a resource as it is in the world: what is only forgotten stays."""
    if side is Side.BEFORE or resource.action is Action.FORGET:
        return resource.before
    return resource.after


@dataclass(frozen=True)
class Listed:
    """What a list of ids names.

    Args:
        tokens: of what can be told.
        rest: why there may be more; nothing if that is all.
    """

    tokens: tuple[str, ...]
    rest: Missing | None = None


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

    def is_guess(self, resource: PlannedResource, side: Side, attribute: str) -> bool:
        """Say whether `target` takes what an attribute named before for what it will name, although that may change."""
        block = block_of(resource, side)
        if block is None or block.get(attribute) is not Missing.UNKNOWN or not resource.mentions(attribute):
            return False
        managed = [each for each in self.referred(resource, attribute) if each.mode is Mode.MANAGED]
        return len(managed) != 1 and resource.before is not None and isinstance(resource.before.get(attribute), str)

    def listed(
        self, resource: PlannedResource, side: Side, path: tuple[str | int, ...], types: frozenset[str]
    ) -> Listed:
        """Return what a list of ids at a path names; an id alone is a list of one.

        An id that is known after apply is that of a new resource which the expression refers to. There may be others
        if there are not as many of these, or if the expression takes something else too.

        Args:
            resource: that has the list.
            side: of it.
            path: to the list.
            types: of what it may name.
        """
        block = block_of(resource, side)
        if block is None:
            return Listed(())
        length = block.length(*path)
        values = [block.get(*path, index) for index in range(length)] if isinstance(length, int) else [block.get(*path)]
        known = [value for value in values if isinstance(value, str | int) and not isinstance(value, bool)]
        tokens = [self._token_of(str(value)) for value in known]
        unknown = values.count(Missing.UNKNOWN)
        if unknown:
            found = self._meant(resource, side, path, types, None if isinstance(length, Missing) else unknown)
            return Listed(tuple(dict.fromkeys((*tokens, *found.tokens))), found.rest)
        return Listed(tuple(dict.fromkeys(tokens)), Missing.SENSITIVE if Missing.SENSITIVE in values else None)

    def _token_of(self, value: str) -> str:
        owner = self.with_id(value)
        return value if owner is None else self.token(owner)

    def _meant(
        self,
        resource: PlannedResource,
        side: Side,
        path: tuple[str | int, ...],
        types: frozenset[str],
        unknown: int | None,
    ) -> Listed:
        """Return what ids stand for that are not known on a side.

        Args:
            resource: that has them.
            side: of it.
            path: to them.
            types: of what they may name.
            unknown: how many there are; nothing if not even that is known.
        """
        attribute = str(path[0])
        several = [
            each for each in self.referred(resource, attribute) if each is not resource and _is_there(each, side)
        ]
        named = [each for each in several if each.type in types]
        new = [each for each in named if each.mode is Mode.MANAGED and _id_on(each, side) is None]
        found = named if unknown is None else new
        tokens = tuple(
            self.token(each) for each in found if each.mode is Mode.MANAGED or _id_on(each, side) is not None
        )
        # The other arguments of a nested block are among what its attribute refers to, too.
        others = () if len(path) > 1 else [each for each in several if each.type not in types]
        beside = () if len(path) > 1 else resource.unfollowed.get(attribute, ())
        is_read = all(each.mode is Mode.MANAGED or _id_on(each, side) is not None for each in named)
        if unknown is None:
            told = bool(new) and is_read and not others and not beside
        else:
            # What is known stands in the list itself.
            told = unknown <= len(new) and is_read and all(_is_known(each, side) for each in others)
            told = told and not any(".local." in f".{name}" for name in beside)
        return Listed(tokens, None if told else Missing.UNKNOWN)


def _is_there(resource: PlannedResource, side: Side) -> bool:
    return block_of(resource, side) is not None


def _id_on(resource: PlannedResource, side: Side) -> str | None:
    """Return a resource's id on a side; nothing if it is not known there."""
    block = block_of(resource, side)
    value = block.get("id") if block is not None else Missing.ABSENT
    return str(value) if isinstance(value, str | int) and value != "" else None


def _is_known(resource: PlannedResource, side: Side) -> bool:
    block = block_of(resource, side)
    return block is None or not any_mark(block.unknown)
