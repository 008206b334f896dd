"""Azure Database for MySQL's flexible servers, as far as their firewall rules need them."""

from __future__ import annotations

from typing import ClassVar

from dflow_sandbox.vendors.azure_resource_manager import FirewallServer


class AzureMysqlServer(FirewallServer):
    """One server. A change has ended by the first look at its operation, and until then the server is busy."""

    KIND: ClassVar[str] = "Microsoft.DBforMySQL/flexibleServers"
    LOOKS: ClassVar[int] = 1


SERVER = AzureMysqlServer
