"""References into nested attributes: `${dflow_worker_nodes.all.nodes[0].name}`."""

from __future__ import annotations

import json
from typing import Generic, TypeVar

import jsii

from dflow_cdk import cdk


class ObjectReference(cdk.ComplexObject):
    """A reference to a nested object. Stands for the whole object as a value, and leads to its attributes."""

    def __init__(
        self,
        parent: cdk.IInterpolatingParent,
        attribute: str,
        from_set: bool = False,  # noqa: FBT001, FBT002 - handed on to the CDK, which has it in this place
        index: int | None = None,
    ) -> None:
        jsii.create(type(self), self, [parent, attribute, from_set, index])


Item = TypeVar("Item", bound=ObjectReference)


class _Collection(ObjectReference, Generic[Item]):
    def __init__(self, parent: cdk.IInterpolatingParent, attribute: str, item: type[Item]) -> None:
        super().__init__(parent, attribute)
        self._parent = parent
        self._attribute = attribute
        self._item = item


class ListReference(_Collection[Item]):
    """A reference to a list of nested objects."""

    def get(self, index: int) -> Item:
        """Return a reference to one object, counted from 0."""
        return self._item(self._parent, f"{self._attribute}[{index:d}]")


class SetReference(_Collection[Item]):
    """A reference to a set of nested objects."""

    def get(self, index: int) -> Item:
        """Return a reference to one object, counted from 0 in Terraform's order of the set."""
        return self._item(self._parent, self._attribute, True, index)  # noqa: FBT003 - see ObjectReference


class MapReference(_Collection[Item]):
    """A reference to a map of nested objects."""

    def get(self, key: str) -> Item:
        """Return a reference to the object under a key."""
        quoted = json.dumps(key, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
        return self._item(self._parent, f"{self._attribute}[{quoted}]")
