"""An Application of dFlow, whose Environments may stand in stacks of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_constructs.egress import Egress
    from dflow_constructs.environment import Environment
    from dflow_constructs.variable import Variable


class Application:
    """What several Environments are stages of; their names in dFlow begin with its name.

    The public control plane has no record of it, so Terraform makes nothing of it.

    Args:
        name: its name, such as `shop`.
        egress: addresses that the services of every one of its Environments leave from, as an Environment has them.
        variables: what the services of every one of its Environments have, unless the Environment, the service or one
            of its connections sets the name itself.
        hard_delete: remove its Environments for good on destroy; unless set, dFlow keeps them in its trash.
    """

    def __init__(
        self,
        name: str,
        *,
        egress: Mapping[str, str | Egress] | None = None,
        variables: Mapping[str, Variable] | None = None,
        hard_delete: bool = False,
    ) -> None:
        if not name.strip():
            raise ConfigurationError("Application('')", 'it has no name; give it one, Application("shop")')
        self.name = name
        self.egress = dict(egress or {})
        self.variables = dict(variables or {})
        self.hard_delete = hard_delete
        self._environments: list[Environment] = []

    @property
    def environments(self) -> tuple[Environment, ...]:
        """Its Environments, in the order of the program, in whichever stacks they are."""
        return tuple(self._environments)

    def add_environment(self, environment: Environment) -> None:
        """Take note of an Environment; its constructor does this."""
        self._environments.append(environment)
