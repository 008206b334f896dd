"""The stand-in with an id of its own for each resource, where one resource names another: `sg-orders`, `db-orders`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar, Final

from stand_in import Anything, StandIn

from dflow_provider.plugin.main import run

if TYPE_CHECKING:
    from dflow_provider.schema import Call, Values

IDS: Final = {
    "aws_security_group": ("sg", "name"),
    "aws_vpc_security_group_ingress_rule": ("sgr", "description"),
    "aws_db_instance": ("db", "identifier"),
    "aws_elasticache_replication_group": ("cache", "replication_group_id"),
    "azurerm_postgresql_flexible_server_firewall_rule": ("rule", "name"),
    "ec_deployment_traffic_filter_association": ("tie", "traffic_filter_id"),
}
"""What each id begins with, and what it is made of."""


class Named(Anything):
    """A resource with an id that tells it from others."""

    kind: ClassVar[str]

    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Fill in what is computed."""
        prefix, attribute = IDS[self.kind]
        return {**super().create(plan, config, call), "id": f"{prefix}-{plan[attribute]}"}


class NamedStandIn(StandIn):
    """A provider of such resources."""

    def __init__(self, name: str) -> None:
        """Take the types that have ids here."""
        super().__init__(name)
        documented: dict[str, Any] = self.resources
        self.resources = {
            kind: type("Named", (Named, documented[kind]), {"kind": kind}) for kind in IDS if kind in documented
        }


if __name__ == "__main__":
    sys.exit(run(lambda: NamedStandIn(sys.argv[1]), sys.argv[2:]))
