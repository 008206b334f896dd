"""The allowlist of one database, as one stack fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.allowlist import AdmittedAddress
from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_constructs.allowlist import Access, Allowlist, AllowlistEntries, ListFacts
    from dflow_constructs.environment import Environment
    from dflow_constructs.external_database import ExternalDatabase
    from dflow_constructs.worker_node import WorkerNode


class AllowlistDoor:
    """Lets Environments of a stack in to a database: one entry for each node and each declared address.

    Entries are keyed by the node's or the address's name, so two Environments on one node share an entry.
    """

    def __init__(
        self, database: ExternalDatabase, allowlist: Allowlist, access: Access, entries: AllowlistEntries
    ) -> None:
        self._database = database
        self._allowlist = allowlist
        self._access = access
        self._entries = entries
        self._environments: list[Environment] = []
        self._addresses: dict[str, AdmittedAddress] = {}

    @property
    def entries(self) -> AllowlistEntries:
        """What holds the entries."""
        return self._entries

    @property
    def addresses(self) -> dict[str, AdmittedAddress]:
        """What stands on the list, by the name of the node or address, sorted; a copy."""
        return dict(sorted(self._allowlist.admitted(self._access, self._addresses).items()))

    @property
    def environments(self) -> dict[str, tuple[str, ...]]:
        """The Environments that leave from each node or address, by its name; none where everybody is let in."""
        return {
            name: tuple(sorted(each.name for each in self._environments if name in {*each.nodes, *each.declared}))
            for name in self.addresses
        }

    @property
    def facts(self) -> ListFacts:
        """Which list it is."""
        return self._allowlist.facts

    @property
    def address(self) -> str | None:
        """The address of what must exist before a connection can succeed; nothing if Terraform makes nothing."""
        return self._entries.address

    def admit(self, environment: Environment) -> None:
        """Let an Environment in, with the nodes and addresses it has and those it will have."""
        if environment in self._environments:
            return
        declared = self._declared([*self._environments, environment])
        self._environments.append(environment)
        self._fill(declared)
        environment.when_addresses_change(lambda egress: self._change(environment, egress))

    def _change(self, environment: Environment, egress: str | None) -> None:
        # Filling in everything for each of many addresses would take the square of the time.
        if egress is not None and egress not in self._addresses:
            address = environment.declared_as(egress)
            if self._entries.add(egress, address, len(self._addresses) + 1):
                self._addresses[egress] = address
                return
        self._fill(self._declared(self._environments))

    def _fill(self, declared: dict[str, AdmittedAddress]) -> None:
        addresses = dict(declared)
        nodes: dict[str, WorkerNode] = {}
        for environment in self._environments:
            for key, node in environment.nodes.items():
                if nodes.setdefault(key, node) is not node:
                    raise ConfigurationError(
                        environment,
                        f"{key!r} is the key of two nodes' entries on the allowlist of {self._database.node.path}: one "
                        "is called that, and an Environment of that name takes the node it is attached to; name the "
                        "node instead of Attached()",
                    )
                if key in declared:
                    node.not_needed_by(self)
                else:
                    addresses[key] = AdmittedAddress(node.outbound_cidr_for(self))
        self._entries.fill(addresses)
        self._addresses = addresses

    def _declared(self, environments: Sequence[Environment]) -> dict[str, AdmittedAddress]:
        found: dict[str, AdmittedAddress] = {}
        holders: dict[str, Environment] = {}
        for environment in environments:
            for key, address in environment.declared.items():
                if found.setdefault(key, address) != address:
                    raise ConfigurationError(
                        environment,
                        f"egress {key!r} is {_shown(address)} here and {_shown(found[key])} in "
                        f"{holders[key].node.path}, and both are let in to {self._database.node.path}; give one of "
                        "them another name",
                    )
                holders.setdefault(key, environment)
        return found


def _shown(address: AdmittedAddress) -> str:
    return repr(address.cidr) + (f" until {address.expires_at}" if address.expires_at else "")
