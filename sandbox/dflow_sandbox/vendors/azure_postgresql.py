"""Azure Database for PostgreSQL's flexible servers, as far as their firewall rules need them."""

from __future__ import annotations

from typing import ClassVar

from dflow_sandbox.vendors.azure_resource_manager import FirewallServer


class AzurePostgresqlServer(FirewallServer):
    """One server. A change takes two looks at its operation, and until then the server is busy."""

    KIND: ClassVar[str] = "Microsoft.DBforPostgreSQL/flexibleServers"


SERVER = AzurePostgresqlServer
