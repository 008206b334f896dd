"""Where a test works: an organisation, two Worker Nodes, an Environment, a service and a security group of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from dflow_acceptance.organisation import Organisation
from dflow_acceptance.security_group import SecurityGroup

if TYPE_CHECKING:
    from dflow_sandbox import Sandbox

ENVIRONMENT = "shop-live"
SERVICE = "shop-live-api"


@dataclass(frozen=True)
class Place:
    """All of it made over REST and boto3, so that Terraform has nothing to do but what is tested."""

    organisation: Organisation
    node_id: str
    environment_id: str
    service_id: str
    group: SecurityGroup

    @classmethod
    def prepared(cls, sandbox: Sandbox) -> Self:
        """A place with `fra-1`, the Environment `shop-live` on it, and the App service `shop-live-api` in that."""
        organisation = Organisation.founded(sandbox)
        node_id = organisation.worker_node("fra-1")
        environment_id = organisation.make("projects", name=ENVIRONMENT, server=node_id)["id"]
        return cls(
            organisation=organisation,
            node_id=node_id,
            environment_id=environment_id,
            service_id=organisation.make("services", name=SERVICE, type="app", project=environment_id)["id"],
            group=SecurityGroup.made(sandbox),
        )

    def new_environment(self, name: str) -> str:
        """A further Environment on the same node; returns its id."""
        return self.organisation.make("projects", name=name, server=self.node_id)["id"]

    def service(self, name: str) -> dict[str, Any]:
        """The one service of that name."""
        (found,) = self.organisation.named("services", name)
        return found

    def picture(self) -> dict[str, Any]:
        """Everything there is: to say that a refused apply did nothing."""
        return {
            "projects": self.organisation.documents("projects", trash="true"),
            "services": self.organisation.documents("services", trash="true"),
            "rules": sorted(self.group.rules(), key=lambda rule: rule["SecurityGroupRuleId"]),
        }
