"""The allowlist of one database, as one stack fills it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError
from dflow_constructs.resource_address import address_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_constructs.allowlist import AllowlistEntries
    from dflow_constructs.dflow_stack import DflowStack
    from dflow_constructs.environment import Environment
    from dflow_constructs.external_database import ExternalDatabase


class AllowlistDoor:
    """Lets Environments of a stack in to a database: one entry for each node and each declared address.

    Entries are keyed by the node's or the address's name, so two Environments on one node share an entry.
    """

    def __init__(self, database: ExternalDatabase, stack: DflowStack, entries: AllowlistEntries) -> None:
        self._database = database
        self._stack = stack
        self._entries = entries
        self._environments: list[Environment] = []

    @cached_property
    def address(self) -> str:
        """The address of the resource that must exist before a connection can succeed."""
        return address_of(self._entries.resource)

    def admit(self, environment: Environment) -> None:
        """Let an Environment in, with the nodes and addresses it has and those it will have."""
        if environment in self._environments:
            return
        declared = self._declared([*self._environments, environment])
        self._environments.append(environment)
        self._fill(declared)
        environment.when_addresses_change(lambda: self._fill(self._declared(self._environments)))

    def _fill(self, declared: dict[str, str]) -> None:
        cidrs = dict(declared)
        for environment in self._environments:
            for name in environment.worker_nodes:
                node = self._stack.worker_node(name)
                if name in declared:
                    node.not_needed_by(self)
                else:
                    cidrs[name] = node.outbound_cidr_for(self)
        self._entries.fill(cidrs)

    def _declared(self, environments: Sequence[Environment]) -> dict[str, str]:
        cidrs: dict[str, str] = {}
        holders: dict[str, Environment] = {}
        for environment in environments:
            for key, cidr in environment.egress.items():
                if cidrs.setdefault(key, cidr) != cidr:
                    raise ConfigurationError(
                        environment,
                        f"egress {key!r} is {cidr!r} here and {cidrs[key]!r} in {holders[key].node.path}, and both are "
                        f"let in to {self._database.node.path}; give one of them another name",
                    )
                holders.setdefault(key, environment)
        return cidrs
