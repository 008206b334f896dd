"""What of Azure SQL differs from Azure PostgreSQL, where the traps of all Azure firewall rules are tested."""

from __future__ import annotations

KEY = "azure_sql"


def test_a_rule_is_there_when_it_was_answered_and_nothing_is_waited_for(server, terraform, config):
    terraform.plan(config({}))
    server.take_requests()

    terraform.apply(config({"fra-1": "203.0.113.1/32"}))

    methods = [each.method for each in server.take_requests()]
    assert methods == ["GET", "GET", "PUT", "GET"]  # at plan, at apply, written, looked at again
