"""What of Azure MySQL differs from Azure PostgreSQL, where the traps of all Azure firewall rules are tested."""

from __future__ import annotations

KEY = "azure_mysql"


def test_rules_are_those_of_a_mysql_server(server, terraform, config):
    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    (written,) = [each for each in server.take_requests() if each.method == "PUT"]
    assert "/providers/Microsoft.DBforMySQL/flexibleServers/orders/firewallRules/dflow-shop-orders-" in written.path
    assert written.query == {"api-version": "2023-12-30"}
