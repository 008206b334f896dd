"""A Worker Node as a stack looks it up."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dflow_bindings import DataWorkerNode

if TYPE_CHECKING:
    from dflow_constructs.dflow_stack import DflowStack


class WorkerNode:
    """A Worker Node that dFlow knows by name; looking it up costs one data source per stack."""

    def __init__(self, stack: DflowStack, name: str) -> None:
        self.name = name
        self._lookup = DataWorkerNode(stack, f"worker-node-{name}", name=name)

    @cached_property
    def id(self) -> str:
        """The node's id in dFlow."""
        return self._lookup.id

    @cached_property
    def outbound_cidr(self) -> str:
        """The address the node leaves from; from here on, a node without a public one is an error of Terraform."""
        self._lookup.inputs["require_outbound_ip"] = True
        return self._lookup.outbound_cidr
