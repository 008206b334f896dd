"""Azure SQL: the firewall rules of a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_provider.allowlists.azure_firewall import AzureFirewall, DatabaseServer, open_firewall

if TYPE_CHECKING:
    from dflow_provider.allowlists.place import Place

_SERVER: Final = DatabaseServer("Microsoft.Sql/servers", "2023-08-01-preview", "Azure SQL server")


def open_list(place: Place) -> AzureFirewall:
    """Build the adapter of a server's rules."""
    return open_firewall(place, _SERVER)
