"""A Worker Node as a stack looks it up."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from dflow_bindings import DataWorkerNode

if TYPE_CHECKING:
    from constructs import Construct

    from dflow_constructs.dflow_stack import DflowStack

_LEFT_ALONE = re.compile(r"[A-Za-z0-9_-]+")


class WorkerNode:
    """A Worker Node that dFlow knows; looking it up costs one data source."""

    def __init__(self, lookup: DataWorkerNode) -> None:
        self._lookup = lookup
        self._users: set[object] = set()

    @classmethod
    def named(cls, stack: DflowStack, name: str) -> WorkerNode:
        """Look a node up by its name."""
        return cls(DataWorkerNode(stack, f"worker-node-{distinct(name)}", name=name))

    @classmethod
    def with_id(cls, scope: Construct, id_: str, node_id: str) -> WorkerNode:
        """Look a node up by its id in dFlow, which Terraform may know only when it plans."""
        return cls(DataWorkerNode(scope, id_, id=node_id))

    @cached_property
    def id(self) -> str:
        """The node's id in dFlow."""
        return self._lookup.id

    @property
    def known_outbound_cidr(self) -> str:
        """The address the node leaves from, null where dFlow knows none."""
        return self._outbound_cidr

    def outbound_cidr_for(self, user: object) -> str:
        """Return the address the node leaves from; as long as anybody uses it, a node without one is an error."""
        self._users.add(user)
        self._lookup.inputs["require_outbound_ip"] = True
        return self._outbound_cidr

    def not_needed_by(self, user: object) -> None:
        """Forget a user of the address, who knows another one."""
        self._users.discard(user)
        if not self._users:
            self._lookup.inputs.pop("require_outbound_ip", None)

    @cached_property
    def _outbound_cidr(self) -> str:
        return self._lookup.outbound_cidr


def distinct(name: str) -> str:
    """Return a node's name as an id that no other node of the stack has."""
    # The CDK drops other characters from the names Terraform sees, and two nodes would become one there.
    if _LEFT_ALONE.fullmatch(name):
        return name
    return f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
