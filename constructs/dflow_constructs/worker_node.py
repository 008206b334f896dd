"""A Worker Node as a stack looks it up."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from dflow_bindings import DataWorkerNode

if TYPE_CHECKING:
    from dflow_constructs.dflow_stack import DflowStack

_LEFT_ALONE = re.compile(r"[A-Za-z0-9_-]+")


class WorkerNode:
    """A Worker Node that dFlow knows by name; looking it up costs one data source per stack."""

    def __init__(self, stack: DflowStack, name: str) -> None:
        self.name = name
        self._lookup = DataWorkerNode(stack, f"worker-node-{_distinct(name)}", name=name)
        self._users: set[object] = set()

    @cached_property
    def id(self) -> str:
        """The node's id in dFlow."""
        return self._lookup.id

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


def _distinct(name: str) -> str:
    # The CDK drops other characters from the names Terraform sees, and two nodes would become one there.
    if _LEFT_ALONE.fullmatch(name):
        return name
    return f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
