"""Azure SQL's logical servers, as far as their firewall rules need them."""

from __future__ import annotations

from typing import ClassVar

from dflow_sandbox.vendors.azure_resource_manager import FirewallServer


class AzureSqlServer(FirewallServer):
    """One server. A change is carried out before it is answered."""

    KIND: ClassVar[str] = "Microsoft.Sql/servers"
    IS_SYNCHRONOUS: ClassVar[bool] = True


SERVER = AzureSqlServer
