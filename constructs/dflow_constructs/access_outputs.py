"""Who leaves from where, and what is let in to which database, as outputs of Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii

from dflow_cdk import cdk
from dflow_cdk.inputs import terraform_value

if TYPE_CHECKING:
    from dflow_constructs.dflow_stack import DflowStack
    from dflow_constructs.environment import Environment
    from dflow_constructs.external_database import ExternalDatabase


class AccessOutputs(cdk.TerraformElement):
    """Two outputs of a stack, for people and programs that open something by themselves.

    `outbound_addresses` holds, for each Environment by its name in dFlow, the CIDRs its Services leave from by the name
    of the node or address; null where dFlow knows none. `database_access` holds, for each external database by its
    construct path, and each of its places that is opened (`database`, `pooler`, `replica-<name>`), the stack, host,
    port, which list it is behind, and what stands on that list with the Environments that leave from there. What the
    program adds later is in them as well. `dflow-cdktf access` makes a page of them.

    Args:
        stack: the stack.
        id: its name in the program.
    """

    def __init__(
        self,
        stack: DflowStack,
        id: str = "AccessOutputs",  # noqa: A002 - the CDK's name for it
    ) -> None:
        self._of = stack
        jsii.create(type(self), self, [stack, id])

    def to_terraform(self) -> Any:
        """Return the blocks in Terraform's JSON."""
        outputs = {
            "outbound_addresses": {
                "description": "The addresses that the Services of each Environment leave from",
                "value": {environment.name: _leaving(environment) for environment in self._of.environments},
            },
            "database_access": {
                "description": "What is let in to each external database, and where",
                "value": {database.node.path: self._doors(database) for database in self._of.reached_databases},
            },
        }
        return {"output": terraform_value(outputs)}

    def _doors(self, database: ExternalDatabase) -> dict[str, Any]:
        return {
            door.place or "database": {
                "stack": self._of.node.path,
                "host": door.host,
                "port": door.port,
                "allowlist": door.address,
                "list": {
                    "vendor": door.facts.vendor,
                    "name": door.facts.name,
                    "fields": dict(door.facts.fields),
                    "instructions": door.facts.instructions,
                },
                "allow": {
                    name: {
                        "cidr": address.cidr,
                        "expires_at": address.expires_at,
                        "environments": list(door.environments[name]),
                    }
                    for name, address in door.admitted.items()
                },
            }
            for door in database.doors_of(self._of)
        }


def _leaving(environment: Environment) -> dict[str, str]:
    nodes = {key: node.known_outbound_cidr for key, node in environment.nodes.items()}
    return dict(sorted({**nodes, **environment.egress}.items()))
